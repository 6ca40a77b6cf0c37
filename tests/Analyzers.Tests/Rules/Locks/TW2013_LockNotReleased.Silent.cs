using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Rules;

public partial class TW2013_LockNotReleased
{
    [Fact]
    public Task Silent_when_released_in_a_finally() => Silent("""
        public int M(bool b)
        {
            Monitor.Enter(_g);
            try
            {
                if (b)
                    return 0;
                Console.WriteLine();
                return 1;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }

        public async Task N(CancellationToken token)
        {
            await _s.WaitAsync(token).ConfigureAwait(false);
            try { await Task.Delay(1, token); } finally { _s.Release(); }
        }
        """);

    [Fact]
    public Task Silent_on_lock_and_on_scopes() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly Lock _l = new();

            public void M()
            {
                lock (_g)
                {
                    Console.WriteLine();
                }

                using (_l.EnterScope())
                {
                    Console.WriteLine();
                }

                using var scope = _l.EnterScope();
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Silent_when_nothing_between_can_throw() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;
            private bool _closed;

            public int M(int y)
            {
                Monitor.Enter(_g);
                _x += y;
                var x = _x > 3 ? _x : y;
                _closed = true;
                Monitor.Exit(_g);
                return x;
            }

            public void N(int y)
            {
                Monitor.Enter(_g);
                if (_closed)
                {
                    Monitor.Exit(_g);
                    return;
                }

                _x = y;
                Monitor.Pulse(_g);
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_taken_inside_the_try_with_a_flag() => Silent("""
        public void M()
        {
            var taken = false;
            try
            {
                Monitor.Enter(_g, ref taken);
                Console.WriteLine();
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }

        public bool N()
        {
            var taken = false;
            try
            {
                Monitor.TryEnter(_g, 100, ref taken);
                if (!taken)
                    return false;
                Console.WriteLine();
                return true;
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_try_that_failed_holds_nothing() => Silent("""
        public bool M()
        {
            if (!Monitor.TryEnter(_g))
                return false;
            try
            {
                Console.WriteLine();
                return true;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }

        public async Task N()
        {
            var entered = await _s.WaitAsync(100);
            try
            {
                await Task.Yield();
            }
            finally
            {
                if (entered)
                    _s.Release();
            }
        }

        public async Task O()
        {
            if (await _s.WaitAsync(0))
            {
                try { await Task.Yield(); } finally { _s.Release(); }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_handed_over_to_a_releaser() => Verify.Silent("""
        public sealed class Gate
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task<IDisposable> EnterAsync()
            {
                await _s.WaitAsync();
                return new Releaser(this);
            }

            public IDisposable Enter()
            {
                _s.Wait();
                return new Other(_s);
            }

            private sealed class Releaser : IDisposable
            {
                private readonly Gate _gate;
                public Releaser(Gate gate) => _gate = gate;
                public void Dispose() => _gate._s.Release();
            }

            private sealed class Other : IDisposable
            {
                private readonly SemaphoreSlim _semaphore;
                public Other(SemaphoreSlim semaphore) => _semaphore = semaphore;
                public void Dispose() => _semaphore.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_when_one_method_enters_and_another_leaves() => Silent("""
        public void Enter() => Monitor.Enter(_g);
        public void Leave() => Monitor.Exit(_g);

        public void BeginWrite()
        {
            _rw.EnterWriteLock();
            Console.WriteLine();
        }

        public void EndWrite()
        {
            Console.WriteLine();
            _rw.ExitWriteLock();
        }
        """);

    [Fact]
    public Task Silent_between_private_helpers_with_a_finally() => Silent("""
        public void M()
        {
            Enter();
            try { Console.WriteLine(); } finally { Leave(); }
        }

        private void Enter() => Monitor.Enter(_g);
        private void Leave() => Monitor.Exit(_g);
        """);

    [Fact]
    public Task Silent_when_a_semaphore_is_a_signal() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _ready = new(0);
            private readonly Queue<int> _queue = new();

            public async Task<int> Take()
            {
                await _ready.WaitAsync();
                lock (_queue)
                {
                    return _queue.Dequeue();
                }
            }

            public void Add(int item)
            {
                lock (_queue)
                {
                    _queue.Enqueue(item);
                }

                _ready.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_semaphore_of_one_is_released_by_another_member() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _turn = new(1, 1);

            public async Task Begin()
            {
                await _turn.WaitAsync();
                Console.WriteLine();
            }

            public void Done() => _turn.Release();
        }
        """);

    [Fact]
    public Task Silent_when_the_work_that_is_started_releases() => Verify.Silent("""
        public class C
        {
            public async Task M(IEnumerable<string> items)
            {
                var throttle = new SemaphoreSlim(4);
                var tasks = new List<Task>();
                foreach (var item in items)
                {
                    await throttle.WaitAsync();
                    tasks.Add(Task.Run(async () =>
                    {
                        try
                        {
                            await Task.Delay(item.Length);
                        }
                        finally
                        {
                            throttle.Release();
                        }
                    }));
                }

                await Task.WhenAll(tasks);
            }
        }
        """);

    [Fact]
    public Task Silent_when_every_exception_releases() => Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                Console.WriteLine();
            }
            catch
            {
                Monitor.Exit(_g);
                throw;
            }

            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Silent_when_released_and_taken_again_around_a_wait() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _ready;

            public void M()
            {
                Monitor.Enter(_g);
                try
                {
                    while (!_ready)
                        Monitor.Wait(_g);
                    Monitor.Exit(_g);
                    try
                    {
                        Console.WriteLine();
                    }
                    finally
                    {
                        Monitor.Enter(_g);
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
    public Task Silent_when_arguments_are_checked_before() => Silent("""
        public void M(string s)
        {
            if (s.Length == 0)
                throw new ArgumentException("empty", nameof(s));
            Monitor.Enter(_g);
            try { Console.WriteLine(s); } finally { Monitor.Exit(_g); }
        }
        """);

    [Fact]
    public Task Silent_when_the_finally_releases_under_a_null_test() => Verify.Silent("""
        public class C
        {
            public async Task M(SemaphoreSlim? s)
            {
                if (s != null)
                    await s.WaitAsync();
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    s?.Release();
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

            public void M()
            {
                Monitor.Enter(_g);
                Console.WriteLine();
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_lock_of_the_caller_is_lent_out_and_taken_back_in_a_loop() => Silent("""
        public async Task M(IEnumerable<Func<Task>> all, CancellationToken token)
        {
            foreach (var one in all)
            {
                try
                {
                    _s.Release();
                    await one();
                }
                finally
                {
                    await _s.WaitAsync(token);
                }

                await one();
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_list_is_copied_in_between() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly List<Action> _handlers = new();

            public async Task M()
            {
                await _s.WaitAsync();
                List<Action> copied = new(_handlers);
                _s.Release();
                foreach (var handler in copied)
                    handler();
            }
        }
        """);
}
