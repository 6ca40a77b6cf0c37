using System.Text;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Sources larger, deeper and more tangled than any person writes, as far as the compiler itself survives them (it overflows its stack on 10,000 parentheses, blocks or calls in a row).</summary>
public class RobustnessExtremes
{
    /// <summary>Where the compiler itself takes seconds for thousands.</summary>
    private static readonly int Many = Environment.GetEnvironmentVariable("THREADWISE_FUZZ") == "full" ? 10_000 : 1_500;

    private static readonly RobustnessTrial Trial = new(new ThreadwiseAnalyzer(), Catalog.Fixes) { MostFixed = 3 };

    /// <summary>Asked for the meaning of each of 10,000 nested names, as fixes must, the compiler takes minutes.</summary>
    private static readonly RobustnessTrial RulesOnly = new(new ThreadwiseAnalyzer(), []);

    private const string Head = """
        class C
        {
            readonly object _g = new(); readonly object _h = new(); readonly SemaphoreSlim _s = new(1, 1); readonly Task<int> _t = Task.FromResult(1);
            [GuardedBy("_g")] int _x;
            C Next() => this;

        """;

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["parentheses"] = Method($"return {Repeat("(", 700)}1{Repeat(")", 700)};"),
        ["sums, rules only"] = Method($"return 1{Repeat(" + _x", 10_000)};"),
        ["texts, rules only"] = Method($"return (\"\"{Repeat(" + _x", 10_000)}).Length;"),
        ["sums"] = Method($"return 1{Repeat(" + _x", 600)};"),
        ["blocks"] = Method(Repeat("{", 3_000) + "_x++;" + Repeat("}", 3_000) + " return 0;"),
        ["blocks that still parse"] = Method(Repeat("{", 400) + "_x++;" + Repeat("}", 400) + " return 0;"),
        ["locks"] = Method(Repeat("lock (_g) {", 700) + "_x++;" + Repeat("}", 700) + " return 0;"),
        ["locks that still parse"] = Method(Repeat("lock (_g) lock (_h) {", 150) + "_x++;" + Repeat("}", 150) + " return 0;"),
        ["lambdas"] = Method("Action a = " + Repeat("() => { Action b = ", 10_000) + "null" + Repeat("; }", 10_000) + "; return 0;"),
        ["lambdas that still parse"] = Method("Action a0 = " + string.Concat(Enumerable.Range(1, 60).Select(i => $"() => {{ lock (_g) _x++; Action a{i} = ")) + "null" + Repeat("; }", 60) + "; return 0;"),
        ["local functions"] = Method(string.Concat(Enumerable.Range(1, 100).Select(i => $"void F{i}() {{ lock (_g) {{ _x++; }} ")) + Repeat("}", 100) + " F1(); return 0;"),
        ["member chain"] = Method("return Next()" + Repeat(".Next()", 2_000) + "._x;"),
        ["conditional chain"] = Method("return Next()" + Repeat("?.Next()", Many) + "?._x ?? 0;"),
        ["if and else"] = Method(string.Concat(Enumerable.Range(0, Many).Select(i => $"if (_x == {i}) {{ _x = {i}; }} else ")) + "{ } return 0;"),
        ["if and else that still parse"] = Method(string.Concat(Enumerable.Range(0, 300).Select(i => $"if (_x == {i}) {{ lock (_g) _x = {i}; }} else ")) + "{ } return 0;"),
        ["choices"] = Method("return " + string.Concat(Enumerable.Range(0, 700).Select(i => $"_x == {i} ? {i} : ")) + "0;"),
        ["tries"] = Method(Repeat("Monitor.Enter(_g); try {", 200) + "_x++;" + Repeat("} finally { Monitor.Exit(_g); }", 200) + " return 0;"),
        ["switch"] = Method("switch (_x) {" + string.Concat(Enumerable.Range(0, Many).Select(i => $"case {i}: _x = {i + 1}; break;")) + "} return 0;"),
        ["aliases"] = Method("var a0 = _g; " + string.Concat(Enumerable.Range(1, 3_000).Select(i => $"var a{i} = a{i - 1};")) + "lock (a3000) { _x++; } return 0;"),
        ["locks taken or not"] = Method(string.Concat(Enumerable.Range(0, 60).Select(i => $"if (_x == {i}) Monitor.Enter(_g); if (_x == {i + 1}) Monitor.Exit(_g);")) + "_x++; return 0;"),
        ["jumps"] = Method("lock (_g) { " + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"L{i}: if (_x == {i}) goto L{i * 7919 % 1000}; _x++;")) + "} return 0;"),
        ["initializers"] = Method("object o = " + Repeat("new object[] { ", 800) + "1" + Repeat(" }", 800) + "; return 0;"),
        ["waits in async"] = Head + "async Task<int> M() {" + Repeat("\n_x += _t.Result; await _t; Thread.Sleep(1);", 2_000) + "return 0; } }",
        ["semaphores in async"] = Head + "async Task<int> M() {" + Repeat("\nawait _s.WaitAsync(); _x++;", 2_000) + Repeat("\n_s.Release();", 2_000) + "return 0; } }",
        ["nested types"] = string.Concat(Enumerable.Range(0, 300).Select(i => $"class N{i} {{ readonly object _g = new(); void M() {{ lock (_g) {{ }} }} ")) + Repeat("}", 300),
        ["a method of 50,000 lines"] = Method(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\nlock (_g)\n{{\n    _x = {i};\n}}\n_x++;")) + "return 0;"),
        ["a body of 20,000 lines with one unbalanced lock"] = Method("Monitor.Enter(_g);" + Repeat("\n_x++;", 20_000) + "return 0;"),
        ["methods that call each other in a ring"] = Head + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\nint R{i}() {{ lock ({(i % 2 == 0 ? "_g" : "_h")}) {{ return R{(i + 1) % 10_000}(); }} }}")) + "}",
        ["methods that call each other in a line"] = Head + string.Concat(Enumerable.Range(0, Many).Select(i => $"\nint R{i}() {{ _x++; return R{Math.Min(i + 1, Many - 1)}(); }}")) + "}",
        ["methods that all call one another"] = Head + string.Concat(Enumerable.Range(0, 120).Select(i => $"\nvoid R{i}() {{ lock (_g) {{ {string.Concat(Enumerable.Range(0, 120).Select(j => $"R{j}();"))} }} }}")) + "}",
        ["locks in every order"] = "class C { " + string.Concat(Enumerable.Range(0, 50).Select(i => $"readonly object _l{i} = new();")) + string.Concat(from i in Enumerable.Range(0, 50) from j in Enumerable.Range(0, 50) where i != j select $"\nvoid M{i}_{j}() {{ lock (_l{i}) lock (_l{j}) {{ }} }}") + "}",
        ["a ring of locks"] = "class C { " + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"readonly object _l{i} = new();\nvoid M{i}() {{ lock (_l{i}) lock (_l{(i + 1) % 2_000}) {{ }} }}")) + "}",
        ["cyclic inheritance"] = "class A : B { readonly object _g = new(); void M() { lock (_g) N(); } } class B : A { protected void N() { } } interface I : J { } interface J : I { } struct S { T _t; } struct T { S _s; }",
        ["endless generics"] = "class G<T> : G<G<T>> { readonly object _g = new(); [GuardedBy(\"_g\")] T _x; void M(G<G<T>> other) { lock (_g) { _x = default; } other._x = default; } }",
        ["guards that name each other"] = "class C { [GuardedBy(\"_b\")] object _a = new(); [GuardedBy(\"_a\")] object _b = new(); [GuardedBy(\"_c\")] object _c = new(); void M() { lock (_a) { _b = _a; } lock (_c) { _c = this; } } object P => P; object Q => R; object R => Q; void N() { lock (P) { } lock (Q) lock (R) { } } }",
        ["constraints in a ring"] = "class C<T, U> where T : U where U : T { void M(T t) { lock (t) { } } }",
        ["a property that is itself"] = "class C { object G => G; [GuardedBy(\"G\")] int _x; [ReturnsLock(\"H\")] object H => H; void M() { lock (G) { _x++; } lock (H) { _x++; } } }",
        ["strange arguments"] = "class C { [GuardedBy(null)] int _a; [GuardedBy(\"\")] int _b; [GuardedBy(\"..\")] int _c; [GuardedBy(\"typeof(\")] int _d; [GuardedBy(\"a b.c[0]()\")] int _e; [GuardedBy(\"\\0\\uD800{|}\")] int _f; [GuardedBy] int _g; [GuardedBy(1, 2)] int _h; [GuardedBy(Missing)] int _i; void M() { _a = _b = _c = _d = _e = _f = _g = _h = _i; } }",
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Names))]
    public Task Shape(string name) => (name.EndsWith("rules only", StringComparison.Ordinal) ? RulesOnly : Trial).Run(name, Shapes[name]);

    [Fact]
    public Task A_type_over_200_files() => Trial.Run("partial", [.. Enumerable.Range(0, 200).Select(i =>
        $"partial class C {{ readonly object _g{i} = new(); [GuardedBy(\"_g{i}\")] int _x{i}; void M{i}() {{ lock (_g{i}) lock (_g{(i + 1) % 200}) {{ _x{(i + 2) % 200}++; M{(i + 1) % 200}(); }} }} }}")]);

    [Fact]
    public Task A_thousand_types_that_use_each_other() => Trial.Run("types", [.. Enumerable.Range(0, 1_000).Select(i =>
        $"class C{i} {{ readonly object _g = new(); C{(i + 1) % 1_000} _next = null!; public void M() {{ lock (_g) {{ _next.M(); }} }} }}")]);

    [Fact]
    public Task Nothing_at_all() => Trial.Run("nothing", "", "\0", "\uFEFF", "#if X\nclass C {\n", "#error\n#pragma warning disable TW\n");

    private static string Method(string body) => $"{Head}    int M() {{ {body} }}\n}}";

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
