using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ThreadStaticInstanceFieldFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThreadStaticInstanceField>;

namespace Analyzers.Tests.Rules;

public class TW1022_ThreadStaticInstanceField
{
    private static string With(string field) => $$"""
        #pragma warning disable CS0169, CS0649
        public class C
        {
            {{field}}
        }
        """;

    [Fact]
    public Task Fires_on_an_instance_field() => Verify.Fires(
        With("[[|ThreadStatic|]] private int _depth;"),
        "'C._depth' is no static field, so the attribute means nothing; all threads that use the object share it");

    [Theory]
    [InlineData("[[|System.ThreadStatic|]] internal object? Current;")]
    [InlineData("[[|ThreadStaticAttribute|]] public int Depth; public void M() { lock (this) Depth++; }")]
    [InlineData("[field: [|ThreadStatic|]] public int Depth { get; set; }")]
    [InlineData("private class D { [[|ThreadStatic|]] public int Depth; }")]
    [InlineData("[Obsolete, [|ThreadStatic|]] public int Depth;")]
    public Task Fires_however_it_is_written(string field) => Verify.Fires(With(field));

    [Theory]
    [InlineData("[ThreadStatic] private static int t_depth;")]
    [InlineData("private int _depth; // ThreadStatic")]
    [InlineData("private readonly ThreadLocal<int> _depth = new();")]
    [InlineData("[field: ThreadStatic] public static int Depth { get; set; }")]
    [InlineData("private struct D { [ThreadStatic] public static int Depth; }")]
    public Task Silent_on_a_static_field(string field) => Verify.Silent(With(field));

    [Fact]
    public Task Silent_on_another_attribute() => Verify.Silent("""
        public class NotThreadStaticAttribute : Attribute { }
        public class C { [NotThreadStatic] public int Depth; private const string Name = "ThreadStatic"; }
        """);

    [Theory]
    [InlineData("[[|ThreadStatic|]] private int _depth;", "private int _depth;")]
    [InlineData("[[|ThreadStatic|]]\n    private int _depth; // one", "private int _depth; // one")]
    [InlineData("[Obsolete, [|ThreadStatic|]] public int Depth;", "[Obsolete] public int Depth;")]
    [InlineData("[[|ThreadStatic|], Obsolete] public int Depth;", "[Obsolete] public int Depth;")]
    [InlineData("[field: [|ThreadStatic|]] public int Depth { get; set; }", "public int Depth { get; set; }")]
    [InlineData("[[|ThreadStatic|]] /* each */ private int _depth;", " /* each */ private int _depth;")]
    public Task Fixes_by_taking_the_attribute_away(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    private static readonly Verify.Case Second = new() { Action = 1, Title = "Make the field static, one for each thread" };

    [Fact]
    public Task Makes_the_field_static() => Second.Fixes<Fix>("""
        public class Parser
        {
            // How deep we are.
            [[|ThreadStatic|]]
            private int _depth; // per thread

            private readonly string _name = "";

            public int Parse(string text)
            {
                this._depth = 0;
                foreach (var c in text)
                    _depth += c == '(' ? 1 : 0;
                return _depth + _name.Length;
            }
        }
        """, """
        public class Parser
        {
            // How deep we are.
            [ThreadStatic]
            private static int _depth; // per thread

            private readonly string _name = "";

            public int Parse(string text)
            {
                Parser._depth = 0;
                foreach (var c in text)
                    _depth += c == '(' ? 1 : 0;
                return _depth + _name.Length;
            }
        }
        """);

    [Theory]
    [InlineData("[[|ThreadStatic|]] private StringBuilder? _text; public string M(int x) { _text ??= new StringBuilder(); _text.Clear().Append(x); return _text.ToString(); }")]
    [InlineData("[[|ThreadStatic|]] private int _n; private void Enter() => _n++; private void Leave() => _n--; public bool IsIn => _n > 0;")]
    [InlineData("[[|ThreadStatic|]] private volatile object? _last; public void M(object x) { _last = x; Write(); } private void Write() => Console.WriteLine(_last);")]
    public Task Makes_what_belongs_to_the_thread_static(string members) => Second.Fixes<Fix>(
        "using System.Text;\n" + With(members), "using System.Text;\n" + With(members.Replace("[[|ThreadStatic|]] private volatile", "[ThreadStatic] private volatile static").Replace("[[|ThreadStatic|]] private", "[ThreadStatic] private static")));

    [Fact]
    public Task Makes_all_of_a_type_static() => Second.Fixes<Fix>(
        With("[[|ThreadStatic|]] private int _a;\n    [[|ThreadStatic|]] private int _b;\n    public int M() => ++_a + --_b;"),
        With("[ThreadStatic] private static int _a;\n    [ThreadStatic] private static int _b;\n    public int M() => ++_a + --_b;"));

    [Theory]
    [InlineData("[[|ThreadStatic|]] private int _depth = 1;")]
    [InlineData("[[|[|ThreadStatic|]|]] private int _a, _b;")]
    [InlineData("[[|ThreadStatic|]] internal int Depth;")]
    [InlineData("[[|ThreadStatic|]] private readonly object? _x;")]
    [InlineData("[Obsolete, [|ThreadStatic|]] private int _depth;")]
    [InlineData("[field: [|ThreadStatic|]] private int Depth { get; set; }")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public C(int depth) => _depth = depth;")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public bool Is(C other) => _depth == other._depth;")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public C With() => new C { _depth = 1 };")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public bool Is(object other) => other is C { _depth: 1 };")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public async Task M() { _depth = 1; await Task.Yield(); }")]
    [InlineData("[[|ThreadStatic|]] private int _depth; public Action M() => () => _depth++;")]
    [InlineData("[[|ThreadStatic|]] private int _depth; private readonly int _start = 1; public void M() { var start = _start; _depth = start; }")]
    [InlineData("[[|ThreadStatic|]] private byte[]? _room; private int Size { get; set; } public byte[] M() => _room ??= new byte[Size];")]
    [InlineData("[[|ThreadStatic|]] private List<C>? _all; public void M() => (_all ??= new()).Add(this);")]
    [InlineData("private class D<T> { [[|ThreadStatic|]] private T? _x; public void M(T x) => _x = x; }")]
    [InlineData("private struct D { [[|ThreadStatic|]] private int _x; public void M() => _x++; }")]
    [InlineData("private record D { [[|ThreadStatic|]] private int _x; public void M() => _x++; }")]
    [InlineData("[Serializable] private class D { [[|ThreadStatic|]] private int _x; public void M() => _x++; }")]
    [InlineData("private partial class D { [[|ThreadStatic|]] private int _x; }\n#if OTHER\nprivate partial class D { D() => _x = 1; }\n#endif")]
    public Task Makes_nothing_static_that_may_belong_to_the_object(string members) => Second.NoFix<Fix>(With(members));
}
