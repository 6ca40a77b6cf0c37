using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DeclaredOrderViolatedAcrossTypes>;

namespace Analyzers.Tests.Rules;

public class TW2107_DeclaredOrderViolatedAcrossTypes
{
    private static string Two(string a, string b) => $$"""
        class A { [AcquiredBefore("B.H"), LockRank(1)] public readonly object G = new(); B _b = new(); {{a}} }
        class B { [LockRank(2)] public static readonly object H = new(); A _a = new(); {{b}} }
        """;

    [Fact]
    public Task Fires_through_a_call_of_another_type() => Verify.Fires(
        Two("public void P() { lock (G) { } }", "void M() { lock (H) { [|_a.P()|]; } }"),
        "'B.M' → 'A.P' locks 'A.G' while holding 'B.H', against the declared order: rank 2 comes after rank 1");

    [Fact]
    public Task Fires_on_another_objects_lock() => Verify.Fires(Two("", "void M(A a) { lock (H) { lock ([|a.G|]) { } } }"));

    [Fact]
    public Task Fires_against_AcquiredBefore_of_another_type() => Verify.Fires(
        Two("public void P() { lock (G) { } }", "void M() { lock (H) { [|_a.P()|]; } }").Replace(", LockRank(1)", ""),
        "'B.M' → 'A.P' locks 'A.G' while holding 'B.H', against the declared order: it is declared to be acquired before");

    [Fact]
    public Task Silent_in_the_declared_order() => Verify.Silent(Two("void M() { lock (G) { B.P(); } }", "public static void P() { lock (H) { } }"));

    [Fact]
    public Task Silent_where_one_type_alone_breaks_it() => Verify.Silent("""
        class C { [LockRank(1)] readonly object _a = new(); [LockRank(2)] readonly object _b = new(); void M() { lock (_b) lock (_a) { } } }
        """);

    [Fact]
    public Task Silent_without_nesting() => Verify.Silent(Two("public void P() { lock (G) { } }", "void M() { lock (H) { } _a.P(); }"));
}
