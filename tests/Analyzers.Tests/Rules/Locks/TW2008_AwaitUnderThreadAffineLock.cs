using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.AwaitUnderThreadAffineLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2008_AwaitUnderThreadAffineLock
{
    [Fact]
    public Task Fires_between_Enter_and_Exit() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_success_branch_of_TryEnter() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task<bool> M(Task<int> t)
            {
                if (!Monitor.TryEnter(_g, 100))
                {
                    await t;
                    return false;
                }

                try
                {
                    var x = [|await t.ConfigureAwait(false)|];
                    return x > 0;
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_where_the_taken_flag_is_true() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                var taken = false;
                try
                {
                    Monitor.Enter(_g, ref taken);
                    [|await Task.Yield()|];
                }
                finally
                {
                    if (taken)
                        Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_under_a_read_or_write_lock() => Verify.Fires("""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();

            public async Task M()
            {
                _rw.EnterReadLock();
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    _rw.ExitReadLock();
                }
            }

            public async Task<int> N(Task<int> t)
            {
                _rw.EnterWriteLock();
                try
                {
                    return [|await t|];
                }
                finally
                {
                    _rw.ExitWriteLock();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_under_a_mutex() => Verify.Fires("""
        public class C
        {
            private readonly Mutex _mutex = new();

            public async Task M()
            {
                _mutex.WaitOne();
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    _mutex.ReleaseMutex();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_under_a_spin_lock() => Verify.Fires("""
        public class C
        {
            private SpinLock _spin = new(false);

            public async Task M()
            {
                var taken = false;
                _spin.Enter(ref taken);
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    if (taken)
                        _spin.Exit();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_between_Enter_and_Exit_of_Lock() => Verify.Fires("""
        public class C
        {
            private readonly Lock _lock = new();

            public async Task M()
            {
                _lock.Enter();
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    _lock.Exit();
                }
            }
        }
        """);

    [Fact]
    public Task Fires_between_wrappers() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Enter();
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    Leave();
                }
            }

            private void Enter() => Monitor.Enter(_g);
            private void Leave() => Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Fires_on_every_await_and_only_while_held() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task<int> M(Task<int> t)
            {
                await t;
                Monitor.Enter(_g);
                var x = [|await t|] + [|await t|];
                Monitor.Exit(_g);
                return x + await t;
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_async_lambda() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public Func<Task> M() => async () =>
            {
                Monitor.Enter(_g);
                [|await Task.Delay(1)|];
                Monitor.Exit(_g);
            };
        }
        """);

    [Fact]
    public Task Fires_on_a_static_lock_and_on_a_local_alias() => Verify.Fires("""
        public class C
        {
            private static readonly object Gate = new();

            public static async Task M()
            {
                var gate = Gate;
                Monitor.Enter(gate);
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    Monitor.Exit(gate);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_semaphore_is_held_as_well() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await _s.WaitAsync()|];
                    _s.Release();
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_semaphore() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task M()
            {
                await _s.WaitAsync();
                try
                {
                    await Task.Delay(1);
                }
                finally
                {
                    _s.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_under_an_async_lock() => Verify.Silent("""
        public sealed class AsyncLock
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task<IDisposable> LockAsync()
            {
                await _s.WaitAsync();
                return new Releaser(_s);
            }

            private sealed class Releaser : IDisposable
            {
                private readonly SemaphoreSlim _s;
                public Releaser(SemaphoreSlim s) => _s = s;
                public void Dispose() => _s.Release();
            }
        }

        public class C
        {
            private readonly AsyncLock _lock = new();

            public async Task M()
            {
                using (await _lock.LockAsync())
                {
                    await Task.Delay(1);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_after_Exit() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public async Task M()
            {
                Monitor.Enter(_g);
                _x++;
                Monitor.Exit(_g);
                await Task.Delay(_x);
            }
        }
        """);

    [Fact]
    public Task Silent_after_a_lock_statement() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M(Func<Task> f)
            {
                Task t;
                lock (_g)
                {
                    t = f();
                }

                await t;
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_taken_in_a_lambda() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                await Task.Run(() =>
                {
                    lock (_g)
                    {
                        Console.WriteLine();
                    }
                });
                Action enter = () => Monitor.Enter(_g);
                await Task.Run(enter);
            }
        }
        """);

    [Fact]
    public Task Silent_in_an_async_lambda_made_under_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private Func<Task>? _later;

            public void M()
            {
                lock (_g)
                {
                    _later = async () => await Task.Delay(1);
                    Task.Run(async () => await Task.Delay(1));
                }
            }
        }
        """);

    [Fact]
    public Task Silent_where_TryEnter_failed() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                while (!Monitor.TryEnter(_g))
                    await Task.Delay(1);
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_only_one_path_may_hold_it() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();

            public async Task M(bool b)
            {
                if (b)
                {
                    Monitor.Enter(_g);
                    Monitor.Exit(_g);
                }

                await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_synchronous_helper_takes_and_releases_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public async Task M()
            {
                Count();
                await Task.Delay(1);
            }

            private void Count()
            {
                Monitor.Enter(_g);
                try
                {
                    _x++;
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_waiting_for_an_event() => Verify.Silent("""
        public class C
        {
            private readonly ManualResetEventSlim _ready = new();
            private readonly AutoResetEvent _turn = new(true);

            public async Task M()
            {
                _ready.Wait();
                _turn.WaitOne();
                await Task.Delay(1);
                _turn.Set();
            }
        }
        """);
}
