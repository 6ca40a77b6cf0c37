using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.PerCallStateInFieldFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.PerCallStateInField>;

namespace Analyzers.Tests.Rules;

public partial class TW1042_PerCallStateInField
{
    [Fact]
    public Task Fixes_by_handing_it_on() => Verify.Fixes<Fix>("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private readonly object _other = new();

            private string _name = "";

            // Formats.
            public string Format(string text, int depth)
            {
                // begins
                [|_name|] = text.Trim(); // trimmed
                return Head() + Foot(depth, text);
            }

            public string Short(string name)
            {
                _name = name;

                return this.Head();
            }

            public async Task<string> Later(string text)
            {
                await Task.Yield();
                this._name = text;
                return Foot(
                    1, "") + this._name;
            }

            private string Head() => _name + _other;

            private string Foot(
                int depth, string text)
            {
                // goes on
                return Head() + depth;
            }
        }
        """, """
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private readonly object _other = new();

            // Formats.
            public string Format(string text, int depth)
            {
                // begins
                var name = text.Trim(); // trimmed
                return Head(name) + Foot(name, depth, text);
            }

            public string Short(string name)
            {
                return this.Head(name);
            }

            public async Task<string> Later(string text)
            {
                await Task.Yield();
                return Foot(
                    text, 1, "") + text;
            }

            private string Head(string name) => name + _other;

            private string Foot(
                string name, int depth, string text)
            {
                // goes on
                return Head(name) + depth;
            }
        }
        """);

    [Theory]
    [InlineData("private int _n; public int M(int[] all) { [|_n|] = 0; foreach (var i in all) _n += i; return _n; }",
        "public int M(int[] all) { var n = 0; foreach (var i in all) n += i; return n; }")]
    [InlineData("private int _n; public int M(int n) { n++; [|_n|] = n; return F(); } private int F() => _n;",
        "public int M(int n) { n++; var n2 = n; return F(n2); } private int F(int n) => n;")]
    [InlineData("private object? _o = null; public string M(string s) { [|_o|] = s; return F(); } private string F() => _o + \"\";",
        "public string M(string s) { object? o = s; return F(o); } private string F(object? o) => o + \"\";")]
    [InlineData("private List<int> _all = null!; public int M(int n) { [|_all|] = new(); F(n); return _all.Count; } private void F(int n) => _all.Add(n);",
        "public int M(int n) { List<int> all = new(); F(all, n); return all.Count; } private void F(List<int> all, int n) => all.Add(n);")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k * 2; var r = F(); _n = r; return F() + _n; } private int F() => _n;",
        "public int M(int k) { var n = k * 2; var r = F(n); n = r; return F(n) + n; } private int F(int n) => n;")]
    public Task Fixes_with_a_variable_of_the_call(string before, string after) => Verify.Fixes<Fix>(Shared(before), Shared(after));

    [Theory]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; return F(1); } private int F(int i) => _n + i; private int F(long i, object o) => 0;")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; F(); return _n; } private void F() { _n++; }")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; Other(2); return F(); } public int Other(int k) { _n = k; return F(); } private int F() => _n;")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; Between(); return F(); } private void Between() => M(1); private int F() => _n;")]
    [InlineData("private int _n; public int M(int[] all) { [|_n|] = 1; return all.Sum(i => i * F()); } private int F() => _n;")]
    [InlineData("private int _n; public int M(int[] all) { [|_n|] = 1; return all.Sum(i => i * _n); }")]
    [InlineData("private int _n; public int M(int[] all) { [|_n|] = 1; return all.Sum(F) + F(1); } private int F(int i) => _n + i;")]
    [InlineData("private int _n; public async Task<int> M(int k) { [|_n|] = k; var t = F(); _n = 2; return await t; } private async Task<int> F() { await Task.Yield(); return _n; }")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; var all = F(); _n = 2; return all.First(); } private IEnumerable<int> F() { yield return _n; }")]
    [InlineData("private int _n; public int M(int k) { if (k > 0) [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private int _n; public int M(int k) { if (k > 0) { [|_n|] = k; } return F(); } private int F() => _n;")]
    [InlineData("private int _n; public int M(int k) { { [|_n|] = k; } return F(); } private int F() => _n;")]
    [InlineData("private int _n; public string M(int k) { [|_n|] = k; return F(); } private string F() => nameof(_n) + _n;")]
    [InlineData("// what it is about\nprivate int _n;\npublic int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private int _n /* kept */; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("[NonSerialized] private int _n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private int _m, _n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private int _n = Console.Read(); public int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private int _n; public int M(int k) { [|_n|] = k; return F(); } [Obsolete] private int F() => _n;")]
    [InlineData("private int _n; public C(int n) => _n = n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n;")]
    [InlineData("private Counter _n; public int M(Counter k) { [|_n|] = k; _n.Add(); return F(); } private int F() => _n.Count; public struct Counter { public int Count; public void Add() => Count++; }")]
    [InlineData("private Counter _n; public int M(Counter k) { [|_n|] = k; F(); return _n.Count; } private void F() => _n.Add(); public struct Counter { public int Count; public void Add() => Count++; }")]
    public Task Offers_nothing_where_a_variable_would_not_hold_what_the_field_does(string members) => Verify.NoFix<Fix>(Shared(members));

    [Theory]
    [InlineData("[ThreadSafe] public record C { private int _n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n; }")]
    [InlineData("[ThreadSafe, Serializable] public class C { private int _n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n; }")]
    [InlineData("[ThreadSafe] public partial class C { private int _n; public int M(int k) { [|_n|] = k; return F(); } private int F() => _n; } public partial class C { }")]
    [InlineData("public class B { private void F(int i) { } public int G() => 1; }\n[ThreadSafe] public class C : B { private int _n; public int M(int k) { [|_n|] = k; return G(1); } private int G(int i) => _n; }")]
    public Task Offers_nothing_where_other_code_may_look_at_the_type(string type) => Verify.NoFix<Fix>("public class ThreadSafeAttribute : Attribute { }\n" + type);

    private static string Shared(string members) => "public class ThreadSafeAttribute : Attribute { }\n[ThreadSafe]\npublic class C\n{\n" + members + "\n}\n";
}
