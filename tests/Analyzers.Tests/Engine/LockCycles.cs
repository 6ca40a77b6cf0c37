using Microsoft.CodeAnalysis;
using Xunit;
using AcrossTypes = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversionAcrossTypes>;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Engine;

/// <summary>Rings of two, three and four locks of every kind, closed in every way.</summary>
public class LockCycles
{
    private static readonly string[] Kinds = ["object", "Lock", "SemaphoreSlim", "ReaderWriterLockSlim", "AsyncLock"];

    public static TheoryData<string> OfOneKind => [.. Kinds.SelectMany(Lengths)];

    /// <summary>Nobody awaits while holding a lock of the thread, so what is awaited comes before those.</summary>
    public static TheoryData<string> Mixed =>
    [
        "object SemaphoreSlim", "Lock ReaderWriterLockSlim", "object Lock", "SemaphoreSlim AsyncLock",
        "object Lock SemaphoreSlim", "SemaphoreSlim AsyncLock Lock", "ReaderWriterLockSlim object SemaphoreSlim",
        "SemaphoreSlim AsyncLock Lock object", "SemaphoreSlim AsyncLock ReaderWriterLockSlim Lock", "object Lock SemaphoreSlim ReaderWriterLockSlim",
    ];

    public static TheoryData<string> Awaitable =>
        [.. new[] { "SemaphoreSlim", "AsyncLock" }.SelectMany(Lengths), "SemaphoreSlim AsyncLock", "AsyncLock SemaphoreSlim AsyncLock", "AsyncLock AsyncLock SemaphoreSlim SemaphoreSlim"];

    [Theory]
    [MemberData(nameof(OfOneKind))]
    [MemberData(nameof(Mixed))]
    public Task Fires_on_locks_that_one_type_nests(string kinds) => new Verify.Case { Nullable = NullableContextOptions.Disable }.Fires(Ring(kinds).Directly());

    /// <summary>In nullable code the compiler's graph has no end of a statement on a Lock, and only a graph tells what another lock beside it does.</summary>
    [Fact]
    public Task Known_miss_in_nullable_code_on_a_statement_on_Lock_with_another_kind_in_one_body() =>
        Verify.Silent(Ring("Lock ReaderWriterLockSlim").Directly().Replace("[|", "").Replace("|]", ""));

    /// <summary>Nor what a helper takes for its caller there: it may be on one path only.</summary>
    [Fact]
    public Task Known_miss_in_nullable_code_on_a_statement_on_Lock_after_a_helper_that_locks_for_its_caller() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new(); private readonly Lock _l = new();
            public void M(bool b) { if (!b) return; Enter(); lock (_l) { } Leave(); }
            public void N() { lock (_l) { lock (_a) { } } }
            private void Enter() => Monitor.Enter(_a);
            private void Leave() => Monitor.Exit(_a);
        }
        """);

    [Theory]
    [MemberData(nameof(OfOneKind))]
    [MemberData(nameof(Mixed))]
    public Task Fires_through_private_helpers(string kinds) => Verify.Fires(Ring(kinds).ThroughHelpers());

    [Theory]
    [MemberData(nameof(OfOneKind))]
    [MemberData(nameof(Mixed))]
    public Task Fires_through_a_base_class(string kinds) => AcrossTypes.Fires(Ring(kinds).ThroughBaseClass());

    [Theory]
    [MemberData(nameof(OfOneKind))]
    [MemberData(nameof(Mixed))]
    public Task Fires_through_other_types(string kinds) => AcrossTypes.Fires(Ring(kinds).ThroughOtherTypes());

    [Theory]
    [MemberData(nameof(Awaitable))]
    public Task Fires_through_awaited_async_methods(string kinds) => Verify.Fires(Ring(kinds).ThroughAwaitedMethods());

    /// <summary>Longer rings are not looked for; nobody has been seen to write one.</summary>
    [Fact]
    public Task Known_miss_on_a_ring_of_five() => Verify.Silent(Ring("object object object object object").Directly().Replace("[|", "").Replace("|]", ""));

    private static IEnumerable<string> Lengths(string kind) => Enumerable.Range(2, 3).Select(length => string.Join(' ', Enumerable.Repeat(kind, length)));

    private static LockRing Ring(string kinds) => new(kinds.Split(' '));
}
