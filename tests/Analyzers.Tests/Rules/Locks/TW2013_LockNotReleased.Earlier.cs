using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Rules;

// Shapes of real code that were once reported, and were right.
public partial class TW2013_LockNotReleased
{
    [Fact]
    public Task Silent_when_the_finally_calls_something_before_it_releases() => Silent("""
        public async Task M(Func<Task<IDisposable>> open)
        {
            IDisposable? x = null;
            await _s.WaitAsync();
            try
            {
                x = await open();
            }
            finally
            {
                MaybeDispose(x);
                _s.Release();
            }
        }

        public void N(IDisposable x)
        {
            Monitor.Enter(_g);
            try
            {
                Console.WriteLine(x);
            }
            finally
            {
                x?.Dispose();
                Ended(x);
                Monitor.Exit(_g);
            }
        }

        protected virtual void Ended(object? x)
        {
        }

        private static void MaybeDispose(IDisposable? x) => x?.Dispose();
        """);

    [Fact]
    public Task Silent_when_a_helper_object_is_given_the_lock_and_gives_it_back_elsewhere() => Verify.Silent("""
        public sealed class Turn
        {
            private readonly SemaphoreSlim _s;
            public Turn(SemaphoreSlim s) => _s = s;
            public void End() => _s.Release();
        }

        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private Turn? _turn;

            public async Task<bool> Begin(Func<Task<bool>> prepare)
            {
                await _s.WaitAsync();
                try
                {
                    if (await prepare())
                    {
                        _turn = new Turn(_s);
                        return true;
                    }
                }
                catch
                {
                    _s.Release();
                    throw;
                }

                _s.Release();
                return false;
            }

            public void End()
            {
                _turn?.End();
                _turn = null;
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_helper_object_takes_and_another_member_lets_it_give_back() => Verify.Silent("""
        public sealed class Gate
        {
            private readonly object _g = new();

            public void Enter() => Monitor.Enter(_g);
            public void Leave() => Monitor.Exit(_g);
        }

        public class C
        {
            private readonly Gate _gate = new();
            private int _x;

            public void Begin(bool wanted)
            {
                _gate.Enter();
                if (!wanted)
                {
                    _gate.Leave();
                    return;
                }

                _x = Console.Read();
            }

            public void End()
            {
                Console.WriteLine(_x);
                _gate.Leave();
            }
        }
        """);

    [Fact]
    public Task Silent_when_lent_out_in_a_loop_and_taken_back() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly Queue<Action> _work = new();
            private bool _stopped;

            public void M()
            {
                Monitor.Enter(_g);
                try
                {
                    while (!_stopped)
                    {
                        var work = _work.Dequeue();
                        Monitor.Exit(_g);
                        try
                        {
                            work();
                        }
                        finally
                        {
                            Monitor.Enter(_g);
                        }
                    }
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_flag_is_set_through_a_conditional() => Silent("""
        public async Task M(bool shared, Func<Task> f)
        {
            var taken = shared ? await _s.WaitAsync(100) : false;
            try
            {
                await f();
            }
            finally
            {
                if (taken)
                    _s.Release();
            }
        }

        public void N(bool shared, bool again)
        {
            var taken = shared && Monitor.TryEnter(_g);
            try
            {
                Console.WriteLine();
            }
            finally
            {
                var release = taken ? true : false;
                if (release)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_one_variable_chooses_between_two_locks() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();
            private readonly ReaderWriterLockSlim _rw = new();

            public void M(bool first)
            {
                var chosen = first ? _a : _b;
                Monitor.Enter(chosen);
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(chosen);
                }
            }

            public void N(int n)
            {
                var write = n > 3;
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
                    if (_rw.IsWriteLockHeld)
                        _rw.ExitWriteLock();
                    else
                        _rw.ExitReadLock();
                }
            }

            public bool O(Func<bool> f)
            {
                var write = false;
                if (f())
                {
                    write = true;
                    _rw.EnterWriteLock();
                }
                else
                {
                    _rw.EnterReadLock();
                }

                try
                {
                    return f();
                }
                finally
                {
                    if (write)
                        _rw.ExitWriteLock();
                    else
                        _rw.ExitReadLock();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_getter_stands_between_taking_and_releasing() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly List<int> _items = new();
            private int _x;
            private int Count => _items.Count;
            public static int Limit { get; set; }

            public void M()
            {
                _s.Wait();
                var count = Count;
                var limit = Limit;
                _x = count + _items.Count + limit;
                _s.Release();
            }

            public async Task N(string text)
            {
                await _s.WaitAsync();
                var length = text.Length;
                try
                {
                    await Task.Delay(length);
                }
                finally
                {
                    _s.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_semaphore_is_taken_for_good_and_its_monitor_used_too() => Verify.Silent("""
        public sealed class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async ValueTask DisposeAsync(Timer timer)
            {
                lock (_a)
                {
                    timer.Dispose();
                }

                try
                {
                    await _a.WaitAsync().ConfigureAwait(false);
                }
                catch (ObjectDisposedException)
                {
                }

                try
                {
                    await _b.WaitAsync().ConfigureAwait(false);
                }
                catch (ObjectDisposedException)
                {
                }

                _a.Dispose();
                _b.Dispose();
            }

            public async Task M(Func<Task> f)
            {
                if (!await _a.WaitAsync(0).ConfigureAwait(false))
                    return;
                try
                {
                    await f();
                }
                finally
                {
                    _a.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_helper_in_between_only_stores_values() => Verify.Silent("""
        public class C
        {
            private SpinLock _s = new(false);
            private long _last;
            private int _low;

            public int M(long ticks)
            {
                var taken = false;
                _s.Enter(ref taken);
                if (ticks > _last)
                    Store(ticks);
                var low = _low++;
                if (taken)
                    _s.Exit();
                return low;
            }

            private void Store(long ticks)
            {
                _low = (int)(ticks & 0xFFFF);
                this._last = ticks + 1;
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_helper_in_between_computes_what_may_fail() => Verify.Fires("""
        public class C
        {
            private SpinLock _s = new(false);
            private int _x;

            public void M(int n)
            {
                var taken = false;
                [|_s.Enter(ref taken)|];
                Divide(n);
                if (taken)
                    _s.Exit();
            }

            private void Divide(int n) => _x = 100 / n;
        }
        """);
}
