using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.MixedInterlockedAccessFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.MixedInterlockedAccess>;

namespace Analyzers.Tests.Rules;

public partial class TW1010_MixedInterlockedAccess
{
    private static string Class(string members) => $$"""
        public class C
        {
            private int _n;
            private readonly object _g = new();

            public void Enter() => Interlocked.Increment(ref _n);

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_C2_74_on_a_plain_change_beside_one_in_one_step() => Verify.Fires(Class("""
            public void Leave() => [|_n--|];
        """), "'C._n' is changed in one step by 'Interlocked.Increment' (Test0.cs:6), but 'C.Leave' reads it and writes it in two; a change made in between is lost");

    [Fact]
    public Task Silent_C2_74_on_a_plain_read_of_one_word() => Verify.Silent(Class("""
            public int Count => _n;
            public bool IsEmpty => _n == 0;
        """));

    [Fact]
    public Task Fires_C2_74_as_an_information_on_a_plain_read_of_two_words() => Verify.Fires("""
        public class C
        {
            private long _n;
            public void Add(int bytes) => Interlocked.Add(ref _n, bytes);
            public long Count => [|_n|];
        }
        """, "'C._n' is changed in one step by 'Interlocked.Add' (Test0.cs:4), but 'C.Count' reads it plainly; a 32-bit process can see half of a change");

    [Fact]
    public Task Fires_on_every_plain_change() => Verify.Fires(Class("""
            public void Add(int x)
            {
                [|_n += x|];
                [|_n = _n - x|];
                [|this._n++|];
                var n = _n;
                [|_n = n * 2|];
            }
        """));

    [Fact]
    public Task Fires_on_a_write_that_a_test_of_the_same_field_decides() => Verify.Fires(Class("""
            public bool Begin()
            {
                if (_n != 0)
                    return false;
                [|_n = 1|];
                return true;
            }

            public void Cap()
            {
                if (_n > 10)
                    [|_n = 10|];
            }
        """));

    [Fact]
    public Task Fires_on_a_change_under_a_lock_that_the_other_does_not_take() => Verify.Fires(Class("""
            public void Leave()
            {
                lock (_g)
                    [|_n--|];
            }
        """));

    [Fact]
    public Task Silent_when_all_changes_are_under_locks() => Verify.Silent("""
        public class C
        {
            private int _n;
            private readonly object _g = new();

            public void Enter()
            {
                lock (_g)
                    Interlocked.Increment(ref _n);
            }

            public void Leave()
            {
                lock (_g)
                    _n--;
            }
        }
        """);

    [Fact]
    public Task Silent_C2_75_on_reads_and_writes_that_are_volatile() => Verify.Silent(Class("""
            public int Count => Volatile.Read(ref _n);
            public void Reset() => Volatile.Write(ref _n, 0);
        """));

    [Fact]
    public Task Silent_C3_117_when_every_change_is_made_in_one_step() => Verify.Silent("""
        public static class C
        {
            private static int s_n;
            private static long s_sum;

            public static void Add(int x)
            {
                Interlocked.Increment(ref s_n);
                Interlocked.Add(ref s_sum, x);
            }

            public static long Sum => Interlocked.Read(ref s_sum);
            public static int Count => s_n;
        }
        """);

    [Fact]
    public Task Silent_on_a_write_that_depends_on_nothing() => Verify.Silent(Class("""
            public void Reset() => _n = 0;
            public void Set(int x) => _n = x;
        """));

    [Fact]
    public Task Silent_in_construction_and_on_new_objects() => Verify.Silent(Class("""
            public C() => _n++;

            public static C Of(int x)
            {
                var c = new C();
                c._n += x;
                return c;
            }
        """));

    [Fact]
    public Task Silent_when_the_object_is_given_up() => Verify.Silent(Class("""
            public void Dispose()
            {
                if (_n != 0)
                    _n = 0;
            }
        """));

    [Fact]
    public Task Silent_on_a_write_under_a_lock_that_a_test_decides() => Verify.Silent(Class("""
            public void End()
            {
                lock (_g)
                    if (_n >= 0)
                        _n = int.MinValue;
            }
        """));

    [Fact]
    public Task Silent_on_a_read_of_two_words_that_is_swapped_if_nothing_has_changed() => Verify.Silent("""
        public class C
        {
            private long _n;

            public void Add(long x)
            {
                long old;
                do
                {
                    old = _n;
                }
                while (Interlocked.CompareExchange(ref _n, old + x, old) != old);
            }
        }
        """);

    [Fact]
    public Task Silent_behind_a_gate() => Verify.Silent(Class("""
            private int _busy;

