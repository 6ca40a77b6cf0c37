using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BrokenDoubleCheckedLockingFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BrokenDoubleCheckedLocking>;

namespace Analyzers.Tests.Rules;

public partial class TW1015_BrokenDoubleCheckedLocking
{
    private const string LazyTitle = "Make it once, by a Lazy<T>";

    /// <summary>The first fix is offered for statements on lines of their own only.</summary>
    private static readonly Verify.Case InOneLine = new() { Title = LazyTitle };

    private static readonly Verify.Case Lazily = new() { Action = 1, Title = LazyTitle };

    private static string Filled(string steps, string after = "return _all.Count;", string fields = "private readonly object _gate = new();\n    private Dictionary<string, int>? _all;", string more = "") => $$"""
        public enum Color { Red, Green }

        public class C
        {
            {{fields}}

            public int M()
            {
                if (_all == null) { lock (_gate) { if (_all == null) { {{steps}} } } }
                {{after}}
            }
        {{more}}
        }
        """;

    private static string Lazy(string field, string after = "return _all.Value.Count;", string more = "") => $$"""
        public enum Color { Red, Green }

        public class C
        {
            {{field}}

            public int M()
            {
                {{after}}
            }
        {{more}}
        }
        """;

    [Fact]
    public Task Makes_and_fills_it_once() => Lazily.Fixes<Fix>("""
        public class Codes
        {
            private readonly object _gate = new();
            // All of them.
            private Dictionary<string, int>? _all; // by name

            public int Of(string name)
            {
                // At first.
                if (_all == null)
                {
                    lock (_gate)
                    {
                        if (_all == null)
                        {
                            // None yet.
                            [|_all = new Dictionary<string, int>();|]
                            _all.Add("one", 1); // first
                            this._all["two"] =
                                2;
                        }
                    }
                }

                // Found.
                return _all![name] + this._all.Count;
            }
        }
        """, """
        public class Codes
        {
            // All of them.
            private readonly Lazy<Dictionary<string, int>> _all = new(() =>
            {
                // None yet.
                var all = new Dictionary<string, int>();
                all.Add("one", 1); // first
                all["two"] =
                    2;
                return all;
            }); // by name

            public int Of(string name)
            {
                // At first.
                // Found.
                return _all.Value[name] + this._all.Value.Count;
            }
        }
        """);

    [Theory]
    [InlineData("Dictionary<string, int>", "", "all[\"a\"] = 1; all.Add(\"b\", 2); all[\"a\"] = 3;")]
    [InlineData("Dictionary<Color, object?>", "", "all.Add(Color.Red, null); all.Add(Color.Green, \"\");")]
    [InlineData("Dictionary<long, string>", "", "all.Add(1, nameof(C)); all.Add(2L, \"\");")]
    [InlineData("HashSet<int>", "", "all.Add(1); all.Add(1);")]
    [InlineData("List<string>", "volatile ", "all.Add(\"\");")]
    public Task Fills_what_takes_it(string type, string modifier, string steps) => InOneLine.Fixes<Fix>(
        Filled($"[|_all = new {type}();|] {steps.Replace("all", "_all")}", fields: $"private readonly object _gate = new();\n    private {modifier}{type}? _all;"),
        Lazy($"private readonly Lazy<{type}> _all = new(() => {{ var all = new {type}(); {steps} return all; }});"));

    [Fact]
    public Task Fills_it_without_its_type() => InOneLine.Fixes<Fix>(
        Filled("[|_all = new();|] _all.Add(\"a\", 1);"),
        Lazy("private readonly Lazy<Dictionary<string, int>> _all = new(() => { Dictionary<string, int> all = new(); all.Add(\"a\", 1); return all; });"));

    [Fact]
    public Task Keeps_a_lock_that_others_take() => InOneLine.Fixes<Fix>(
        Filled("[|_all = new();|] _all.Add(\"a\", 1);", more: "    public void N() { lock (_gate) { } }"),
        Lazy("private readonly object _gate = new();\n    private readonly Lazy<Dictionary<string, int>> _all = new(() => { Dictionary<string, int> all = new(); all.Add(\"a\", 1); return all; });", more: "    public void N() { lock (_gate) { } }"));

    [Fact]
    public Task Fills_each_of_two_and_statics() => InOneLine.Fixes<Fix>(Two("""
            private static readonly object s_a = new();
            private static List<int>? s_x;
            private static readonly object s_b = new();
            private static List<int>? s_y;

            public static List<int> X { get { if (s_x is null) lock (s_a) if (s_x is null) { [|s_x = new List<int>();|] s_x.Add(1); } return s_x; } }

            public static List<int> Y { get { if (null == s_y) lock (s_b) if (s_y == null) { s_y = new List<int>(); } return s_y; } }

            public static List<int> Z() { if (s_z == null) lock (s_c) if (s_z == null) { [|s_z = new List<int>();|] s_z.Add(1); } return s_z; }
        """), Two("""
            private static readonly Lazy<List<int>> s_x = new(() => { var x = new List<int>(); x.Add(1); return x; });
            private static readonly object s_b = new();
            private static List<int>? s_y;

            public static List<int> X { get { return s_x.Value; } }

            public static List<int> Y { get { if (null == s_y) lock (s_b) if (s_y == null) { s_y = new List<int>(); } return s_y; } }

            public static List<int> Z() { return s_z.Value; }
        """).Replace("    private static readonly object s_c = new();\n", "").Replace("private static List<int>? s_z;", "private static readonly Lazy<List<int>> s_z = new(() => { var z = new List<int>(); z.Add(1); return z; });"));

