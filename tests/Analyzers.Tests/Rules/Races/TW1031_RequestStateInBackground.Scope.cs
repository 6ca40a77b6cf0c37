using Microsoft.CodeAnalysis.CSharp;
using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.RequestStateInBackground>;

namespace Analyzers.Tests.Rules;

public partial class TW1031_RequestStateInBackground
{
    private const string Scopes = """
        using System;
        using System.Threading.Tasks;

        namespace Microsoft.Extensions.DependencyInjection
        {
            public interface IServiceScope : IDisposable { IServiceProvider ServiceProvider { get; } }

            public interface IServiceScopeFactory { IServiceScope CreateScope(); }

            public static class ServiceProviderServiceExtensions
            {
                public static T GetRequiredService<T>(this IServiceProvider provider) where T : notnull => (T)provider.GetService(typeof(T))!;
            }
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { void Log(string text); }

            public interface ILogger<T> : ILogger;
        }

        namespace Microsoft.AspNetCore.Http
        {
            public class HttpContext { public IServiceProvider RequestServices => null!; public string TraceIdentifier { get; set; } = ""; }
        }

        namespace Microsoft.AspNetCore.Mvc
        {
            public class FromServicesAttribute : Attribute;

            public class FromQueryAttribute : Attribute;

            public class NonActionAttribute : Attribute;

            public class ControllerBase
            {
                public Microsoft.AspNetCore.Http.HttpContext HttpContext => new();
                public string Accepted() => "";
            }
        }

        namespace Microsoft.AspNetCore.SignalR
        {
            public class Hub;
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext
            {
                public int SaveChanges() => 0;
                public Task<int> SaveChangesAsync() => Task.FromResult(0);
                public void Add(object row) { }
            }
        }
        """;

    private const string Asynchronously = """

        namespace Microsoft.Extensions.DependencyInjection
        {
            public readonly struct AsyncServiceScope : IServiceScope, IAsyncDisposable
            {
                public IServiceProvider ServiceProvider => null!;
                public void Dispose() { }
                public ValueTask DisposeAsync() => default;
            }

            public static class AsyncScopes
            {
                public static AsyncServiceScope CreateAsyncScope(this IServiceScopeFactory scopes) => default;
            }
        }
        """;

    private static readonly Verify.Case Scoped = new() { Library = Scopes, Title = "Create a scope for the work" };

    private static readonly Verify.Case ScopedAsynchronously = new() { Library = Scopes + Asynchronously };

    private static string Orders(string members, string fields = "private readonly IServiceScopeFactory _scopes = scopes;", string parameters = ", IServiceScopeFactory scopes") => $$"""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;

        public class Orders(Shop shop{{parameters}}) : ControllerBase
        {
            private readonly Shop _shop = shop;
            {{fields}}

            {{members}}
        }

        public class Shop : DbContext;

        public class Row { public int Id { get; set; } public string Name { get; init; } = ""; }

        public record Given(int Id, string? Name);
        """;

    [Fact]
    public Task Takes_the_service_from_a_scope_of_the_work() => Scoped.Fixes<RequestStateInBackgroundFix>(Orders("""
        public void M(int id)
            {
                // Later.
                _ = Task.Run(() => [|_shop|].Add(id)); // Nobody waits.
            }
        """), Orders("""
        public void M(int id)
            {
                // Later.
                _ = Task.Run(() =>
                {
                    using (var scope = _scopes.CreateScope())
                    {
                        var shop = scope.ServiceProvider.GetRequiredService<Shop>();
                        shop.Add(id);
                    }
                }); // Nobody waits.
            }
        """));

    [Fact]
    public Task Takes_it_for_all_of_the_work() => ScopedAsynchronously.Fixes<RequestStateInBackgroundFix>(Orders("""
        public string M(Given given, ILogger<Orders> logger)
            {
                var (scope, name) = (0, given.Name);
                ThreadPool.QueueUserWorkItem(async _ =>
                {
                    // One row.
                    [|_shop|].Add(new Row { Id = given.Id + scope, Name = name ?? "" });
                    await this._shop.SaveChangesAsync(); // saved
                    logger.Log("done");
                });
                return Accepted();
            }
        """), Orders("""
        public string M(Given given, ILogger<Orders> logger)
            {
                var (scope, name) = (0, given.Name);
                ThreadPool.QueueUserWorkItem(async _ =>
                {
                    // One row.
                    await using (var scope2 = _scopes.CreateAsyncScope())
                    {
                        var shop = scope2.ServiceProvider.GetRequiredService<Shop>();
                        shop.Add(new Row { Id = given.Id + scope, Name = name ?? "" });
                        await shop.SaveChangesAsync(); // saved
                        logger.Log("done");
                    }
                });
                return Accepted();
            }
        """));

    [Fact]
    public Task Awaits_a_task_before_the_scope_ends() => ScopedAsynchronously.Fixes<RequestStateInBackgroundFix>(
        Orders("public void M() { Task.Run(() => [|_shop|].SaveChangesAsync()); }"),
        Orders("public void M() { Task.Run(async () => { await using (var scope = _scopes.CreateAsyncScope()) { var shop = scope.ServiceProvider.GetRequiredService<Shop>(); return await shop.SaveChangesAsync(); } }); }"));

