using Microsoft.CodeAnalysis.CSharp;
using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TornAccess>;

namespace Analyzers.Tests.Rules;

public partial class TW1017_TornAccess
{
    private static readonly Verify.Case InObject = new() { Title = "Keep it in an immutable object" };

    private static string Alone(string members, string type = "public class C") => $$"""
        {{type}}
        {
            private readonly Timer _timer;
            public C() { _timer = new Timer(_ => Update(), null, 0, 10); }
        {{members}}
        }

        public struct Pair { public long A, B; public List<int> All; public long Sum => A + B; public void Add(long a) { A += a; } public readonly long Least() => Math.Min(A, B); }
        public readonly record struct Own(long A, string B);
        """;

    private static string Box(string type, string name = "XBox") => $" private sealed class {name} {{ public {name}({type} value) => Value = value; public {type} Value {{ get; }} }}";

    [Fact]
    public Task Keeps_the_value_in_an_object() => InObject.Fixes<TornAccessFix>(Alone("""
            // The price.
            private decimal _last; // in euros

            public decimal Last => _last; // The last one.

            private void Update()
            {
                // Next.
                var next = 1.5m;
                [|_last|] = next + _last; // more
            } // done
        """), Alone("""
            // The price.
            private LastBox _last = new LastBox(default); // in euros

            public decimal Last => _last.Value; // The last one.

            private void Update()
            {
                // Next.
                var next = 1.5m;
                _last = new LastBox(next + _last.Value); // more
            } // done

            private sealed class LastBox
            {
                public LastBox(decimal value) => Value = value;

                public decimal Value { get; }
            }
        """));

    [Fact]
    public Task Keeps_it_in_an_object_though_there_is_a_lock() => new Verify.Case { Action = 1, Title = "Keep it in an immutable object" }.Fixes<TornAccessFix>(
        Guarded("    public decimal Last => _x;\n    private void Update() => [|_x|] = 1;"),
        Guarded("    public decimal Last => _x.Value;\n    private void Update() => _x = new XBox(1);\n\n    private sealed class XBox\n    {\n        public XBox(decimal value) => Value = value;\n\n        public decimal Value { get; }\n    }", "private XBox _x = new XBox(default);").Replace("_x = 1;", "_x = new XBox(1);"));

    [Theory]
    [InlineData("decimal", "public string M() => _x.ToString(\"F2\") + -_x + $\"{_x:F1}\";", "public string M() => _x.Value.ToString(\"F2\") + -_x.Value + $\"{_x.Value:F1}\";")]
    [InlineData("Guid", "public bool M(Guid x) => this._x == x && x.Equals(_x);", "public bool M(Guid x) => this._x.Value == x && x.Equals(_x.Value);")]
    [InlineData("decimal", "public bool M(C other) => other._x > (_x);", "public bool M(C other) => other._x.Value > (_x.Value);")]
    [InlineData("decimal", "public void M(C other) { [|other._x|] = _x; }", "public void M(C other) { other._x = new XBox(_x.Value); }")]
    [InlineData("decimal", "public decimal X { get => _x; set => [|_x|] = value; }", "public decimal X { get => _x.Value; set => _x = new XBox(value); }")]
    [InlineData("decimal", "public async Task M(Task<decimal> x) { [|_x|] = await x; }", "public async Task M(Task<decimal> x) { _x = new XBox(await x); }")]
    [InlineData("decimal", "public Func<decimal> M() => () => _x;", "public Func<decimal> M() => () => _x.Value;")]
    [InlineData("(int A, long B)", "public long M() { var (a, b) = _x; return a + b + _x.A; }", "public long M() { var (a, b) = _x.Value; return a + b + _x.Value.A; }")]
    [InlineData("(int A, long B)", "public void M() { [|_x|] = (_x.A + 1, 2); }", "public void M() { _x = new XBox((_x.Value.A + 1, 2)); }")]
    [InlineData("Own", "public Own M() => _x with { A = 1 };", "public Own M() => _x.Value with { A = 1 };")]
    [InlineData("Own", "public bool M() => _x is { A: 1 } x && x.ToString() == _x.B;", "public bool M() => _x.Value is { A: 1 } x && x.ToString() == _x.Value.B;")]
    [InlineData("Pair", "public long M() { foreach (var i in _x.All) { } _x.All.Clear(); return _x.A + _x.Least(); }", "public long M() { foreach (var i in _x.Value.All) { } _x.Value.All.Clear(); return _x.Value.A + _x.Value.Least(); }")]
    public Task Keeps_it_in_an_object_however_it_is_used(string type, string before, string after) => InObject.Fixes<TornAccessFix>(
        Alone($"private {type} _x; public {type} Last => _x; {before} private void Update() => [|_x|] = default;"),
        Alone($"private XBox _x = new XBox(default); public {type} Last => _x.Value; {after} private void Update() => _x = new XBox(default);" + Box(type)));

