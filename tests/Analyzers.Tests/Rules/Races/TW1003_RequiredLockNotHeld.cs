using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.RequiredLockNotHeldFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.RequiredLockNotHeld>;

namespace Analyzers.Tests.Rules;

public class TW1003_RequiredLockNotHeld
{
    private static string With(string members, string kind = "object", string value = "new()") => $$"""
        public class C
        {
            private readonly {{kind}} _g = {{value}};
            private static readonly object s_g = new();
            private int _x;

            [RequiresLock("_g")] internal void Add(int n) => _x += n;
            [RequiresLock("_g")] internal int Total => _x + 1;
            [RequiresLock("C.s_g")] internal static void Global() { }

        {{members}}
        }
        """;

    [Fact]
    public Task C4_124_Fires_on_a_call_without_the_lock() => Verify.Fires(
        With("    public void M() => [|Add(1)|];"),
        "'C.Add' is called in 'C.M' without '_g', which it requires of its callers");

    [Theory]
    [InlineData("public void M() { lock (_g) { } [|Add(1)|]; }")]
    [InlineData("public int M() => [|Total|];")]
    [InlineData("public void M() => [|Global()|];")]
    [InlineData("public void M() { lock (_g) [|Global()|]; }")]
    [InlineData("public void M(C other) { lock (_g) [|other.Add(1)|]; }")]
    [InlineData("public Task M() { lock (_g) return Task.Run(() => [|Add(1)|]); }")]
    [InlineData("public void M(bool b) { if (b) Monitor.Enter(_g); [|Add(1)|]; }")]
    [InlineData("public void M() => N(); private void N() => [|Add(1)|];")]
    public Task Fires_wherever_it_is_not_held(string member) => Verify.Fires(With("    " + member));

    [Fact]
    public Task Fires_from_another_type() => Verify.Fires([With(""), """
        public class D
        {
            private readonly object _g = new();
            public void M(C c) { lock (_g) [|c.Add(1)|]; }
        }
        """], "'C.Add' is called in 'D.M' without 'c._g', which it requires of its callers");

    [Fact]
    public Task Fires_on_the_lock_of_a_base() => Verify.Fires("""
        public abstract class B
        {
            protected readonly object _g = new();
            [RequiresLock("_g")] protected void Core() { }
        }

        public class C : B
        {
            public void M() => [|Core()|];
            public void N() { lock (_g) Core(); }
        }
        """);

    [Theory]
    [InlineData("public void M() { lock (_g) Add(1); }")]
    [InlineData("public int M() { lock (_g) return Total; }")]
    [InlineData("public void M() { lock (s_g) Global(); }")]
    [InlineData("public void M(C other) { lock (other._g) other.Add(1); }")]
    [InlineData("public void M() { Monitor.Enter(_g); try { Add(1); } finally { Monitor.Exit(_g); } }")]
    [InlineData("public void M() { lock (_g) N(); } private void N() => Add(1);")]
    [InlineData("[RequiresLock(\"_g\")] public void M() => Add(1);")]
    [InlineData("public C() => Add(1);")]
    [InlineData("public static C M() { var c = new C(); c.Add(1); return c; }")]
    [InlineData("public void M() { lock (_g) new List<int> { 1 }.ForEach(n => Add(n)); }")]
    [InlineData("public void M() { System.Diagnostics.Debug.Assert(Monitor.IsEntered(_g)); Add(1); }")]
    [InlineData("public string M() => nameof(Add);")]
    [InlineData("public void M() { lock (_g) { F(); void F() => Add(1); } }")]
    public Task C4_124_Silent_while_it_is_held(string member) => Verify.Silent(With("    " + member));

    [Fact]
    public Task Silent_under_a_readers_lock() => Verify.Silent(With("    public void M() { _g.EnterReadLock(); try { Add(1); } finally { _g.ExitReadLock(); } }", "ReaderWriterLockSlim"));

    [Fact]
    public Task Silent_under_a_semaphore_that_admits_one() => Verify.Silent(
        With("    public async Task M() { await _g.WaitAsync(); try { Add(1); await Task.Yield(); Add(2); } finally { _g.Release(); } }", "SemaphoreSlim", "new(1, 1)"));

    [Fact]
    public Task Silent_when_the_name_means_nothing_which_is_said_elsewhere() => Verify.Silent("""
        public class C
        {
            [RequiresLock("missing")] internal void Add() { }
            public void M() => Add();
        }
        """);

    [Fact]
    public Task Known_miss_behind_a_delegate() => Verify.Silent(With("    public Action M() => () => { }; public Action<int> N() => Add;"));

    [Theory]
    [InlineData("public void M() { [|Add(1)|]; }", "public void M() { lock (_g) { Add(1); } }")]
    [InlineData("public void M() { [|Add(1)|]; [|Add(2)|]; }", "public void M() { lock (_g) { Add(1); Add(2); } }")]
    [InlineData("public int M() { var n = [|Total|]; return n; }", "public int M() { int n; lock (_g) { n = Total; } return n; }")]
    [InlineData("public void M(C other) { [|other.Add(1)|]; }", "public void M(C other) { lock (other._g) { other.Add(1); } }")]
    public Task Fixes_by_taking_the_lock(string before, string after) => Verify.Fixes<Fix>(With("    " + before), With("    " + after));

    [Fact]
    public Task Offers_nothing_across_an_await() => Verify.NoFix<Fix>(With("    public async Task M() { [|Add(await Task.FromResult(1))|]; }"));

    [Fact]
    public Task Offers_nothing_under_another_lock() => Verify.NoFix<Fix>(With("    public void M() { lock (s_g) { [|Add(1)|]; } }"));
}
