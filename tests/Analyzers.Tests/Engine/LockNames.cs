using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Engine;

/// <summary>Which expressions name one and the same lock.</summary>
public class LockNames
{
    [Fact]
    public Task C1_31_Silent_in_a_synchronized_method_and_under_lock_of_this() => Verify.Silent("""
        using System.Runtime.CompilerServices;

        public class C
        {
            [GuardedBy("this")] private int _x;

            [MethodImpl(MethodImplOptions.Synchronized)]
            public void M() => _x = 1;

            public void N()
            {
                lock (this)
                {
                    _x = 2;
                }
            }
        }
        """);

    [Fact]
    public Task C1_31_Silent_in_a_static_synchronized_method_and_under_lock_of_its_type() => Verify.Silent("""
        using System.Runtime.CompilerServices;

        public class C
        {
            [GuardedBy("typeof(C)")] private static int _x;

            [MethodImpl(MethodImplOptions.Synchronized)]
            public static void M() => _x = 1;

            public static void N()
            {
                lock (typeof(C))
                {
                    _x = 2;
                }
            }
        }
        """);

    [Fact]
    public Task C1_32_Fires_when_the_type_is_locked_instead_of_this() => Verify.Fires("""
        public class C
        {
            [GuardedBy("this")] private int _x;

            public void M()
            {
                lock (this)
                {
                    _x = 1;
                }
            }

            public void N()
            {
                lock (typeof(C))
                {
                    [|_x|] = 2;
                }
            }
        }
        """);

    [Fact]
    public Task C1_33_Silent_when_an_alias_is_locked() => Guarded.Silent("""
        public void M()
        {
            var g = _g;
            lock (g)
            {
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_34_Fires_when_the_alias_was_assigned_another_object() => Guarded.Fires("""
        public void M()
        {
            var g = _g;
            g = new object();
            lock (g)
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_34_Fires_when_the_alias_may_be_another_object() => Guarded.Fires("""
        public void M(bool b)
        {
            var g = _g;
            if (b)
                g = new object();
            lock (g)
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_35_Silent_when_a_property_returns_the_guard() => Guarded.Silent("""
        private object Gate => _g;

        public void M()
        {
            lock (Gate)
            {
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_35_Silent_when_a_property_with_a_body_returns_the_guard() => Guarded.Silent("""
        public object SyncRoot
        {
            get { return _g; }
        }

        public void M()
        {
            lock (this.SyncRoot)
            {
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_computed_property_is_locked() => Guarded.Fires("""
        private object Gate => new object();

        public void M()
        {
            lock (Gate)
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_fresh_object_is_locked() => Guarded.Fires("""
        public void M()
        {
            lock (new object())
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_guard_is_written_with_this_or_a_cast_or_parentheses() => Guarded.Silent("""
        public void M()
        {
            lock ((object)(this._g)!)
            {
                this._x = 1;
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_local_alias_of_the_object_is_locked_and_touched() => Guarded.Silent("""
        public void M(C other)
        {
            var c = other;
            lock (c._g)
            {
                c._x = 1;
                other._x = 2;
            }
        }
        """);
}
