using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Rules;

public partial class TW2013_LockNotReleased
{
    [Fact]
    public Task Silent_when_taken_inside_the_try_itself() => Silent("""
        public void M()
        {
            try
            {
                Monitor.Enter(_g);
                Console.WriteLine();
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_lease_releases_by_a_lambda() => Verify.Silent("""
        public sealed class Lease : IDisposable
        {
            private readonly Action _end;
            public Lease(Action end) => _end = end;
            public void Dispose() => _end();
        }

        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task<Lease> M()
            {
                await _s.WaitAsync();
                try
                {
                    await Task.Yield();
                    return new Lease(() => _s.Release());
                }
                catch
                {
                    _s.Release();
                    throw;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_flag_says_who_releases() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private bool _busy;

            public async Task M(Func<Task<bool>> keep)
            {
                var release = true;
                await _s.WaitAsync();
                try
                {
                    _busy = await keep();
                    release = !_busy;
                }
                finally
                {
                    if (release)
                        _s.Release();
                }
            }

            public void End()
            {
                _busy = false;
                _s.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_in_loops_that_leave_by_every_jump() => Silent("""
        public async Task<int> M(Func<Task<int>> f, CancellationToken token)
        {
            while (true)
            {
                if (!await _s.WaitAsync(100, token))
                    continue;
                try
                {
                    var x = await f();
                    if (x < 0)
                        continue;
                    if (x == 0)
                        break;
                    if (x > 1)
                        return x;
                    throw new InvalidOperationException();
                }
                finally
                {
                    _s.Release();
                }
            }

            return 0;
        }
        """);

    [Fact]
    public Task Silent_when_two_locks_share_one_finally() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                Monitor.Enter(_a);
                Monitor.Enter(_b);
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(_b);
                    Monitor.Exit(_a);
                }
            }
        }
        """);

    [Fact]
    public Task Known_miss_when_waiting_for_the_second_lock_is_cancelled() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async Task M(CancellationToken token)
            {
                await _a.WaitAsync(token);
                await _b.WaitAsync(token);
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    _b.Release();
                    _a.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_every_arm_of_a_switch_releases() => Silent("""
        public void M(int n)
        {
            Monitor.Enter(_g);
            switch (n)
            {
                case 0:
                    _x = 1;
                    Monitor.Exit(_g);
                    Console.WriteLine();
                    break;
                case 1:
                    Monitor.Exit(_g);
                    throw new InvalidOperationException();
                default:
                    Monitor.Exit(_g);
                    return;
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_lock_is_upgraded_and_given_back_in_order() => Verify.Silent("""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly Dictionary<int, string> _d = new();

            public string M(int key)
            {
                _rw.EnterUpgradeableReadLock();
                try
                {
                    if (_d.TryGetValue(key, out var known))
                        return known;
                    _rw.EnterWriteLock();
                    try
                    {
                        return _d[key] = key.ToString();
                    }
                    finally
                    {
                        _rw.ExitWriteLock();
                    }
                }
                finally
                {
                    _rw.ExitUpgradeableReadLock();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_behind_a_conjunction() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private volatile bool _open;

            public void M()
            {
                if (_open && Monitor.TryEnter(_g))
                {
                    try
                    {
                        Console.WriteLine();
                    }
                    finally
                    {
                        Monitor.Exit(_g);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_both_are_done_under_the_same_parameter() => Silent("""
        public void M(bool shared)
        {
            if (shared)
                Monitor.Enter(_g);
            try
            {
                Console.WriteLine();
            }
            finally
            {
                if (shared)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_reader_or_writer_is_chosen_by_a_parameter() => Silent("""
        public void M(bool write)
        {
            if (write)
                _rw.EnterWriteLock();
            else
                _rw.EnterReadLock();
            try
            {
                Console.WriteLine();
            }
            finally
            {
                if (write)
                    _rw.ExitWriteLock();
                else
                    _rw.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_mutex_is_kept_for_the_life_of_the_program() => Verify.Silent("""
        public static class Program
        {
            private static readonly Mutex Single = new(false, "name");

            public static void Main()
            {
                if (!Single.WaitOne(0))
                    return;
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_release_is_in_a_local_function() => Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            try { Console.WriteLine(); } finally { Leave(); }

            void Leave()
            {
                Console.WriteLine();
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_section_never_ends() => Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            while (true)
            {
                _x++;
                if (_x > 3)
                {
                    Monitor.Exit(_g);
                    return;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_only_a_plain_getter_stands_between() => Verify.Silent("""
        public sealed class C
        {
            private readonly object _g = new();
            private volatile int _state;
            private DayOfWeek State => (DayOfWeek)_state;
            internal bool IsBroken { get; private set; }
            private bool IsOpen { get { return _state == 1 && !IsBroken; } }

            public void M()
            {
                Monitor.Enter(_g);
                var before = State;
                if (IsBroken || !IsOpen)
                    IsBroken = true;
                try
                {
                    Console.WriteLine(before);
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_taken_inside_another_lock_behind_an_early_return() => Verify.Silent("""
        public sealed class C
        {
            private readonly object _g = new();
            private readonly object _cancel = new();
            private bool _wanted;

            public void M()
            {
                lock (_g)
                {
                    if (!_wanted)
                        return;
                    Monitor.Enter(_cancel);
                }

                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(_cancel);
                }
            }
        }
        """);

    [Fact]
    public Task Says_what_is_still_held_and_when() => Fires("""
        public void M()
        {
            [|Monitor.Enter(_g)|];
            Console.WriteLine();
            Monitor.Exit(_g);
        }

        public void N(bool b)
        {
            [|Monitor.Enter(_g)|];
            if (b)
                return;
            Monitor.Exit(_g);
        }
        """,
        "'C.M' still holds '_g' when an exception leaves the code in between; everybody who wants it next waits for ever",
        "'C.N' still holds '_g' when it returns early; everybody who wants it next waits for ever");
}
