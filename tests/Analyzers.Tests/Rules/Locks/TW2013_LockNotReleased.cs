using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Rules;

public partial class TW2013_LockNotReleased
{
    private static Task Fires(string members, params string[] messages) => Verify.Fires(UsualLocks.Class(members), messages);

    private static Task Silent(string members) => Verify.Silent(UsualLocks.Class(members));

    [Fact]
    public Task Fires_when_a_call_between_Enter_and_Exit_may_throw() => Fires("""
        public void M()
        {
            [|Monitor.Enter(_g)|];
            Console.WriteLine();
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Fires_on_an_early_return() => Fires("""
        public int M(bool b)
        {
            [|Monitor.Enter(_g)|];
            if (b)
                return 0;
            var x = _x;
            Monitor.Exit(_g);
            return x;
        }
        """);

    [Fact]
    public Task Fires_when_a_semaphore_is_not_released_before_an_early_return() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private string? _cached;

            public async Task<string> M()
            {
                await [|_s.WaitAsync()|];
                if (_cached != null)
                    return _cached;
                try
                {
                    return _cached = await F();
                }
                finally
                {
                    _s.Release();
                }
            }

            private static Task<string> F() => Task.FromResult("");
        }
        """);

    [Fact]
    public Task Fires_when_an_await_between_may_throw() => Fires("""
        public async Task M(Task t, CancellationToken token)
        {
            await [|_s.WaitAsync(token)|].ConfigureAwait(false);
            await t;
            _s.Release();
        }
        """);

    [Fact]
    public Task Fires_on_a_synchronous_wait() => Fires("""
        public void M()
        {
            [|_s.Wait()|];
            Console.WriteLine();
            _s.Release();
        }
        """);

    [Fact]
    public Task Fires_on_every_kind_of_lock() => Verify.Fires("""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly Mutex _mutex = new();
            private readonly Lock _lock = new();

            public void Read()
            {
                [|_rw.EnterReadLock()|];
                Console.WriteLine();
                _rw.ExitReadLock();
            }

            public void Write()
            {
                [|_rw.EnterWriteLock()|];
                Console.WriteLine();
                _rw.ExitWriteLock();
            }

            public void Own()
            {
                [|_mutex.WaitOne()|];
                Console.WriteLine();
                _mutex.ReleaseMutex();
            }

            public void Hold()
            {
                [|_lock.Enter()|];
                Console.WriteLine();
                _lock.Exit();
            }
        }
        """);

    [Fact]
    public Task Fires_when_an_exception_is_thrown_between() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private bool _closed;

            public void M()
            {
                [|Monitor.Enter(_g)|];
                if (_closed)
                    throw new InvalidOperationException();
                _closed = true;
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Fires_when_one_branch_forgets() => Fires("""
        public void M(bool b)
        {
            [|Monitor.Enter(_g)|];
            if (b)
            {
                _x = 1;
                Monitor.Exit(_g);
            }
            else
            {
                _x = 2;
            }
        }
        """);

    [Fact]
    public Task Fires_when_something_may_throw_between_Enter_and_try() => Fires("""
        public void M()
        {
            [|Monitor.Enter(_g)|];
            Console.WriteLine();
            try { Console.WriteLine(); } finally { Monitor.Exit(_g); }
        }
        """);

    [Fact]
    public Task Fires_when_only_some_exceptions_release() => Fires("""
        public void M()
        {
            [|Monitor.Enter(_g)|];
            try
            {
                Console.WriteLine();
            }
            catch (System.IO.IOException)
            {
                Monitor.Exit(_g);
                throw;
            }

            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Fires_on_the_success_branch_of_TryEnter() => Fires("""
        public bool M(bool b)
        {
            if (![|Monitor.TryEnter(_g)|])
                return false;
            if (b)
                return true;
            Monitor.Exit(_g);
            return true;
        }
        """);

    [Fact]
    public Task Known_miss_when_a_lock_taken_twice_is_released_once() => Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            Monitor.Enter(_g);
            _x = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Fires_when_a_loop_goes_round_without_releasing() => Fires("""
        public async Task M(IEnumerable<string> items)
        {
            foreach (var item in items)
            {
                await [|_s.WaitAsync()|];
                if (item.Length == 0)
                    continue;
                try { await Task.Yield(); } finally { _s.Release(); }
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_lambda() => Fires("""
        public Task M() => Task.Run(async () =>
        {
            await [|_s.WaitAsync()|];
            await Task.Delay(1);
            _s.Release();
        });
        """);

    [Fact]
    public Task Fires_on_a_local_semaphore_and_a_parameter() => Verify.Fires("""
        public class C
        {
            public async Task M(Func<Task> f, object gate)
            {
                var s = new SemaphoreSlim(1, 1);
                await [|s.WaitAsync()|];
                await f();
                s.Release();
                [|Monitor.Enter(gate)|];
                Console.WriteLine();
                Monitor.Exit(gate);
            }
        }
        """);
}
