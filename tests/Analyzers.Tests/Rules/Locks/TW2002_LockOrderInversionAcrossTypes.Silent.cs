using Microsoft.CodeAnalysis;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversionAcrossTypes>;

namespace Analyzers.Tests.Rules;

public partial class TW2002_LockOrderInversionAcrossTypes
{
    [Fact]
    public Task Silent_when_one_type_alone_closes_the_cycle() => Verify.Silent("""
        class A { readonly object _g = new(); readonly object _h = new(); public void M() { lock (_g) lock (_h) { } } public void N() { lock (_h) lock (_g) { } } }
        class B { readonly A _a = new(); readonly object _k = new(); void M() { lock (_k) { _a.M(); } } }
        """);

    [Fact]
    public Task C5_149_Silent_from_parent_to_child_only() => Verify.Silent("""
        class Parent { readonly object _g = new(); readonly List<Child> _children = new(); public void M() { lock (_g) { foreach (var child in _children) child.N(); } } }
        class Child { readonly object _h = new(); public void N() { lock (_h) { } } public void O() { lock (_h) { N(); } } }
        """);

    [Fact]
    public Task Silent_when_the_other_object_is_called_after_the_release() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public void M() { lock (_g) { } _b.N(); } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_under_a_common_gate() => Verify.Silent("""
        static class Gate { public static readonly object Sync = new(); }
        class A { readonly object _g = new(); B _b = new(); public void M() { lock (Gate.Sync) lock (_g) { _b.N(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (Gate.Sync) lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_when_the_second_lock_is_only_tried_for() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public void M() { lock (_g) { _b.N(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { if (Monitor.TryEnter(_h, 50)) try { } finally { Monitor.Exit(_h); } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task C5_172_Silent_on_an_interface_with_two_implementations() => Verify.Silent("""
        interface IStore { void Put(); }
        class Store : IStore { readonly object _s = new(); Cache _c = new(); public void Put() { lock (_s) { } } public void Flush() { lock (_s) { _c.Clear(); } } }
        class Nowhere : IStore { readonly object _s = new(); public void Put() { lock (_s) { } } }
        class Cache { readonly object _g = new(); IStore _store = new Store(); public void Clear() { lock (_g) { } } public void Add() { lock (_g) { _store.Put(); } } }
        """);

    [Fact]
    public Task Silent_on_an_object_that_is_new() => Verify.Silent("""
        class A
        {
            readonly object _g = new();
            public void M() { lock (_g) { var b = new B(this); b.N(); new B(this).N(); Make().N(); } }
            public void P() { lock (_g) { } }
            B Make() => new(this);
        }
        class B(A a) { readonly object _h = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { a.P(); } } }
        """);

    [Fact]
    public Task Silent_in_construction() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public A() { lock (_g) { _b.N(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_when_the_constructor_locks_its_own_new_object() => Verify.Silent("""
        class A { readonly object _g = new(); public A() { lock (_g) { } } B _b = new(); public void M() { lock (_g) { _b.P(); } } }
        class B { readonly object _h = new(); public void P() { lock (_h) { } } public object Q() { lock (_h) { return new A(); } } }
        """);

    [Fact]
    public Task Silent_when_the_other_waits_only_after_an_await_nobody_awaits() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public void M() { lock (_g) { _ = _b.N(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public async Task N() { await Task.Yield(); lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_on_delegates_that_run_later() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public void M() { lock (_g) { Task.Run(() => _b.N()); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_on_an_iterator_that_is_not_enumerated_here() => Verify.Silent("""
        class A { readonly object _g = new(); B _b = new(); public IEnumerable<int> M() { lock (_g) { return _b.All(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public IEnumerable<int> All() { lock (_h) { } yield return 1; } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_on_a_semaphore_that_admits_many() => Verify.Silent("""
        class A { readonly SemaphoreSlim _s = new(4, 4); B _b = new(); public void M() { _s.Wait(); try { _b.N(); } finally { _s.Release(); } } public void P() { _s.Wait(); try { } finally { _s.Release(); } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_on_a_lock_that_is_replaced() => Verify.Silent("""
        class A { object _g = new(); B _b = new(); public void M() { lock (_g) { _b.N(); } } public void P() { lock (_g) { } } public void Reset() { _g = new(); } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);

    [Fact]
    public Task Silent_when_all_read() => Verify.Silent("""
        class A { readonly ReaderWriterLockSlim _s = new(); B _b = new(); public void M() { _s.EnterReadLock(); try { _b.N(); } finally { _s.ExitReadLock(); } } public void P() { _s.EnterReadLock(); try { } finally { _s.ExitReadLock(); } } }
        class B { readonly ReaderWriterLockSlim _t = new(); A _a = new(); public void N() { _t.EnterReadLock(); try { } finally { _t.ExitReadLock(); } } public void Q() { _t.EnterReadLock(); try { _a.P(); } finally { _t.ExitReadLock(); } } }
        """);

    [Fact]
    public Task Silent_when_the_receiver_is_some_other_type_s_unknown_object() => Verify.Silent("""
        class A { readonly object _g = new(); public Func<B> Find = () => new B(); public void M() { lock (_g) { Find().N(); } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); A _a = new(); public void N() { lock (_h) { } } public void Q() { lock (_h) { _a.P(); } } }
        """);
}
