using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.InconsistentGuardFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.InconsistentGuard>;

namespace Analyzers.Tests.Rules;

public partial class TW1001_InconsistentGuard
{
    private const string MarkTitle = "Mark it [GuardedBy], so that every access is checked";

    private static readonly Verify.Case Mark = new() { Framework = "net8.0", Action = 1, Title = MarkTitle };

    private static string Account(string gate, string total, string name, string change) => $$"""
        public class Account
        {
            {{gate}}
            {{total}}

            public void Add(decimal amount)
            {
                lock ({{name}})
                    _total += amount;
            }

            public decimal Take()
            {
                lock ({{name}})
                {
                    var total = _total;
                    _total = 0;
                    return total;
                }
            }

            {{change}}
        }
        """;

    private static Task Marks(Verify.Case action, string gate, string total, string marked, string name = "_gate", string change = "public void Set(decimal x) { Console.WriteLine(); [|_total|] = x; }") =>
        action.Fixes<Fix>(Account(gate, total, name, change), Account(gate, marked, name, change.Replace("[|", "").Replace("|]", "")));

    [Theory]
    [InlineData("private decimal _total;", "[GuardedBy(\"_gate\")]\n    private decimal _total;")]
    [InlineData("/* one */ private decimal _total; // kept", "/* one */ [GuardedBy(\"_gate\")] private decimal _total; // kept")]
    [InlineData("/// <summary>All of it.</summary>\n    [Obsolete]\n    private decimal _total;", "/// <summary>All of it.</summary>\n    [GuardedBy(\"_gate\")]\n    [Obsolete]\n    private decimal _total;")]
    [InlineData("private decimal _total { get; set; }", "[GuardedBy(\"_gate\")]\n    private decimal _total { get; set; }")]
    public Task Marks_the_state_with_its_guard(string total, string marked) => Marks(Mark, "private readonly object _gate = new();", total, marked);

    [Theory]
    [InlineData("// gate\n    ", "private static readonly object s_gate = new();", "s_gate", "s_gate")]
    [InlineData("// this\n", "", "this", "this")]
    [InlineData("// type\n", "", "typeof(Account)", "typeof(Account)")]
    public Task Names_the_guard_as_the_type_does(string comment, string gate, string name, string guard) =>
        Marks(Mark, comment + gate, "private decimal _total;", $"[GuardedBy(\"{guard}\")]\n    private decimal _total;", name);

    [Fact]
    public Task Marks_by_the_whole_name_where_nothing_imports_it() => Marks(new() { HasRuntime = true, HasAnnotations = false, Action = 1, Title = MarkTitle },
        "private readonly object _gate = new();", "private decimal _total;", "[Threadwise.GuardedBy(\"_gate\")]\n    private decimal _total;");

    [Fact]
    public Task Marks_a_static_with_a_static_guard() =>
        Marks(Mark, "private static readonly object s_gate = new();", "private static decimal _total;", "[GuardedBy(\"s_gate\")]\n    private static decimal _total;", "s_gate");

    [Fact]
    public Task Marks_where_the_guard_cannot_be_held_here() => Marks(new() { Framework = "net8.0", Title = MarkTitle }, "private readonly object _gate = new();", "private decimal _total;", "[GuardedBy(\"_gate\")]\n    private decimal _total;",
        change: "public async Task Set(Task<decimal> x) => [|_total|] = await x;");

    [Fact]
    public Task Marks_once_what_is_touched_twice() => Marks(Mark, "private readonly object _gate = new();", "private decimal _total;", "[GuardedBy(\"_gate\")]\n    private decimal _total;",
        change: "public void Raise(decimal x) { lock (_gate) _total += x; }\n    public void Double() { lock (_gate) _total *= 2; }\n    public void Set(decimal x) { [|_total|] = x; }\n    public void Lower(decimal x) { [|_total|] -= x; }");

    [Theory]
    [InlineData("private decimal _total, _other;")]
    [InlineData("private class GuardedByAttribute : Attribute { }\n    private decimal _total;")]
    public Task Marks_nothing_more_and_with_nothing_else(string total) =>
        Mark.NoFix<Fix>(Account("private readonly object _gate = new();", total, "_gate", "public void Set(decimal x) { [|_total|] = x; }"));

    [Fact]
    public Task Marks_nothing_by_a_lock_that_no_statement_takes() => Mark.NoFix<Fix>("""
        public class Account
        {
            private readonly SemaphoreSlim _gate = new(1);
            private decimal _total;
            public void Add(decimal amount) { _gate.Wait(); try { _total += amount; } finally { _gate.Release(); } }
            public void Lower(decimal amount) { _gate.Wait(); try { _total -= amount; } finally { _gate.Release(); } }
            public void Double() { _gate.Wait(); try { _total *= 2; } finally { _gate.Release(); } }
            public void Set(decimal x) { [|_total|] = x; }
        }
        """);
}
