using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.WrongGuardModeFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WrongGuardMode>;

namespace Analyzers.Tests.Rules;

public partial class TW1005_WrongGuardMode
{
    private static readonly Verify.Case Shared = new() { Title = "Take a lock that all objects share" };

    [Fact]
    public Task Takes_the_static_lock_that_there_is() => Shared.Fixes<Fix>(Class("""
        public void A()
        {
            // one more
            lock (_g) // own
            {
                [|s_count|]++; // kept
            }
        }

        public void B() { lock (this._g) { if (s_count > 0) [|s_count|] = 0; } lock (_g) _x = 0; }
        public static int Count() { return s_count; }
        public static void Note() { lock (s_g) Console.WriteLine(); }
        """), Class("""
        public void A()
        {
            // one more
            lock (s_g) // own
            {
                s_count++; // kept
            }
        }

        public void B() { lock (s_g) { if (s_count > 0) s_count = 0; } lock (_g) _x = 0; }
        public static int Count() { lock (s_g) { return s_count; } }
        public static void Note() { lock (s_g) Console.WriteLine(); }
        """));

    [Fact]
    public Task Takes_the_static_lock_for_each_state() => Shared.Fixes<Fix>(
        Class("public void A() { lock (_g) [|s_count|]++; } public void B() { lock (_g) [|s_list|].Add(1); }"),
        Class("public void A() { lock (s_g) s_count++; } public void B() { lock (s_g) s_list.Add(1); }"));

    [Theory]
    [InlineData("public void A() { lock (_g) { [|s_count|]++; _x++; } }")]
    [InlineData("private readonly List<int> _own = new(); public void A() { lock (_g) { [|s_count|]++; _own.Add(1); } }")]
    [InlineData("public void A() { lock (_g) { [|s_count|]++; B(); } } public void B() { }")]
    [InlineData("public void A(Action run) { lock (_g) { [|s_count|]++; run(); } }")]
    [InlineData("private static readonly object s_h = new(); public void A() { lock (_g) [|s_count|]++; }")]
    [InlineData("public void A() { lock (_rw) lock (_g) [|s_count|]++; }")]
    [InlineData("public void A() { lock (_rw) B(); } private void B() { lock (_g) [|s_count|]++; }")]
    [InlineData("public void A() { lock (_g) [|s_list|].Add(1); } public static IEnumerable<int> All() => s_list.Where(i => i > 0);")]
    public Task Takes_no_static_lock_for_more_or_under_another(string members) => Shared.NoFix<Fix>(Class(members));

    private static string Own(string members, string gate = "private readonly object _g = new(); // own", string kind = "class") => $$"""
        public {{kind}} C
        {
            {{gate}}
            private int _x;
            private static int s_count;

            {{members}}
        }
        """;

    [Theory]
    [InlineData("public void A() { lock (_g) { [|s_count|]++; _x++; } }")]
    [InlineData("public void A() { lock (_g) { [|s_count|]++; B(); } } private void B() { _x++; }")]
    [InlineData("static C() { s_count = 1; } public void A() { lock (_g) { [|s_count|]++; } } public int B() { lock (_g) return _x + s_count; }")]
    public Task Shares_the_lock_that_each_object_has(string members) => Shared.Fixes<Fix>(Own(members), Own(members.Replace("[|", "").Replace("|]", ""), "private static readonly object _g = new(); // own"));

    [Fact]
    public Task Shares_a_lock_that_is_named_by_this() => Shared.Fixes<Fix>(
        Own("public void A() { lock (this._g) { [|s_count|]++; } }"),
        Own("public void A() { lock (_g) { s_count++; } }", "private static readonly object _g = new(); // own"));

    [Theory]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public static int Count => s_count;")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B(C other) { lock (other._g) _x++; }")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B() { lock (_g) Monitor.Wait(_g); }")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B() { lock (_g) Thread.Sleep(10); }")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B(object h) { lock (_g) lock (h) _x++; }")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B(object h) { lock (h) lock (_g) _x++; }")]
    [InlineData("public void A() { lock (_g) [|s_count|]++; } public void B(object h) { lock (h) D(); } private void D() { lock (_g) _x++; }")]
    [InlineData("public void A(Action run) { lock (_g) { [|s_count|]++; run(); } }")]
    [InlineData("public void A() { lock (_g) { [|s_count|]++; B(); } } protected virtual void B() { }")]
    public Task Shares_no_lock_that_means_something_for_each_object(string members) => Shared.NoFix<Fix>(Own(members));

    [Theory]
    [InlineData("private readonly object _g;", "class")]
    [InlineData("private readonly object _g = new(), _h = new();", "class")]
    [InlineData("protected readonly object _g = new();", "class")]
    [InlineData("private readonly object _g = new();", "record")]
    public Task Shares_no_lock_that_others_may_give_or_take(string gate, string kind) =>
        Shared.NoFix<Fix>(Own("public void A() { lock (_g) [|s_count|]++; }" + (gate.Contains("new") ? "" : " public C(object g) => _g = g;"), gate, kind));
}
