using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.InterlockedResultIgnoredFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.InterlockedResultIgnored>;

namespace Analyzers.Tests.Rules;

public partial class TW1039_InterlockedResultIgnored
{
    private static string Class(string members) => $$"""
        public class C
        {
            private int _n;
            private readonly int[] _a = new int[4];
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_on_a_decision_after_a_change() => Verify.Fires(Class("""
            public void Leave()
            {
                Interlocked.Decrement(ref _n);
                if ([|_n|] == 0)
                    Console.WriteLine();
            }
        """), "'C._n' is read again in 'C.Leave' after 'Interlocked.Decrement' changed it; another thread can have changed it in between, so use what the call returned");

    [Fact]
    public Task Fires_on_a_result_an_index_and_a_variable() => Verify.Fires(Class("""
            public int Next()
            {
                Interlocked.Increment(ref _n);
                return [|_n|];
            }

            public int Turn()
            {
                Interlocked.Increment(ref _n);
                return _a[[|_n|] % _a.Length];
            }

            public void Id()
            {
                Interlocked.Increment(ref _n);
                var id = [|_n|];
                Console.WriteLine(id);
            }
        """));

    [Fact]
    public Task Fires_on_a_swap_that_computes_from_another_reading() => Verify.Fires(Class("""
            public void Raise(int x)
            {
                int old;
                do
                {
                    old = _n;
                }
                while (Interlocked.CompareExchange(ref _n, Math.Max([|_n|], x), old) != old);
            }

            public void Add() => Interlocked.CompareExchange(ref _n, [|_n|] + 1, _n);
        """));

    [Fact]
    public Task Silent_when_the_result_is_used() => Verify.Silent(Class("""
            public void Leave()
            {
                if (Interlocked.Decrement(ref _n) == 0)
                    Console.WriteLine();
            }

            public int Next()
            {
                var n = Interlocked.Increment(ref _n);
                return _a[n % _a.Length];
            }

            public void Raise(int x)
            {
                int old, next;
                do
                {
                    old = _n;
                    next = Math.Max(old, x);
                }
                while (Interlocked.CompareExchange(ref _n, next, old) != old);
            }
        """));

    [Fact]
    public Task Silent_on_a_counter_that_is_only_shown() => Verify.Silent(Class("""
            public void Count()
            {
                Interlocked.Increment(ref _n);
                Console.WriteLine($"{_n} so far");
                Console.WriteLine(_n);
            }

            public int Total => _n;
        """));

    [Fact]
    public Task Silent_when_it_is_written_before_it_is_read() => Verify.Silent(Class("""
            public int Begin()
            {
                Interlocked.Increment(ref _n);
                _n = 1;
                return _n;
            }
        """));

    [Fact]
    public Task Silent_on_a_first_value_that_is_then_read() => Verify.Silent("""
        public class C
        {
            private object? _o;

            private int _id;

            public object Get()
            {
                Interlocked.CompareExchange(ref _o, new object(), null);
                return _o;
            }

            public int Id()
            {
                Interlocked.CompareExchange(ref _id, Environment.TickCount, 0);
                return _id;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_lock_and_in_construction() => Verify.Silent(Class("""
            public C()
            {
                Interlocked.Increment(ref _n);
                if (_n == 1)
                    Console.WriteLine();
            }

            public int Next()
            {
                lock (_g)
                {
                    Interlocked.Increment(ref _n);
                    return _n;
                }
            }
        """));

    [Fact]
    public Task Fixes_by_what_the_call_returned() => Verify.Fixes<Fix>(Class("""
            public void Leave()
            {
                // one less
                Interlocked.Decrement(ref _n); // here
                if ([|_n|] == 0)
                    Console.WriteLine(_n);
            }

            public void Raise(int x)
            {
                int old;
                do
                {
                    old = _n;
                }
                while (Interlocked.CompareExchange(ref _n, Math.Max([|_n|], x), old) != old);
            }
        """), Class("""
            public void Leave()
            {
                // one less
                var n = Interlocked.Decrement(ref _n); // here
                if (n == 0)
                    Console.WriteLine(n);
            }

            public void Raise(int x)
            {
                int old;
                do
                {
                    old = _n;
                }
                while (Interlocked.CompareExchange(ref _n, Math.Max(old, x), old) != old);
            }
        """));

    [Fact]
    public Task No_fix_when_what_the_call_returns_is_something_else() => Verify.NoFix<Fix>(Class("""
            public bool Begin()
            {
                Interlocked.Exchange(ref _n, 1);
                return [|_n|] == 1;
            }

            public void Add() => Interlocked.CompareExchange(ref _n, [|_n|] + 1, _n);
        """));

    [Fact]
    public Task Fires_on_a_turn_that_is_read_before_it_is_taken() => Verify.Fires(Class("""
            public int Turn()
            {
                var x = _a[[|_n|] % _a.Length];
                Interlocked.Increment(ref _n);
                return x;
            }
        """));

    [Fact]
    public Task Fires_on_a_loop_that_compares_with_what_was_before_the_first_attempt() => Verify.Fires(Class("""
            public void Add()
            {
                var old = _n;
                while (Interlocked.CompareExchange(ref _n, old + 1, [|old|]) != old)
                {
                }
            }
        """));
}
