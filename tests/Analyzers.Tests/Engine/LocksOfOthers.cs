using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Engine;

/// <summary>Guards that are not a field of the object itself.</summary>
public class LocksOfOthers
{
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
}