    [Theory]
    [InlineData("[|_x|] = /* why */ 1 /* not */;", "_x = /* why */ new XBox(1) /* not */;")]
    [InlineData("Console.WriteLine(_x.HasValue);", "Console.WriteLine(_x.Value.HasValue);")]
    [InlineData("Console.WriteLine(_x?.ToString());", "Console.WriteLine(_x.Value?.ToString());")]
    [InlineData("if (_x is { } x) Console.WriteLine(x);", "if (_x.Value is { } x) Console.WriteLine(x);")]
    [InlineData("if (_x != null) Console.WriteLine(_x.Value);", "if (_x.Value != null) Console.WriteLine(_x.Value.Value);")]
    [InlineData("Console.WriteLine(_x ?? 5);", "Console.WriteLine(_x.Value ?? 5);")]
    [InlineData("if (_x.HasValue) Console.WriteLine(_x.Value); [|_x|] = null;", "if (_x.Value.HasValue) Console.WriteLine(_x.Value.Value); _x = new XBox(null);")]
    public Task Keeps_it_in_an_object_where_it_may_be_null(string before, string after) => InObject.Fixes<TornAccessFix>(
        Alone($"private long? _x; public long? Last => _x; public void M() {{ {before} }} private void Update() => [|_x|] = null;"),
        Alone($"private XBox _x = new XBox(null); public long? Last => _x.Value; public void M() {{ {after} }} private void Update() => _x = new XBox(null);" + Box("long?")));

    [Theory]
    [InlineData("private static decimal _x;", "private static XBox _x = new XBox(default);")]
    [InlineData("private static decimal _x = decimal.One;", "private static XBox _x = new XBox(decimal.One);")]
    [InlineData("private static readonly List<int> s_all = new(); private static decimal _x = 5;", "private static readonly List<int> s_all = new(); private static XBox _x = new XBox(5);")]
    [InlineData("decimal _x = Make(); private static decimal Make() => 5;", "XBox _x = new XBox(Make()); private static decimal Make() => 5;")]
    public Task Keeps_what_the_field_begins_with(string before, string after) => InObject.Fixes<TornAccessFix>(
        Alone(before + " public decimal Last => _x; private static readonly C s_one = new(); private void Update() => [|_x|] = 1;"),
        Alone(after + " public decimal Last => _x.Value; private static readonly C s_one = new(); private void Update() => _x = new XBox(1);" + Box("decimal")));

    [Fact]
    public Task Keeps_each_of_several_in_its_object() => InObject.Fixes<TornAccessFix>(
        Alone("private decimal _x; private decimal m_rate; public decimal Last => _x; public decimal Rate => m_rate; private void Update() { [|_x|] = m_rate; [|m_rate|] = _x; _x = 7; }"),
        Alone("private XBox _x = new XBox(default); private RateBox m_rate = new RateBox(default); public decimal Last => _x.Value; public decimal Rate => m_rate.Value; private void Update() { _x = new XBox(m_rate.Value); m_rate = new RateBox(_x.Value); _x = new XBox(7); }" + Box("decimal") + Box("decimal", "RateBox")));

    [Fact]
    public Task Keeps_tabs_and_line_ends()
    {
        static string Typed(string text) => text.Replace("    ", "\t").Replace("\n", "\r\n");
        return InObject.Fixes<TornAccessFix>(
            Typed(Alone("    private decimal _x; // in euros\n    public decimal Last => _x;\n    private void Update() => [|_x|] = 1;")),
            Typed(Alone("    private XBox _x = new XBox(default); // in euros\n    public decimal Last => _x.Value;\n    private void Update() => _x = new XBox(1);\n\n    private sealed class XBox\n    {\n        public XBox(decimal value) => Value = value;\n\n        public decimal Value { get; }\n    }")));
    }

    [Fact]
    public Task Names_the_object_like_nothing_else() => InObject.Fixes<TornAccessFix>(
        Alone("private decimal _x; public int XBox() => 1; public decimal Last => _x; private void Update() => [|_x|] = 1;"),
        Alone("private XBox2 _x = new XBox2(default); public int XBox() => 1; public decimal Last => _x.Value; private void Update() => _x = new XBox2(1);" + Box("decimal", "XBox2")));

    [Fact]
    public Task Keeps_it_in_an_object_of_the_oldest_language() => new Verify.Case { Language = LanguageVersion.CSharp7_3 }.Fixes<TornAccessFix>("""
        using System.Threading;
        public class C
        {
          readonly Timer _timer;
          decimal _x;
          public C() { _timer = new Timer(_ => Update(), null, 0, 10); }
          public decimal Last { get { return _x; } }
          void Update() { [|_x|] = 1; }
        }
        """, """
        using System.Threading;
        public class C
        {
          readonly Timer _timer;
          XBox _x = new XBox(default);
          public C() { _timer = new Timer(_ => Update(), null, 0, 10); }
          public decimal Last { get { return _x.Value; } }
          void Update() { _x = new XBox(1); }

          private sealed class XBox
          {
            public XBox(decimal value) => Value = value;

            public decimal Value { get; }
          }
        }
        """);

