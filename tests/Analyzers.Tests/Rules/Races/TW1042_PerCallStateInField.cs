using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.PerCallStateInField>;

namespace Analyzers.Tests.Rules;

/// <summary>Fields that say what one call is about.</summary>
public partial class TW1042_PerCallStateInField
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private readonly object _g = new();
            private string _name = "";
            private int _depth;

        {{members}}
        }
        """;

    [Fact]
    public Task Names_who_writes_and_who_reads() => Verify.Fires("""
        public class HttpContext { public string Path; }
        public delegate Task RequestDelegate(HttpContext context);

        public class Audit
        {
            private readonly RequestDelegate _next;
            private string _path = "";
            public Audit(RequestDelegate next) => _next = next;
            public async Task InvokeAsync(HttpContext context)
            {
                [|_path|] = context.Path;
                await _next(context);
                Write();
            }
            private void Write() => Console.WriteLine(_path);
        }
        """, "'Audit._path' is written in 'Audit.InvokeAsync' for 'Audit.Write' to read (Test0.cs:15), though many threads may be in at a time: one call reads what another one wrote");

    [Fact]
    public Task Fires_on_a_field_that_helpers_read() => Fires("""
        public string Format(string name) { [|_name|] = name; return Head() + Foot(); }
        private string Head() => _name;
        private string Foot() => Head().ToLower() + _name;
        """);

    [Fact]
    public Task Fires_on_a_field_of_one_method() => Fires("""
        public int Sum(int[] all) { [|_depth|] = 0; foreach (var i in all) _depth += i; return _depth; }
        """);

    [Fact]
    public Task Fires_where_several_members_begin_with_it() => Fires("""
        public string A(string name) { [|_name|] = name; return Head(); }
        public string B(string name) { _name = name.Trim(); return Head(); }
        private string Head() => _name;
        """);

    [Theory]
    [InlineData("public void Set(string name) => _name = name; public string Get() => _name;")]
    [InlineData("public string Do(string name) { Console.WriteLine(_name); _name = name; return Head(); } private string Head() => _name;")]
    [InlineData("public string Do(string name) { var h = Head(); _name = name; return h; } private string Head() => _name;")]
    [InlineData("public string Do(string name) { _name = name; return Head(); } private string Head() => _name; public string Other() => Head();")]
    public Task Silent_on_what_outlives_the_call(string members) => Silent(members);

    [Theory]
    [InlineData("public string Do(string name) { lock (_g) { _name = name; return Head(); } } private string Head() => _name;")]
    [InlineData("public string Do(string name) { if (_name == null) _name = name; return Head(); } private string Head() => _name;")]
    [InlineData("public void Do(string name) { _name = name; }")]
    public Task Silent_under_a_lock_on_what_is_made_once_and_on_what_nobody_reads(string members) => Silent(members);

    [Fact]
    public Task Silent_in_a_type_that_is_made_for_each_call() => Verify.Silent("""
        public class Parser
        {
            private string _text = "";
            public int Parse(string text) { _text = text; return Next(); }
            private int Next() => _text.Length;
        }
        """);

    [Fact]
    public Task Silent_on_what_every_thread_has_for_itself() => Silent("""
        [ThreadStatic] private static string t_name;
        public string Do(string name) { t_name = name; return Head(); }
        private string Head() => t_name;
        """);

    [Theory]
    [InlineData("System.Text.Json.Serialization.JsonConverter<int>", "public override int Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) { [|_name|] = r.GetString(); return Length(); } public override void Write(System.Text.Json.Utf8JsonWriter w, int v, System.Text.Json.JsonSerializerOptions o) { }")]
    [InlineData("Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata", "public int OnAction(string name) { [|_name|] = name; return Length(); }")]
    public Task Fires_in_a_serializer_and_in_a_filter(string type, string entry) => new Verify.Case { Library = "namespace Microsoft.AspNetCore.Mvc.Filters { public interface IFilterMetadata { } }" }.Fires($$"""
        public class C : {{type}}
        {
            private string _name;
            {{entry}}
            private int Length() => _name.Length;
        }
        """);

    [Fact]
    public Task Silent_in_a_visitor_that_is_a_value() => Verify.Silent("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            public int Depth(int[] all) { var visitor = new Visitor(); return visitor.Visit(all); }

            private struct Visitor
            {
                private int _depth;
                public int Visit(int[] all) { _depth = all.Length; return Half(); }
                private int Half() => _depth / 2;
            }
        }
        """);
}