    private static string Two(string members) => $"public class C\n{{\n    private static readonly object s_c = new();\n    private static List<int>? s_z;\n{members}\n}}\n";

    [Fact]
    public Task Fills_it_in_an_older_language() => new Verify.Case { Title = LazyTitle, Language = LanguageVersion.CSharp7_3 }.Fixes<Fix>(
        "using System.Collections.Generic;\n" + Filled("[|_all = new List<int>();|] _all.Add(1);", fields: "private readonly object _gate = new object();\n    private List<int> _all;"),
        "using System.Collections.Generic;\n" + Lazy("private readonly System.Lazy<List<int>> _all = new System.Lazy<List<int>>(() => { var all = new List<int>(); all.Add(1); return all; });"));

    [Theory]
    [InlineData("_all.Add(\"a\", 1); _all.Add(\"a\", 2);")]
    [InlineData("_all[\"a\"] = 1; _all.Add(\"a\", 2);")]
    [InlineData("_all.Add(null!, 1);")]
    [InlineData("_all.Add(Console.ReadLine()!, 1);")]
    [InlineData("_all.Add(\"a\", Environment.ProcessId);")]
    [InlineData("_all.Add(\"a\", 1); Console.WriteLine();")]
    [InlineData("_all.Add(\"a\", 1); if (_all.Count > 0) _all.Add(\"b\", 1);")]
    [InlineData("_all.Add(\"a\", 1); _all.Remove(\"a\");")]
    [InlineData("const string A = \"a\"; _all.Add(A, 1);")]
    public Task Fills_nothing_that_may_fail(string steps) => InOneLine.NoFix<Fix>(Filled("[|_all = new Dictionary<string, int>();|] " + steps));

    [Theory]
    [InlineData("SortedDictionary<string, int>", "_all.Add(\"a\", 1);")]
    [InlineData("SortedSet<object>", "_all.Add(1); _all.Add(\"\");")]
    [InlineData("Dictionary<long, int>", "_all.Add(1, 1); _all.Add(1L, 1);")]
    [InlineData("Dictionary<object, int>", "_all.Add(1, 1);")]
    public Task Fills_nothing_that_finds_more_keys_equal(string type, string steps) => InOneLine.NoFix<Fix>(
        Filled($"[|_all = new {type}();|] {steps}", fields: $"private readonly object _gate = new();\n    private {type}? _all;"));

    [Theory]
    [InlineData("return _all.Count;", "    public void N() => _all = null;")]
    [InlineData("return _all.Count;", "    public void N() => _all?.Clear();")]
    [InlineData("return _all.Count;", "    public bool Is(C other) => other._all == null;")]
    [InlineData("return _all.Count + (new C() is { _all: not null } ? 1 : 0);")]
    [InlineData("return new C { _all = _all }.M();")]
    [InlineData("return _all.Count;", "    public object Copy() => MemberwiseClone();")]
    [InlineData("_all = new(); return _all.Count;")]
    [InlineData("return nameof(_all).Length + _all.Count;")]
    [InlineData("System.Linq.Expressions.Expression<Func<int>> all = () => _all.Count; return all.Compile()();")]
    [InlineData("int Count() => _all.Count; return Count();")]
    [InlineData("return 0;")]
    public Task Fills_nothing_that_others_look_at(string after, string more = "") => InOneLine.NoFix<Fix>(Filled("[|_all = new Dictionary<string, int>();|] _all.Add(\"a\", 1);", after, more: more));

    [Theory]
    [InlineData("private readonly object _gate = new();\n    internal Dictionary<string, int>? _all;")]
    [InlineData("private readonly object _gate = new();\n    [NonSerialized] private Dictionary<string, int>? _all;")]
    [InlineData("private object _gate = new();\n    private Dictionary<string, int>? _all;")]
    [InlineData("// Of all.\n    private readonly object _gate = new();\n    private Dictionary<string, int>? _all;")]
    [InlineData("public C(object gate) => _gate = gate; private readonly object _gate;\n    private Dictionary<string, int>? _all;")]
    [InlineData("private static readonly int s_first = new C().M(); private static readonly object _gate = new();\n    private static Dictionary<string, int>? _all;")]
    public Task Fills_nothing_where_the_fields_are_not_free(string fields) => InOneLine.NoFix<Fix>(Filled("[|_all = new Dictionary<string, int>();|] _all.Add(\"a\", 1);", fields: fields));
}
