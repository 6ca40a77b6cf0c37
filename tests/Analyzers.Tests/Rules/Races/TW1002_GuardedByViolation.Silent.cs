using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Rules;

public partial class TW1002_GuardedByViolation
{
    [Fact]
    public Task Silent_under_the_guard() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public int M(int y)
            {
                lock (_g)
                {
                    _x += y;
                    return this._x;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_another_object_under_its_guard() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                lock (other._g)
                {
                    other._x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_guards_of_both_objects_are_held() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                lock (_g)
                {
                    lock (other._g)
                    {
                        _x = other._x;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_method_that_requires_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            [RequiresLock("_g")]
            public void Add(int y) => _x += y;

            [RequiresLock(nameof(_g))]
            internal int X => _x;
        }
        """);

    [Fact]
    public Task Silent_in_a_constructor() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x = 1;
            public C(int x) => _x = x;
            public C() : this(2) => _x += 3;
        }
        """);

    [Fact]
    public Task Silent_in_object_initialisers() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] internal int X;
            [GuardedBy("_g")] internal List<int> Items { get; } = new();
            public object Gate => _g;
            public static C Make() => new() { X = 1, Items = { 1, 2 } };
        }
        """);

    [Fact]
    public Task Silent_on_a_fresh_object() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public object Gate => _g;

            public static C M()
            {
                var c = new C();
                c._x = 1;
                c._x++;
                return c;
            }
        }
        """);

    [Fact]
    public Task Silent_in_nameof() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public string M() => nameof(_x) + nameof(C._x);

            public int N()
            {
                lock (_g)
                {
                    return _x;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_member_without_the_attribute() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;
            public int X => _x;

            public void M()
            {
                lock (_g)
                {
                    _x++;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_private_method_whose_callers_all_hold_the_guard() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                lock (_g)
                {
                    Add(1);
                }
            }

            public void N()
            {
                lock (_g)
                {
                    if (_x > 0)
                        Add(2);
                }
            }

            private void Add(int y) => _x += y;
        }
        """);

    [Fact]
    public Task Silent_in_a_private_method_that_only_the_constructor_calls() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public C() => Load();
            private void Load() => _x = 1;
            public object Gate => _g;
        }
        """);

    [Fact]
    public Task Silent_in_a_getter_with_a_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public int X
            {
                get
                {
                    lock (_g)
                        return _x;
                }
                set
                {
                    lock (_g)
                        _x = value;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_static_member_under_its_guard_and_in_the_static_constructor() => Verify.Silent("""
        public static class C
        {
            private static readonly object Gate = new();
            [GuardedBy("Gate")] private static int s_x = 1;

            static C()
            {
                s_x++;
            }

            public static void M()
            {
                lock (Gate)
                {
                    s_x++;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_generated_code() => Verify.Silent("""
        // <auto-generated/>
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int X => _x;
        }
        """);

    [Fact]
    public Task Silent_under_a_semaphore_in_async_code() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _g = new(1, 1);
            [GuardedBy("_g")] private int _x;

            public async Task<int> M(Func<Task<int>> load)
            {
                await _g.WaitAsync().ConfigureAwait(false);
                try
                {
                    if (_x == 0)
                        _x = await load();
                    return _x;
                }
                finally
                {
                    _g.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_struct_that_is_a_local() => Verify.Silent("""
        public class C
        {
            private static readonly object Gate = new();

            private struct Entry
            {
                [GuardedBy("C.Gate")] public int X;
            }

            public int M()
            {
                var entry = new Entry();
                entry.X = 1;
                return entry.X;
            }
        }
        """);
}