    private const string Work = "Task.Run(() => [|_shop|].SaveChanges());";

    private static string Scoping(string factory) => $"Task.Run(() => {{ using (var scope = {factory}.CreateScope()) {{ var shop = scope.ServiceProvider.GetRequiredService<Shop>(); return shop.SaveChanges(); }} }});";

    [Theory]
    [InlineData("public void M() { WORK }", "public void M([FromServices] IServiceScopeFactory scopes) { WORK }", "scopes")]
    [InlineData("public void M(int id) { WORK }", "public void M(int id, [FromServices] IServiceScopeFactory scopes) { WORK }", "scopes")]
    [InlineData("public void M(int id, int page = 0, string sort = \"\") { WORK }", "public void M(int id, [FromServices] IServiceScopeFactory scopes, int page = 0, string sort = \"\") { WORK }", "scopes")]
    [InlineData("public string M(int scopes) { WORK return nameof(M) + scopes; }", "public string M(int scopes, [FromServices] IServiceScopeFactory scopes2) { WORK return nameof(M) + scopes; }", "scopes2")]
    [InlineData("public void M([FromServices] IServiceScopeFactory factory) { WORK }", "public void M([FromServices] IServiceScopeFactory factory) { WORK }", "factory")]
    public Task Has_the_framework_hand_it_to_an_action(string action, string after, string factory) => Scoped.Fixes<RequestStateInBackgroundFix>(
        Orders(action.Replace("WORK", Work), fields: "", parameters: ""), Orders(after.Replace("WORK", Scoping(factory)), fields: "", parameters: ""));

    [Fact]
    public Task Takes_two_services_from_scopes_in_two_actions() => Scoped.Fixes<RequestStateInBackgroundFix>(
        Orders($"public void M() {{ {Work} }}\n    public void N() {{ {Work} }}", fields: "", parameters: ""),
        Orders($"public void M([FromServices] IServiceScopeFactory scopes) {{ {Scoping("scopes")} }}\n    public void N([FromServices] IServiceScopeFactory scopes) {{ {Scoping("scopes")} }}", fields: "", parameters: ""));

    [Fact]
    public Task Takes_what_the_constructor_is_given() => Scoped.Fixes<RequestStateInBackgroundFix>(
        Orders($"public void M() {{ {Work} }}", fields: ""), Orders($"public void M() {{ {Scoping("scopes")} }}", fields: ""));

    [Fact]
    public Task Takes_it_in_older_code() => new Verify.Case { Library = Scopes, Language = LanguageVersion.CSharp7_3 }.Fixes<RequestStateInBackgroundFix>(Older(Work), Older(Scoping("scopes"), "[FromServices] IServiceScopeFactory scopes"));

    private static string Older(string work, string parameters = "") => $$"""
        using System;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.DependencyInjection;

        public class Shop : Microsoft.EntityFrameworkCore.DbContext { }

        public class Orders : ControllerBase
        {
            private Shop _shop;

            public Orders(Shop shop)
            {
                _shop = shop ?? throw new ArgumentNullException(nameof(shop));
            }

            public void M({{parameters}}) { {{work}} }
        }
        """;

    [Theory]
    [InlineData("public void M() { _shop.Add(1); WORK }")]
    [InlineData("public void M() { Fill(); WORK } private void Fill() { }")]
    [InlineData("public void M() { Fill(this); WORK } private static void Fill(object x) { }")]
    [InlineData("public void M() { _list.Add(1); WORK } private readonly List<int> _list = [];")]
    [InlineData("public void M() { HttpContext.RequestServices.GetService(typeof(Shop)); WORK }")]
    [InlineData("public void M(List<int> rows) { Task.Run(() => { rows.Clear(); [|_shop|].SaveChanges(); }); }")]
    [InlineData("public void M([FromQuery] Row row) { Task.Run(() => [|_shop|].Add(row)); }")]
    [InlineData("public void M() { var row = new Row(); Task.Run(() => [|_shop|].Add(row)); }")]
    [InlineData("public void M() { Task.Run(() => { var s = [|_shop|]; s.SaveChanges(); }); }")]
    [InlineData("public void M() { Task.Run(() => { _ = [|_shop|].SaveChangesAsync(); }); }")]
    [InlineData("public void M() { Task.Run(() => new List<int>().ForEach(x => [|_shop|].Add(x))); }")]
    [InlineData("public void M() { Task.Run(() => { Fill(); [|_shop|].SaveChanges(); }); } private void Fill() { }")]
    [InlineData("public void M() { Task.Run(() => [|_shop|].Add(1)); Task.Run(() => [|_shop|].Add(2)); }")]
    public Task Shares_it_where_the_work_has_more_of_the_request(string members) => Scoped.NoFix<RequestStateInBackgroundFix>(Orders(members.Replace("WORK", Work)));

