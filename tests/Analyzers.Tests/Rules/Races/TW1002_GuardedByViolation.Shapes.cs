using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Rules;

// The same questions in every shape the language has for them.
public partial class TW1002_GuardedByViolation
{
    [Fact]
    public Task Fires_in_a_generic_type() => Verify.Fires("""
        public class C<T>
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private T? _x;

            public void M(C<int> other, T x)
            {
                lock (_g)
                {
                    _x = x;
                    [|other._x|] = 1;
                }

                lock (other._g)
                {
                    other._x = 1;
                    [|_x|] = x;
                }
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_record_and_in_a_struct() => Verify.Fires("""
        public record R(object Gate)
        {
            [GuardedBy("Gate")] private int _x;
            public int X => [|_x|];

            public void M()
            {
                lock (Gate)
                {
                    _x++;
                }
            }
        }

        public struct S
        {
            private static readonly object Gate = new();
            [GuardedBy("Gate")] private static int s_x;
            public int X => [|s_x|];
        }
        """);

    [Fact]
    public Task Fires_in_another_part_of_the_type() => Verify.Fires(
    [
        """
        public partial class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
        }
        """,
        """
        public partial class C
        {
            public int M() => [|_x|];

            public int N()
            {
                lock (_g)
                {
                    return _x;
                }
            }
        }
        """,
    ]);

    [Fact]
    public Task Fires_in_top_level_code() => new Verify.Case { Output = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication }.Fires("""
        var c = C.Shared;
        [|c.X|] = 1;
        lock (c.Gate)
        {
            c.X = 2;
        }

        public class C
        {
            public static readonly C Shared = new();
            public readonly object Gate = new();
            [GuardedBy("Gate")] public int X;
        }
        """);

    [Fact]
    public Task Fires_in_every_kind_of_member() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int this[int i] => [|_x|] + i;
            public event Action E { add => [|_x|]++; remove => [|_x|]--; }
            public static C operator +(C a, int b) { [|a._x|] += b; return a; }
            public static implicit operator int(C c) => [|c._x|];
            ~C() => [|_x|] = 0;
            public int P { get => [|_x|]; init => _x = value; }
            public object Gate => _g;
        }
        """);

    [Fact]
    public Task Fires_in_patterns() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public object Gate => _g;
            public string N() => [|_x|] switch { 0 => "none", _ => $"{[|_x|]}" };
        }
        """);

    [Fact]
    public Task Known_miss_in_a_property_pattern() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public object Gate => _g;
            public bool M(C c) => c is { _x: > 0 };
        }
        """);

    [Fact]
    public Task Fires_on_elements_and_members_of_a_guarded_field() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private readonly int[] _a = new int[4];
            [GuardedBy("_g")] private (int X, int Y) _p;
            public object Gate => _g;

            public void M(int i)
            {
                [|_a|][i]++;
                [|_p|].X = 1;
                var (x, y) = [|_p|];
                ref var r = ref [|_a|][0];
                Span<int> s = [|_a|];
            }
        }
        """);

    [Fact]
    public Task Silent_on_everything_under_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private readonly int[] _a = new int[4];
            [GuardedBy("_g")] private (int X, int Y) _p;
            [GuardedBy("_g")] private Func<int>? _f;

            public void M(int i)
            {
                lock (_g)
                {
                    _a[i]++;
                    _p.X = _f?.Invoke() ?? _p switch { (0, _) => 1, var (x, _) => x };
                    var (a, b) = _p;
                    foreach (var x in _a)
                        _p = (x, a + b);
                    for (var j = 0; j < _a.Length; j++)
                        _a[j] = j;
                    using (new System.IO.MemoryStream(_a.Length))
                    {
                        _p = default;
                    }

                    try
                    {
                        _p.Y = 1;
                    }
                    catch (Exception) when (_p.X > 0)
                    {
                        _p.Y = 2;
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_local_functions_and_lambdas_that_run_under_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private readonly List<int> _list = new();

            public int M(int n)
            {
                lock (_g)
                {
                    _list.RemoveAll(i => i > _list.Count);
                    _list.Sort((a, b) => a - b + _list.Count);
                    return Sum(n) + (_list.Exists(i => i == _list[0]) ? 1 : 0);
                }

                int Sum(int k) => k == 0 ? 0 : _list[k] + Sum(k - 1);
            }
        }
        """);

    [Fact]
    public Task Silent_in_private_helpers_of_a_nested_type_under_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            private sealed class Nested
            {
                private readonly C _c;
                public Nested(C c) => _c = c;

                public void M()
                {
                    lock (_c._g)
                    {
                        Add();
                    }
                }

                private void Add() => _c._x++;
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_helper_gets_the_object_as_an_argument() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                lock (_g)
                {
                    Add(this, 1);
                }
            }

            public static void N(C c)
            {
                lock (c._g)
                {
                    Add(c, 2);
                }
            }

            private static void Add(C c, int y) => c._x += y;
        }
        """);

    [Fact]
    public Task Silent_with_locks_in_both_arms() => Verify.Silent("""
        public class C
        {
            private readonly ReaderWriterLockSlim _g = new();
            [GuardedBy("_g")] private int _x;

            public int M(bool write)
            {
                if (write)
                    _g.EnterWriteLock();
                else
                    _g.EnterReadLock();
                try
                {
                    return _x;
                }
                finally
                {
                    if (write)
                        _g.ExitWriteLock();
                    else
                        _g.ExitReadLock();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_code_that_does_not_compile() => new Verify.Case().Silent("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;

            public void M()
            {
                Monitor.Enter({|CS0103:missing|});
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task Says_what_is_touched_where_without_which_lock() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public int X => [|_x|];
            public void Set(C other) => [|other._x|] = 1;
        }
        """,
        "'C._x' is read in 'C.X' without '_g', which guards it",
        "'C._x' is written in 'C.Set' without 'other._g', which guards it");

    [Fact]
    public Task C4_122_Fires_on_a_single_read_of_state_with_a_guard_written_on_it() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            [GuardedBy("_g")] private int _x;
            public void A() { lock (_g) _x = 1; }
            public int X => [|_x|];
        }
        """);

    [Fact]
    public Task C4_123_Fires_on_a_guard_that_is_not_declared() => Verify.Fires("""
        public class C
        {
            [GuardedBy([|"missing"|])] private int _x;
            public int X => _x;
        }
        """);
}