            public void Leave()
            {
                if (Interlocked.CompareExchange(ref _busy, 1, 0) == 0)
                {
                    _n--;
                    _busy = 0;
                }
            }
        """));

    [Fact]
    public Task Silent_on_a_field_that_no_call_changes() => Verify.Silent(Class("""
            private int _m;
            public void Leave() => _m--;
        """));

    [Fact]
    public Task Silent_on_a_plain_read_of_a_count_whose_upper_half_stays_as_it_is() => Verify.Silent("""
        public class C
        {
            private long _n;
            public void Enter() => Interlocked.Increment(ref _n);
            public void Leave() => Interlocked.Decrement(ref _n);
            public long Count => _n;
        }
        """);

    [Fact]
    public Task Silent_on_a_plain_read_of_two_words_where_no_process_has_32_bits_per_word_or_a_lock_is_held() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private long _n;

            public void Enter()
            {
                lock (_g)
                    Interlocked.Add(ref _n, 4096);
            }

            public long Count
            {
                get
                {
                    lock (_g)
                        return _n;
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_all_plain_changes_of_the_field() => Verify.Fixes<Fix>(Class("""
            public int Leave()
            {
                [|_n--|]; // one less
                [|_n += 2|];
                [|_n = _n - 3|];
                [|this._n -= Step()|];
                var before = [|_n++|];
                return [|++_n|] + before;
            }

            private int Step() => 1;
        """), Class("""
            public int Leave()
            {
                Interlocked.Decrement(ref _n); // one less
                Interlocked.Add(ref _n, 2);
                Interlocked.Add(ref _n, -3);
                Interlocked.Add(ref this._n, -Step());
                var before = Interlocked.Increment(ref _n) - 1;
                return Interlocked.Increment(ref _n) + before;
            }

            private int Step() => 1;
        """));

    [Fact]
    public Task Fixes_a_read_of_two_words() => Verify.Fixes<Fix>("""
        public class C
        {
            private long _n;
            public void Add(int bytes) => Interlocked.Add(ref _n, bytes);
            public long Count => [|_n|];
            public string Text => $"{[|this._n|]}";
        }
        """, """
        public class C
        {
            private long _n;
            public void Add(int bytes) => Interlocked.Add(ref _n, bytes);
            public long Count => Interlocked.Read(ref _n);
            public string Text => $"{Interlocked.Read(ref this._n)}";
        }
        """);

    [Fact]
    public Task No_fix_when_one_of_the_changes_cannot_be_made_in_one_step() => Verify.NoFix<Fix>(Class("""
            public void Leave() => [|_n--|];
            public void Double() => [|_n *= 2|];
        """));

    [Fact]
    public Task No_fix_for_a_test_and_a_write() => Verify.NoFix<Fix>(Class("""
            public void Cap()
            {
                if (_n > 10)
                    [|_n = 10|];
            }
        """));

    [Fact]
    public Task No_fix_when_another_file_has_the_field() => Verify.NoFix<Fix>("""
        public partial class C
        {
            internal int _n;
            public void Enter() => Interlocked.Increment(ref _n);
            public void Leave() => [|_n--|];
        }
        """, """
        public class D
        {
            public void Leave(C c) => c._n--;
        }
        """);

    [Theory]
    [InlineData("long", "Interlocked.Add(ref _n, 5)", "public Func<long> Count() => () => [|_n|];")]
    [InlineData("ulong", "Interlocked.Exchange(ref _n, 5)", "public ulong Count => [|_n|];")]
    [InlineData("double", "Interlocked.Exchange(ref _n, 5)", "public double Count => [|_n|];")]
    public Task Fires_on_a_plain_read_of_two_words_wherever_it_is(string type, string change, string read) => Verify.Fires($$"""
        public class C
        {
            private {{type}} _n;
            public void Add() => {{change}};
            {{read}}
        }
        """);

    [Theory]
    [InlineData("object _n", "Interlocked.Exchange(ref _n, null)", "object Now => _n")]
    [InlineData("int _n", "Interlocked.Exchange(ref _n, 1)", "int Now => _n")]
    [InlineData("float _n", "Interlocked.Exchange(ref _n, 1)", "float Now => _n")]
    [InlineData("long _n", "Interlocked.Exchange(ref _n, 1)", "void Look() => System.Diagnostics.Debug.Assert(_n >= 0)")]
    public Task Silent_on_a_plain_read_of_one_word_and_in_an_assertion(string state, string change, string read) => Verify.Silent($$"""
        public class C
        {
            private {{state}};
            public void Add() => {{change}};
            public {{read}};
        }
        """);
}
