using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held because the code says so, and what needs no lock because nobody else has the object.</summary>
public class HeldByAssertion
{
    [Fact]
    public Task C1_45_Silent_after_asserting_that_the_monitor_is_entered() => Guarded.Silent("""
        public void M()
        {
            System.Diagnostics.Debug.Assert(Monitor.IsEntered(_g));
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_45_Silent_where_a_test_says_that_the_monitor_is_entered() => Guarded.Silent("""
        public void M()
        {
            if (!Monitor.IsEntered(_g))
                throw new InvalidOperationException();
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_45_Silent_after_asserting_that_a_Lock_is_held() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            System.Diagnostics.Debug.Assert(_g.IsHeldByCurrentThread);
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_48_Silent_in_constructors_and_initialisers() => Guarded.Silent("""
        [GuardedBy("_g")] private int _y = 1;
        [GuardedBy("_g")] internal int Z;

        public C()
        {
            _x = 1;
            _y = _x;
            Set();
        }

        private void Set() => _x = 2;

        public static C Make() => new C { Z = 3, _y = 4 };
        """);

    [Fact]
    public Task C1_49_Silent_in_a_static_constructor_on_its_own_statics() => Guarded.Silent("""
        private static readonly object Gate = new();
        [GuardedBy("Gate")] private static int _s = 1;

        static C()
        {
            _s = 2;
        }
        """);

    [Fact]
    public Task Fires_in_an_instance_constructor_on_a_static() => Guarded.Fires("""
        private static readonly object Gate = new();
        [GuardedBy("Gate")] private static int _s;

        public C()
        {
            [|_s|]++;
        }
        """);
}
