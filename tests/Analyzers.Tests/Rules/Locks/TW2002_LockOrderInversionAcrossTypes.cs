using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversionAcrossTypes>;

namespace Analyzers.Tests.Rules;

public partial class TW2002_LockOrderInversionAcrossTypes
{
    [Fact]
    public Task C5_142_Fires_on_two_types_that_call_each_other_under_their_locks() => Verify.Fires("""
        class Session(Registry registry)
        {
            readonly object _gate = new();
            public void Close() { lock (_gate) { [|registry.Remove(this)|]; } }
            public void Ping() { lock (_gate) { } }
        }

        class Registry
        {
            readonly object _sync = new();
            readonly List<Session> _all = new();
            public void Remove(Session session) { lock (_sync) { _all.Remove(session); } }
            public void PingAll() { lock (_sync) { foreach (var session in _all) [|session.Ping()|]; } }
        }
        """,
        "Deadlock risk: 'Session.Close' → 'Registry.Remove' locks 'Registry._sync' while holding 'Session._gate', but 'Registry.PingAll' → 'Session.Ping' locks 'Session._gate' while holding 'Registry._sync' (Test0.cs:13)",
        "Deadlock risk: 'Registry.PingAll' → 'Session.Ping' locks 'Session._gate' while holding 'Registry._sync', but 'Session.Close' → 'Registry.Remove' locks 'Registry._sync' while holding 'Session._gate' (Test0.cs:4)");

    [Fact]
    public Task Fires_in_files_of_their_own() => Verify.Fires([
        """
        class A { public readonly object G = new(); public B B = new(); public void M() { lock (G) { [|B.N()|]; } } public void P() { lock (G) { } } }
        """,
        """
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { [|_a.P()|]; } } }
        """]);

    [Fact]
    public Task Fires_when_a_body_locks_another_objects_lock_itself() => Verify.Fires("""
        class A { public readonly object Gate = new(); }
        class B { public readonly object Gate = new(); }
        class C { public void M(A a, B b) { lock (a.Gate) { lock ([|b.Gate|]) { } } } }
        class D { public void M(A a, B b) { lock (b.Gate) { lock ([|a.Gate|]) { } } } }
        """);

    [Fact]
    public Task Fires_through_a_type_that_takes_no_lock() => Verify.Fires("""
        class A { readonly object _g = new(); Middle _m = new(); public void M() { lock (_g) { [|_m.Pass()|]; } } public void P() { lock (_g) { } } }
        class Middle { public B B = new(); public void Pass() => Further(); void Further() => B.N(); }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { [|_a.P()|]; } } }
        """);

    [Fact]
    public Task Fires_through_a_base_class() => Verify.Fires("""
        class Base { protected readonly object Gate = new(); public void Touch() { lock (Gate) { } } }
        class Derived : Base { readonly Other _other = new(); public void M() { lock (Gate) { [|_other.N()|]; } } }
        class Other { readonly object _h = new(); Derived _d = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { [|_d.Touch()|]; } } }
        """);

    [Fact]
    public Task Fires_through_the_only_implementation_of_an_interface() => Verify.Fires("""
        interface IStore { void Put(); }
        class Store : IStore { readonly object _s = new(); Cache _c = new(); public void Put() { lock (_s) { } } public void Flush() { lock (_s) { [|_c.Clear()|]; } } }
        class Cache { readonly object _g = new(); IStore _store = new Store(); public void Clear() { lock (_g) { } } public void Add() { lock (_g) { [|_store.Put()|]; } } }
        """);

    [Fact]
    public Task Fires_through_the_only_override() => Verify.Fires("""
        abstract class Sink { public abstract void Write(); }
        class FileSink : Sink { readonly object _s = new(); Log _log = new(); public override void Write() { lock (_s) { } } public void Close() { lock (_s) { [|_log.Forget()|]; } } }
        class Log { readonly object _g = new(); Sink _sink = new FileSink(); public void Forget() { lock (_g) { } } public void Add() { lock (_g) { [|_sink.Write()|]; } } }
        """);

    [Fact]
    public Task Fires_through_awaited_async_methods() => Verify.Fires("""
        class A
        {
            readonly SemaphoreSlim _s = new(1, 1); readonly B _b = new();
            public async Task M() { await _s.WaitAsync(); try { await [|_b.N()|]; } finally { _s.Release(); } }
            public async Task P() { await _s.WaitAsync(); try { await Task.Yield(); } finally { _s.Release(); } }
        }
        class B
        {
            readonly SemaphoreSlim _t = new(1, 1); readonly A _a = new();
            public async Task N() { await Task.Yield(); await _t.WaitAsync(); try { await Task.Yield(); } finally { _t.Release(); } }
            public async Task Q() { await _t.WaitAsync(); try { await [|_a.P()|]; } finally { _t.Release(); } }
        }
        """);

    [Fact]
    public Task Fires_on_mixed_kinds_of_lock() => Verify.Fires("""
        class A { readonly Lock _l = new(); readonly B _b = new(); public void M() { lock (_l) { [|_b.N()|]; } } public void P() { using (_l.EnterScope()) { } } }
        class B
        {
            readonly ReaderWriterLockSlim _rw = new(); readonly C _c = new();
            public void N() { _rw.EnterWriteLock(); try { } finally { _rw.ExitWriteLock(); } }
            public void Q() { _rw.EnterReadLock(); try { [|_c.R()|]; } finally { _rw.ExitReadLock(); } }
        }
        class C { readonly SemaphoreSlim _s = new(1, 1); A _a = new(); public void R() { _s.Wait(); try { } finally { _s.Release(); } } public void T() { _s.Wait(); try { [|_a.P()|]; } finally { _s.Release(); } } }
        """);