    [Theory]
    [InlineData("decimal", "public void M() { F(ref [|_x|]); } private static void F(ref decimal x) { }")]
    [InlineData("decimal", "public void M() { F(in _x); } private static void F(in decimal x) { }")]
    [InlineData("decimal", "public void M() { F(_x); } private static void F(in decimal x) { }")]
    [InlineData("decimal", "public void M() { decimal.TryParse(\"1\", out [|_x|]); }")]
    [InlineData("decimal", "public ref decimal M() => ref _x;")]
    [InlineData("decimal", "public void M(bool b) { ref var x = ref _x; x = 1; }")]
    [InlineData("decimal", "public void M() { [|_x|] += 1; }")]
    [InlineData("decimal", "public void M() { [|_x|]++; }")]
    [InlineData("decimal", "public decimal M() => [|_x|] = 5;")]
    [InlineData("decimal", "public void M(decimal y) { y = [|_x|] = 5; }")]
    [InlineData("decimal", "public void M() { ([|_x|], var y) = (1, 2); }")]
    [InlineData("decimal", "public string M() => nameof(_x);")]
    [InlineData("decimal", "public C M() => new C { _x = 5 };")]
    [InlineData("decimal", "public bool M(C c) => c is { _x: 5 };")]
    [InlineData("decimal", "public decimal? M(C? c) => c?._x;")]
    [InlineData("decimal", "public System.Linq.Expressions.Expression<Func<decimal>> M() => () => _x;")]
    [InlineData("decimal", "public IEnumerable<int> M(List<int> all) => from i in all where i > _x select i;")]
    [InlineData("decimal", "public void M(dynamic d) { d.F(_x); }")]
    [InlineData("decimal", "~C() { Console.WriteLine(_x); }")]
    [InlineData("long?", "public void M() { [|_x|] ??= 1; }")]
    [InlineData("long?", "public long M() { [|_x|] = 1; return _x.Value; }")]
    [InlineData("(int, Pair)", "public void M() { _x.Item1 = 1; }")]
    [InlineData("(int, Pair)", "public void M() { _x.Item2.A++; }")]
    [InlineData("(int, Pair)", "public void M() { _x.Item2.Add(1); }")]
    [InlineData("Pair", "public void M() { _x.A = 1; }")]
    [InlineData("Pair", "public void M() { _x.Add(1); }")]
    [InlineData("Pair", "public void M() { _x.All = new(); }")]
    [InlineData("Pair", "public long M() => _x.Sum;")]
    [InlineData("ValueTuple<T, long>", "public void M() { _x.Item1.Dispose(); }", "public class C<T> where T : struct, IDisposable")]
    [InlineData("Pair", "public unsafe void M() { fixed (long* a = &_x.A) { } }")]
    public Task Keeps_nothing_in_an_object_that_is_more_than_read_and_written(string type, string member, string of = "public class C") =>
        Verify.NoFix<TornAccessFix>(Alone($"private {type} _x; public {type} Last => _x; {member} private void Update() {{ [|_x|] = default; }}", of));

    [Theory]
    [InlineData("private decimal _x, _y;")]
    [InlineData("[NonSerialized] private decimal _x;")]
    [InlineData("internal decimal _x;")]
    [InlineData("private static decimal _x = Make(); private static decimal Make() => _x;")]
    [InlineData("private static readonly C s_one = new(); private static decimal _x;")]
    [InlineData("private static readonly Timer s_timer = new(_ => { [|_x|] = 5; }); private static decimal _x;")]
    [InlineData("private static readonly decimal s_y = _x; private static decimal _x;")]
    [InlineData("private static Action s_run { get; } = Run; private static decimal _x; private static void Run() { }")]
    [InlineData("#if DEBUG\n#endif\nprivate decimal _x;")]
    [InlineData("#if DEBUG\npublic decimal Debug => _x;\n#endif\nprivate decimal _x;")]
    public Task Keeps_nothing_in_an_object_that_is_seen_before_or_elsewhere(string field) =>
        Verify.NoFix<TornAccessFix>(Alone(field + " public decimal Last => _x; private void Update() { [|_x|] = default; }"));

    [Theory]
    [InlineData("public record C")]
    [InlineData("[Serializable] public class C")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)] public class C")]
    [InlineData("public class JsonObjectAttribute : Attribute; [JsonObject] public class C")]
    [InlineData("public class B { public int XBox; } public class C : B")]
    [InlineData("[System.Diagnostics.DebuggerDisplay(\"{_x}\")] public class C")]
    [InlineData("public partial class C")]
    [InlineData("public class C : System.ComponentModel.Component")]
    public Task Keeps_nothing_in_an_object_in_such_a_type(string type) =>
        Verify.NoFix<TornAccessFix>(Alone("private decimal _x; public decimal Last => _x; private void Update() { [|_x|] = default; }", type));

    [Fact]
    public Task Keeps_nothing_in_an_object_in_a_struct() => Verify.NoFix<TornAccessFix>("""
        public struct C
        {
            private static decimal s_x;
            public decimal Last => s_x;
            public static Timer Start() => new Timer(_ => { [|s_x|] = 1; }, null, 0, 10);
        }
        """);
}
