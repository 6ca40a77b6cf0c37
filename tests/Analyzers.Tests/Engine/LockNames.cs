using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Engine;

/// <summary>Which expressions name the same lock.</summary>
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
    public Task Silent_when_the_attribute_names_the_property_and_the_field_is_locked() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("Gate")] private int _x;
            private object Gate => _g;

            public void M()
            {
                lock (_g)
                {
                    _x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_guard_is_an_automatic_property() => Verify.Silent("""
        public class C
        {
            private object Gate { get; } = new();
            [GuardedBy("Gate")] private int _x;

            public void M()
            {
                lock (Gate)
                {
                    _x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_method_is_declared_to_return_the_guard() => Guarded.Silent("""
        [ReturnsLock("_g")]
        private object Gate() => Pick(_g);

        private static object Pick(object o) => o;

        public void M()
        {
            lock (Gate())
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
    public Task Fires_when_another_lock_is_held() => Guarded.Fires("""
        private readonly object _h = new();

        public void M()
        {
            lock (_h)
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
    public Task Silent_when_the_guard_of_a_static_field_is_static() => Verify.Silent("""
        public class C
        {
            private static readonly object Gate = new();
            [GuardedBy("Gate")] private static int _x;
            [GuardedBy("C.Gate")] private static int _y;

            public static void M()
            {
                lock (C.Gate)
                {
                    _x = 1;
                    C._y = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_guard_belongs_to_another_type() => Verify.Silent("""
        public static class Gates
        {
            public static readonly object Cache = new();
        }

        public class C
        {
            [GuardedBy("Gates.Cache")] private int _x;

            public void M()
            {
                lock (Gates.Cache)
                {
                    _x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_guard_is_inherited() => Verify.Silent("""
        public class Base
        {
            protected readonly object _g = new();
        }

        public class C : Base
        {
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                lock (_g)
                {
                    _x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_nested_type_holds_the_guard_of_the_object_it_touches() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            private class Nested
            {
                private readonly C _outer;
                public Nested(C outer) => _outer = outer;

                public void M()
                {
                    lock (_outer._g)
                    {
                        _outer._x = 1;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_nested_type_holds_a_lock_of_its_own() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            private class Nested
            {
                private readonly object _g = new();
                private readonly C _outer;
                public Nested(C outer) => _outer = outer;

                public void M()
                {
                    lock (_g)
                    {
                        [|_outer._x|] = 1;
                    }
                }
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
