using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Rules;

public partial class TW1002_GuardedByViolation
{
    [Fact]
    public Task Fires_on_a_single_read() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int X => [|_x|];
        }
        """);

    [Fact]
    public Task Fires_on_a_write() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void Set(int x) => [|_x|] = x;
            public void Reset() => [|this._x|] = 0;
            public void Count() => [|_x|]++;
            public void Add(int y) => [|_x|] += y;
        }
        """);

    [Fact]
    public Task Fires_on_a_reference_to_the_field() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void Count() => Interlocked.Increment(ref [|_x|]);
            public bool Parse(string s) => int.TryParse(s, out [|_x|]);
        }
        """);

    [Fact]
    public Task Fires_on_a_guarded_property() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int X { get; set; }

            public int M()
            {
                lock (_g)
                {
                    X = 1;
                }

                return [|X|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_use_of_a_guarded_container() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private readonly Dictionary<string, int> _d = new();

            public int? M(string key) => [|_d|].TryGetValue(key, out var x) ? x : null;

            public void N(string key)
            {
                foreach (var pair in [|_d|])
                    Console.WriteLine(pair.Key + key);
            }
        }
        """);

    [Fact]
    public Task Fires_on_another_object_while_only_the_own_guard_is_held() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                lock (_g)
                {
                    _x = [|other._x|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_own_object_while_only_the_guard_of_another_is_held() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M(C other)
            {
                lock (other._g)
                {
                    [|_x|] = other._x;
                }
            }
        }
        """);

    [Fact]
    public Task C4_123_Fires_at_the_attribute_when_the_guard_does_not_exist() => Verify.Fires("""
        public class C
        {
            [GuardedBy([|"missing"|])] private int _x;
            public int X => _x;
        }
        """);

    [Fact]
    public Task Fires_at_the_attribute_when_a_static_member_is_guarded_by_an_instance() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy([|"_g"|])] private static int _x;
            public object Gate => _g;
            public static int X => _x;
        }
        """);

    [Fact]
    public Task Fires_from_another_type() => Verify.Fires("""
        public class C
        {
            internal readonly object Gate = new();
            [GuardedBy("Gate")] internal int X;
        }

        public class D
        {
            public int M(C c)
            {
                lock (c.Gate)
                {
                    c.X++;
                }

                return [|c.X|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_derived_object() => Verify.Fires("""
        public class Base
        {
            protected readonly object Gate = new();
            [GuardedBy("Gate")] protected int X;
        }

        public class C : Base
        {
            public int M() => [|X|];

            public int N()
            {
                lock (Gate)
                {
                    return base.X;
                }
            }
        }
        """);

    [Fact]
    public Task Fires_once_for_a_double_checked_test() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private object? _x;

            public object M()
            {
                if ([|_x|] == null)
                {
                    lock (_g)
                    {
                        if (_x == null)
                            _x = new object();
                    }
                }

                lock (_g)
                {
                    return _x;
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_conditional_access() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private string? _x;
            public int? M(C? other) => [|_x|]?.Length;
        }
        """);

    [Fact]
    public Task Fires_after_an_await_that_follows_the_lock() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public async Task M()
            {
                lock (_g)
                {
                    _x = 1;
                }

                await Task.Yield();
                [|_x|] = 2;
            }
        }
        """);

    [Fact]
    public Task Fires_in_Dispose() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void Dispose() => [|_x|] = 0;
        }
        """);

    [Fact]
    public Task Fires_on_an_attribute_of_any_namespace() => Verify.Fires("""
        namespace Ours
        {
            [AttributeUsage(AttributeTargets.Field)]
            internal sealed class GuardedByAttribute : Attribute
            {
                public GuardedByAttribute(string guard) { }
            }

            public class C
            {
                private readonly object _g = new();
                [GuardedBy("_g")] private int _x;
                public int X => [|_x|];
                public object Gate => _g;
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_nameof_guard() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy(nameof(_g))] private int _x;
            public int X => [|_x|];
        }
        """);

    [Fact]
    public Task Fires_on_an_object_after_it_was_stored() => Verify.Fires("""
        public class C
        {
            private static C? s_current;
            internal readonly object Gate = new();
            [GuardedBy("Gate")] internal int X;

            public static void M()
            {
                var c = new C();
                c.X = 1;
                s_current = c;
                [|c.X|] = 2;
            }
        }
        """);
}
