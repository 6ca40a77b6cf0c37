using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DeclaredOrderViolated>;

namespace Analyzers.Tests.Rules;

public class TW2007_DeclaredOrderViolated
{
    [Fact]
    public Task Fires_against_AcquiredBefore() => Verify.Fires("""
        class C
        {
            [AcquiredBefore("_b")] readonly object _a = new();
            readonly object _b = new();
            void M() { lock (_b) lock ([|_a|]) { } }
        }
        """, "'C.M' locks '_a' while holding '_b', against the declared order: it is declared to be acquired before");

    [Fact]
    public Task Fires_against_a_chain_of_AcquiredBefore() => Verify.Fires("""
        class C
        {
            [AcquiredBefore("_b")] readonly object _a = new();
            [AcquiredBefore(nameof(_c))] readonly object _b = new();
            readonly object _c = new();
            void M() { lock (_c) lock ([|_a|]) { } }
        }
        """);

    [Fact]
    public Task Fires_against_ranks() => Verify.Fires("""
        class C
        {
            [LockRank(1)] readonly object _a = new();
            [LockRank(2)] readonly SemaphoreSlim _b = new(1, 1);
            void M() { _b.Wait(); try { lock ([|_a|]) { } } finally { _b.Release(); } }
        }
        """, "'C.M' locks '_a' while holding '_b', against the declared order: rank 2 comes after rank 1");

    [Fact]
    public Task Fires_on_equal_ranks() => Verify.Fires("""
        class C { [LockRank(1)] readonly object _a = new(); [LockRank(1)] readonly object _b = new(); void M() { lock (_a) lock ([|_b|]) { } } }
        """);

    [Fact]
    public Task Fires_through_a_private_helper() => Verify.Fires("""
        class C
        {
            [AcquiredBefore("_b")] readonly object _a = new();
            readonly object _b = new();
            void M() { lock (_b) { [|Add()|]; } }
            void Add() { lock (_a) { } }
        }
        """, "'C.M' → 'C.Add' locks '_a' while holding '_b', against the declared order: it is declared to be acquired before");

    [Fact]
    public Task Silent_in_the_declared_order() => Verify.Silent("""
        class C
        {
            [AcquiredBefore("_b"), LockRank(1)] readonly object _a = new();
            [LockRank(2)] readonly object _b = new();
            readonly object _free = new();
            void M() { lock (_a) lock (_b) { } lock (_free) lock (_a) { } lock (_b) lock (_free) { } }
        }
        """);

    [Fact]
    public Task Silent_when_not_nested() => Verify.Silent("""
        class C { [AcquiredBefore("_b")] readonly object _a = new(); readonly object _b = new(); void M() { lock (_b) { } lock (_a) { } } }
        """);

    [Fact]
    public Task Silent_when_only_tried_for() => Verify.Silent("""
        class C { [LockRank(1)] readonly object _a = new(); [LockRank(2)] readonly object _b = new(); void M() { lock (_b) { if (Monitor.TryEnter(_a)) Monitor.Exit(_a); } } }
        """);

    [Fact]
    public Task Silent_on_names_that_mean_nothing() => Verify.Silent("""
        class C { [AcquiredBefore("missing"), AcquiredBefore("_a")] readonly object _a = new(); readonly object _b = new(); void M() { lock (_b) lock (_a) { } } }
        """);

    [Fact]
    public Task Silent_when_the_same_lock_is_taken_twice() => Verify.Silent("""
        class C { [LockRank(1)] readonly object _a = new(); void M() { lock (_a) lock (_a) { } } }
        """);
}
