using Xunit;
using AcrossTypes = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversionAcrossTypes>;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Engine;

/// <summary>What is said of a ring that is closed in many ways: each leg once, where it is shortest.</summary>
public class LockCycleReports
{
    [Fact]
    public Task C5_140_Fires_once_though_several_public_methods_call_the_helper() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new(); private readonly object _b = new();
            public void M() { lock (_a) { [|TakeB()|]; } }
            public void M2() { lock (_a) { TakeB(); } }
            public void M3() { lock (_a) { TakeB(); TakeB(); } }
            public void N() { lock (_b) { lock ([|_a|]) { } } }
            private void TakeB() { lock (_b) { } }
        }
        """);

    [Fact]
    public Task C5_174_Fires_once_for_each_leg_where_the_way_is_shortest() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new(); private readonly object _b = new();
            public void Far() { lock (_a) { One(); } }
            public void Near() { lock (_a) { lock ([|_b|]) { } } }
            public void Back() { lock (_b) { Two(); } }
            public void Straight() { lock (_b) { lock ([|_a|]) { } } }
            private void One() { lock (_b) { } }
            private void Two() { lock (_a) { } }
        }
        """);

    [Fact]
    public Task C5_174_Fires_on_each_of_two_rings_that_share_a_leg() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new(); private readonly object _b = new(); private readonly object _c = new();
            public void AB() { lock (_a) { lock ([|[|_b|]|]) { } } }
            public void BA() { lock (_b) { lock ([|_a|]) { } } }
            public void BC() { lock (_b) { lock ([|_c|]) { } } }
            public void CA() { lock (_c) { lock ([|_a|]) { } } }
        }
        """);

    [Fact]
    public Task C5_174_Fires_on_each_of_two_rings_of_one_lock() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new(); private readonly object _b = new(); private readonly object _c = new();
            public void AB() { lock (_a) { lock ([|_b|]) { } } }
            public void BA() { lock (_b) { lock ([|_a|]) { } } }
            public void AC() { lock (_a) { lock ([|_c|]) { } } }
            public void CA() { lock (_c) { lock ([|_a|]) { } } }
        }
        """);

    [Fact]
    public Task C5_174_Fires_once_for_each_leg_across_types() => AcrossTypes.Fires("""
        class A { readonly object _g = new(); readonly B _b = new(); public void M() { lock (_g) { _b.Far(); } } public void M2() { lock (_g) { [|_b.N()|]; } } public void P() { lock (_g) { } } }
        class B { readonly object _h = new(); readonly A _a = new(); public void Far() => N(); public void N() { lock (_h) { } } public void Q() { lock (_h) { [|_a.P()|]; } } public void Q2() { lock (_h) { _a.P(); } } }
        """);
}