    [Theory]
    [InlineData("private readonly Shop _shop = new Shop();", "")]
    [InlineData("private Shop _shop; public Orders(Shop shop) { _shop = shop; } public void Change(Shop other) { _shop = other; }", "")]
    [InlineData("private readonly DbContext _shop; public Orders(Shop shop) { _shop = shop; }", "")]
    [InlineData("private readonly Shop _shop; public Orders([Keyed] Shop shop) { _shop = shop; }", "")]
    [InlineData("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; } public Orders(Shop shop, int x) { _shop = shop; }", "")]
    [InlineData("protected readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public class More(Shop shop) : Orders(shop) { public Shop Shop => _shop; }")]
    [InlineData("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public class More { public Orders Orders => new Orders(new Shop()); }")]
    [InlineData("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public class More { public Orders Orders => new(new Shop()); }")]
    public Task Shares_what_the_container_did_not_make(string members, string more) => Scoped.NoFix<RequestStateInBackgroundFix>(Injected(members, "public void M() { WORK }"), more);

    [Theory]
    [InlineData("private void M() { WORK } public void N() { M(); }")]
    [InlineData("internal void M() { WORK }")]
    [InlineData("public static void N(Orders x) => x.M(); public void M() { WORK }")]
    [InlineData("public Action N => M; public void M() { WORK }")]
    [InlineData("public virtual void M() { WORK }")]
    [InlineData("public override string ToString() { WORK return \"\"; }")]
    [InlineData("[NonAction] public void M() { WORK }")]
    [InlineData("/// <summary>One.</summary>\n    /// <param name=\"id\">Two.</param>\n    public void M(int id) { WORK }")]
    [InlineData("public void M() { WORK } public void M(IServiceScopeFactory scopes) { }")]
    [InlineData("public Orders N { get { WORK return this; } }")]
    public Task Adds_no_parameter_where_others_may_call(string members) =>
        Scoped.NoFix<RequestStateInBackgroundFix>(Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", members));

    [Fact]
    public Task Adds_no_parameter_to_what_an_interface_asks_for() => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }", "ControllerBase, IWork"), "public interface IWork { void M(); }");

    [Fact]
    public Task Adds_no_parameter_outside_of_controllers() => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }", "Microsoft.AspNetCore.SignalR.Hub"));

    [Fact]
    public Task Writes_no_call_whose_namespace_is_not_named() => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }").Replace("using Microsoft.Extensions.DependencyInjection;", "").Replace("IServiceScopeFactory", "object"));

    private static string Injected(string members, string method, string @base = "ControllerBase") => $$"""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.DependencyInjection;

        public class Shop : DbContext;

        public class KeyedAttribute : Attribute;

        public class Orders : {{@base}}
        {
            {{members}}
            {{method.Replace("WORK", Work)}}
        }
        """;

    [Theory]
    [InlineData("_scope", "scopeService", "scope")]
    [InlineData("_scopes", "scopesService", "scope")]
    public Task Gives_the_service_a_name_of_its_own(string field, string service, string scope) => Scoped.Fixes<RequestStateInBackgroundFix>(
        Injected($"private readonly Shop {field}; public Orders(Shop shop) {{ {field} = shop; }}", $"public void M() {{ {Work.Replace("_shop", field)} }}"),
        Injected($"private readonly Shop {field}; public Orders(Shop shop) {{ {field} = shop; }}",
            $"public void M([FromServices] IServiceScopeFactory scopes) {{ {Scoping("scopes").Replace("var shop", "var " + service).Replace("return shop", "return " + service).Replace("var scope ", $"var {scope} ")} }}"));

    [Theory]
    [InlineData("public class More(Shop shop) : Orders(shop) { }")]
    [InlineData("public class More() : Orders(new Shop()) { }")]
    public Task Shares_what_a_derived_type_may_have_given(string more) => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }"), more);

    [Fact]
    public Task Shares_what_can_only_be_disposed_of_asynchronously() => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }").Replace("public class Shop : DbContext;", "public class Shop : DbContext, IAsyncDisposable { public ValueTask DisposeAsync() => default; }"));

    [Theory]
    [InlineData("public class Shop(ITenant tenant) : DbContext { public string Tenant => tenant.Name; } public interface ITenant { string Name { get; } }")]
    [InlineData("public class Shop(Tenant tenant) : DbContext { public string Tenant => tenant.Name; } public class Tenant { public string Name { get; set; } = \"\"; }")]
    public Task Shares_what_is_made_of_the_request(string shop) => Scoped.NoFix<RequestStateInBackgroundFix>(
        Injected("private readonly Shop _shop; public Orders(Shop shop) { _shop = shop; }", "public void M() { WORK }").Replace("public class Shop : DbContext;", shop));

    [Fact]
    public Task Shares_it_where_the_factory_has_another_meaning() =>
        Scoped.NoFix<RequestStateInBackgroundFix>(Orders("public void M() { ThreadPool.QueueUserWorkItem(_scopes => [|_shop|].Add(1)); }"));
}
