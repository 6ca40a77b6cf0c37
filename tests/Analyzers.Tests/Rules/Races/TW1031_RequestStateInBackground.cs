using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.RequestStateInBackground>;

namespace Analyzers.Tests.Rules;

public partial class TW1031_RequestStateInBackground
{
    private const string Web = """
        namespace Microsoft.AspNetCore.Http
        {
            public class HttpRequest { public string Path = ""; }

            public class HttpContext
            {
                public HttpRequest Request => new();
                public IDictionary<object, object?> Items => new Dictionary<object, object?>();
            }
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public class ControllerBase
            {
                public Microsoft.AspNetCore.Http.HttpContext HttpContext => new();
                public Microsoft.AspNetCore.Http.HttpRequest Request => new();
            }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext { public int SaveChanges() => 0; }
        }
        """;

    [Fact]
    public Task Fires_on_the_context_of_a_request() => Verify.Fires([Web, """
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void M()
            {
                Task.Run(() => Console.WriteLine([|HttpContext|].Items.Count));
                _ = Task.Run(() => Console.WriteLine([|Request|].Path));
            }
        }

        public static class Handler
        {
            public static void M(Microsoft.AspNetCore.Http.HttpContext context) =>
                ThreadPool.QueueUserWorkItem(_ => Console.WriteLine([|context|].Request.Path));
        }
        """],
        "'HttpContext' belongs to the request, and 'Task.Run' starts work in 'Orders.M' that nobody waits for: when it uses it, the request may be over and 'HttpContext' be used for another one");

    private const string Endpoints = """

        namespace Microsoft.AspNetCore.Builder
        {
            public class Application { }
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this Application application, string pattern, Delegate handler) { }
                public static void Keep(this Application application, Delegate handler) { }
            }
        }
        """;

    [Fact]
    public Task Fires_on_a_database_of_an_endpoint() => Verify.Fires([Web + Endpoints, """
        using Microsoft.AspNetCore.Builder;

        public class Shop : Microsoft.EntityFrameworkCore.DbContext;

        public static class Endpoint
        {
            public static void Map(Application application) => application.MapGet("/", (int number, Shop shop) =>
            {
                _ = Task.Run(() => { Console.WriteLine(number); [|shop|].SaveChanges(); });
                return number;
            });
        }
        """]);

    [Fact]
    public Task Silent_where_an_endpoint_waits_and_in_a_function_that_answers_nobody() => Verify.Silent([Web + Endpoints, """
        using Microsoft.AspNetCore.Builder;

        public class Shop : Microsoft.EntityFrameworkCore.DbContext;

        public static class Endpoint
        {
            public static void Map(Application application)
            {
                application.MapGet("/", async (Shop shop) => await Task.Run(() => shop.SaveChanges()));
                application.Keep((Shop shop) => { _ = Task.Run(() => shop.SaveChanges()); });
            }
        }
        """]);

    [Fact]
    public Task Fires_on_a_database_of_a_controller() => Verify.Fires([Web, """
        public class Shop : Microsoft.EntityFrameworkCore.DbContext;

        public class Orders(Shop shop) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private readonly Shop _shop = shop;

            public void M()
            {
                _ = Task.Run(() => [|_shop|].SaveChanges());
            }
        }
        """]);

    [Fact]
    public Task Silent_when_the_request_waits() => Verify.Silent(Web, """
        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task M()
            {
                await Task.Run(() => Console.WriteLine(HttpContext.Items.Count));
                var task = Task.Run(() => Console.WriteLine(Request.Path));
                await task;
                Task.Run(() => Console.WriteLine(Request.Path)).Wait();
                Parallel.For(0, 3, i => Console.WriteLine(Request.Path));
            }
        }
        """);

    [Fact]
    public Task Silent_on_copies_and_on_what_the_work_makes() => Verify.Silent(Web, """
        public class Shop : Microsoft.EntityFrameworkCore.DbContext;

        public class Orders : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void M()
            {
                var path = Request.Path;
                Task.Run(() =>
                {
                    var shop = new Shop();
                    var context = new Microsoft.AspNetCore.Http.HttpContext();
                    Console.WriteLine($"{path} {shop.SaveChanges()} {context.Items}");
                });
            }
        }
        """);

    [Fact]
    public Task Silent_on_state_of_no_request() => Verify.Silent(Web, """
        public class Shop : Microsoft.EntityFrameworkCore.DbContext;

        public class Worker(Shop shop)
        {
            private readonly Shop _shop = shop;

            public void M() => Task.Run(() => _shop.SaveChanges());
        }
        """);

    private static string Handler(string body) => $$"""
        public static class Handler
        {
            public static void M(Microsoft.AspNetCore.Http.HttpContext context)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Reads_a_value_before_the_work_is_started() => Verify.Fixes<RequestStateInBackgroundFix>([Web, Handler("""
        // Later.
                _ = Task.Run(() => Console.WriteLine([|context|].Request.Path)); // Nobody waits.
        """)], [Web, Handler("""
        // Later.
                var path = context.Request.Path;
                _ = Task.Run(() => Console.WriteLine(path)); // Nobody waits.
        """)]);

    [Theory]
    [InlineData("Task.Run(() => Console.WriteLine([|context|]));")]
    [InlineData("Task.Run(() => [|context|].Items.Clear());")]
    [InlineData("Task.Run(() => [|context|].Request.Path = \"\");")]
    [InlineData("Task.Run(() => { Action a = () => Console.WriteLine([|context|].Request.Path); a(); });")]
    public Task Offers_nothing_where_more_than_a_value_is_used(string body) => Verify.NoFix<RequestStateInBackgroundFix>(Web, Handler(body));
}