    [Fact]
    public Task Fires_on_a_ring_of_four() => Verify.Fires("""
        class A { readonly object _g = new(); B _n = new(); public void M() { lock (_g) { [|_n.P()|]; } } public void P() { lock (_g) { } } }
        class B { readonly object _g = new(); C _n = new(); public void M() { lock (_g) { [|_n.P()|]; } } public void P() { lock (_g) { } } }
        class C { readonly object _g = new(); D _n = new(); public void M() { lock (_g) { [|_n.P()|]; } } public void P() { lock (_g) { } } }
        class D { readonly object _g = new(); A _n = new(); public void M() { lock (_g) { [|_n.P()|]; } } public void P() { lock (_g) { } } }
        """);

    [Fact]
    public Task Fires_on_static_locks() => Verify.Fires("""
        static class Names { static readonly object Sync = new(); public static void Add() { lock (Sync) { [|Ids.Add()|]; } } public static void Clear() { lock (Sync) { } } }
        static class Ids { static readonly object Sync = new(); public static void Add() { lock (Sync) { } } public static void Clear() { lock (Sync) { [|Names.Clear()|]; } } }
        """);

    [Fact]
    public Task Fires_through_a_property_that_locks() => Verify.Fires("""
        class A { readonly object _g = new(); B _b = new(); public int Size { get { lock (_g) { return 1; } } } public int M() { lock (_g) { return [|_b.Size|]; } } }
        class B { readonly object _h = new(); A _a = new(); public int Size { get { lock (_h) { return 1; } } } public int M() { lock (_h) { return [|_a.Size|]; } } }
        """);

    [Fact]
    public Task Fires_through_a_constructor_that_takes_a_static_lock() => Verify.Fires("""
        class A { static readonly object G = new(); public A() { lock (G) { } } public static void M() { lock (G) { [|B.P()|]; } } }
        class B { static readonly object H = new(); public static void P() { lock (H) { } } public static object Q() { lock (H) { return [|new A()|]; } } }
        """);

    [Fact]
    public Task Fires_through_an_indexer_of_sessions() => Verify.Fires("""
        class Session(Registry registry)
        {
            readonly object _gate = new();
            public void Close() { lock (_gate) { [|registry.Forget()|]; } }
            public void Ping() { lock (_gate) { } }
        }
        class Registry
        {
            readonly object _sync = new(); readonly Dictionary<int, Session> _all = new();
            public void Forget() { lock (_sync) { } }
            public void Ping(int id) { lock (_sync) { [|_all[id].Ping()|]; } }
            public void TryPing(int id) { lock (_sync) { if (_all.TryGetValue(id, out var found)) found.Ping(); } }
        }
        """);

    [Fact]
    public Task Fires_through_a_local_function_and_a_lambda_that_runs_at_once() => Verify.Fires("""
        class A { readonly object _g = new(); readonly List<B> _bs = new(); public void M() { lock (_g) { _bs.ForEach([|b => b.N()|]); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { [|Inner()|]; } void Inner() => _a.P(); } }
        """);

    /// <summary>A type whose member <c>P</c> locks, and one that calls back under its own lock; what the first does under its lock is the question.</summary>
    private static string Calls(string statement, string members) => $$"""
        class A { readonly object _g = new(); readonly B _b = new(); readonly List<B> _list = new(); public object M() { lock (_g) { {{statement}} return this; } } public void P() { lock (_g) { } } }
        class B : IDisposable { readonly object _h = new(); A _a = new(); public void Q() { lock (_h) { [|_a.P()|]; } } public void Dispose() { } {{members}} }
        """;

    [Fact]
    public Task Fires_through_an_operator() => Verify.Fires(Calls("var sum = [|_b + _b|];", "public static readonly object S = new(); public void R() { lock (S) { [|_a.P()|]; } } public static int operator +(B a, B b) { lock (S) return 1; }").Replace("public void Q() { lock (_h) { [|_a.P()|]; } }", ""));

    [Fact]
    public Task Fires_through_a_using_statement() => Verify.Fires(Calls("using ([|_b|]) { }", "").Replace("Dispose() { }", "Dispose() { lock (_h) { } }"));

    [Fact]
    public Task Fires_through_a_using_declaration() => Verify.Fires(Calls("using var b = [|_b|];", "").Replace("Dispose() { }", "Dispose() { lock (_h) { } }"));

    [Fact]
    public Task Fires_through_foreach() => Verify.Fires(Calls("foreach (var x in [|_b|]) { }", "public IEnumerator<int> GetEnumerator() { lock (_h) return null!; }"));

    [Fact]
    public Task Fires_through_an_iterator_that_is_gone_through() => Verify.Fires(Calls("foreach (var x in [|_b.All()|]) { }", "public IEnumerable<int> All() { lock (_h) { yield return 1; } }"));

    [Fact]
    public Task Fires_through_an_iterator_that_is_copied() => Verify.Fires(Calls("var all = [|_b.All()|].ToList();", "public IEnumerable<int> All() { lock (_h) { yield return 1; } }"));

    [Fact]
    public Task Fires_through_interpolation() => Verify.Fires(Calls("Console.WriteLine($\"{[|_b|]}\");", "public override string ToString() { lock (_h) return \"\"; }"));

    [Fact]
    public Task Fires_through_an_event_accessor() => Verify.Fires(Calls("[|_b.E += null|];", "public event Action? E { add { lock (_h) { } } remove { } }"));

    [Fact]
    public Task Fires_through_a_user_defined_conversion() => Verify.Fires(Calls("int i = [|_b|];", "static readonly object S = new(); public void R() { lock (S) { [|_a.P()|]; } } public static implicit operator int(B b) { lock (S) return 1; }").Replace("public void Q() { lock (_h) { [|_a.P()|]; } }", ""));
}
