using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SelfDeadlock>;

namespace Analyzers.Tests.Rules;

public partial class TW2004_SelfDeadlock
{
    [Fact]
    public Task C5_155_Silent_on_a_re_entrant_lock() => Silent("""
        public void M()
        {
            lock (_g)
                lock (_g)
                    _x++;
            Monitor.Enter(_g);
            Monitor.Enter(_g);
            Monitor.Exit(_g);
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C5_157_Silent_when_the_inner_call_comes_after_the_release() => Silent("""
        public async Task M()
        {
            await _s.WaitAsync();
            try { _x++; } finally { _s.Release(); }
            await N();
        }

        private async Task N()
        {
            await _s.WaitAsync();
            _s.Release();
        }
        """);

    [Fact]
    public Task C5_158_Silent_on_the_lock_of_another_instance() => Verify.Silent("""
        public class Node
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly Node? _child;

            public async Task M()
            {
                await _s.WaitAsync();
                if (_child != null)
                {
                    await _child._s.WaitAsync();
                    await _child.N();
                    _child._s.Release();
                }
                _s.Release();
            }

            public Task Both(Node a, Node b)
            {
                a._s.Wait();
                b._s.Wait();
                b._s.Release();
                a._s.Release();
                return Task.CompletedTask;
            }

            private Task N() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task C5_169_Silent_when_an_unawaited_call_takes_it_after_its_first_await() => Silent("""
        public void M()
        {
            _s.Wait();
            _ = F();
            _s.Release();
        }

        public void N()
        {
            _s.Wait();
            _ = G();
            _s.Release();
        }

        private async Task F()
        {
            await Task.Yield();
            _s.Wait();
            _s.Release();
        }

        private Task G() => F();
        """);

    [Fact]
    public Task Silent_when_an_unawaited_call_asks_for_it_asynchronously() => Silent("""
        public void M()
        {
            _s.Wait();
            _ = F();
            _s.Release();
        }

        private async Task F()
        {
            await _s.WaitAsync();
            _s.Release();
        }
        """);

    [Theory]
    [InlineData("private readonly ReaderWriterLockSlim _r = new(LockRecursionPolicy.SupportsRecursion);")]
    [InlineData("private readonly ReaderWriterLockSlim _r; public C(ReaderWriterLockSlim r) => _r = r;")]
    [InlineData("private readonly ReaderWriterLockSlim _r; public C(LockRecursionPolicy p) => _r = new(p);")]
    [InlineData("private readonly ReaderWriterLock _r = new();")]
    public Task C5_160_Silent_on_a_reader_writer_lock_that_may_be_re_entrant(string field) => Verify.Silent($$"""
        public class C
        {
            {{field}}

            public void M()
            {
                _r.{{(field.Contains("ReaderWriterLock _r") ? "AcquireReaderLock(-1)" : "EnterReadLock()")}};
                _r.{{(field.Contains("ReaderWriterLock _r") ? "AcquireReaderLock(-1)" : "EnterReadLock()")}};
            }
        }
        """);

    [Theory]
    [InlineData("EnterUpgradeableReadLock", "EnterWriteLock")]
    [InlineData("EnterUpgradeableReadLock", "EnterReadLock")]
    public Task C5_160_Silent_within_an_upgradeable_read_lock(string first, string second) => Silent($$"""
        public void M()
        {
            _rw.{{first}}();
            _rw.{{second}}();
        }
        """);

    [Fact]
    public Task Silent_on_a_try_with_a_limit() => Silent("""
        public async Task M()
        {
            await _s.WaitAsync();
            if (_s.Wait(0) || await _s.WaitAsync(100) || _s.Wait(TimeSpan.FromSeconds(1)))
                _s.Release();
            _s.Release();
        }
        """);

    [Fact]
    public Task Silent_on_a_semaphore_that_admits_several() => Silent("""
        public async Task M()
        {
            await _four.WaitAsync();
            await _four.WaitAsync();
            _four.Release(2);
        }
        """);

    [Theory]
    [InlineData("new(0, 1)")]
    [InlineData("new(n, n)")]
    [InlineData("s ?? new(1, 1)")]
    public Task Silent_on_a_semaphore_that_is_not_proven_to_admit_one(string value) => Verify.Silent($$"""
        public class C
        {
            private readonly SemaphoreSlim _s;
            public C(int n, SemaphoreSlim? s) => _s = {{value}};

            public void M()
            {
                _s.Wait();
                _s.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_semaphore_that_others_give_back() => Silent("""
        public async Task Consume()
        {
            while (_x > 0)
            {
                await _s.WaitAsync();
                await _s.WaitAsync();
            }
        }

        public void Produce() => _s.Release();
        """);

    [Fact]
    public Task Silent_on_a_semaphore_that_is_handed_to_others() => Silent("""
        public void M(Action<SemaphoreSlim> use)
        {
            _s.Wait();
            use(_s);
            _s.Wait();
        }
        """);

    [Fact]
    public Task Silent_when_a_helper_gives_it_back_for_a_while() => Silent("""
        public async Task M()
        {
            await _s.WaitAsync();
            try { await Outside(); } finally { _s.Release(); }
        }

        private async Task Outside()
        {
            _s.Release();
            try { await Task.Delay(1); } finally { await _s.WaitAsync(); }
        }
        """);

    [Fact]
    public Task Silent_when_an_argument_decides_whether_it_is_taken() => Silent("""
        public async Task M()
        {
            await _s.WaitAsync();
            await Core(held: true);
            await Middle(true);
            _s.Release();
        }

        private async Task Core(bool held)
        {
            if (!held)
                await _s.WaitAsync();
            _x++;
            if (!held)
                _s.Release();
        }

        private async Task Middle(bool held)
        {
            if (!held)
                await Always();
        }

        private async Task Always()
        {
            await _s.WaitAsync();
            _s.Release();
        }
        """);

    [Fact]
    public Task Silent_when_a_missing_argument_decides_whether_it_is_taken() => Silent("""
        public async Task M()
        {
            using var scope = await Enter();
            await Core(scope);
        }

        private async Task Core(IDisposable? scope)
        {
            if (scope == null)
                await _s.WaitAsync();
            _x++;
        }

        private async Task<IDisposable> Enter()
        {
            await _s.WaitAsync();
            return new Leave(_s);
        }

        private sealed class Leave(SemaphoreSlim s) : IDisposable
        {
            public void Dispose() => s.Release();
        }
        """);

    [Fact]
    public Task Silent_hand_over_hand() => Verify.Silent("""
        public class Node
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private Node? _next;

            public void Walk(Node node)
            {
                node._s.Wait();
                while (node._next is { } next)
                {
                    next._s.Wait();
                    node._s.Release();
                    node = next;
                }
                node._s.Release();
            }

            public void Along(Node node)
            {
                node._s.Wait();
                node = node._next!;
                node._s.Wait();
            }

            public void All(List<Node> nodes)
            {
                foreach (var node in nodes)
                    node._s.Wait();
            }

            public void Field()
            {
                _next!._s.Wait();
                _next = _next._next;
                _next!._s.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_static_lock_of_another_constructed_type() => Verify.Silent("""
        public static class Cache<T>
        {
            private static readonly SemaphoreSlim s_turn = new(1, 1);

            public static void Take()
            {
                s_turn.Wait();
                Cache<List<T>>.Other();
                s_turn.Release();
            }

            private static void Other()
            {
                s_turn.Wait();
                s_turn.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_when_other_threads_take_it() => Silent("""
        public void M()
        {
            _s.Wait();
            _ = Task.Run(() => N());
            _ = Task.Run(N);
            _s.Release();
        }

        private void N()
        {
            _s.Wait();
            _s.Release();
        }
        """);

    [Fact]
    public Task Silent_on_a_lock_with_a_key() => SilentWhenTakenTwice("""
        M:Acme.Gate.TakeAsync acquires returns=scope
        T:Acme.Gate lock affine=no reentrant=no striped=yes
        """);

    [Fact]
    public Task Silent_on_a_lock_whose_nature_nobody_knows() => SilentWhenTakenTwice("M:Acme.Gate.TakeAsync acquires returns=scope");

    private static Task SilentWhenTakenTwice(string rows) => new Verify.Case { AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = rows } }.Silent(Gate.Type, """
        public class C
        {
            private readonly Acme.Gate _gate = new();

            public async Task A()
            {
                using (await _gate.TakeAsync())
                using (await _gate.TakeAsync())
                    await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Silent_when_it_is_taken_on_one_way_only() => Silent("""
        public void M(bool b)
        {
            if (b)
                _s.Wait();
            else
                _s.Wait();
            _s.Release();
            if (_x > 0)
                _s.Wait();
            if (_x == 0)
                _s.Wait();
            _s.Release();
        }
        """);

    /// <summary>A lock of a package, and what it gives to await.</summary>
    private static string Awaitable(string body) => $$"""
        using System.Runtime.CompilerServices;

        namespace Nito.AsyncEx
        {
            public struct AwaitableDisposable<T> where T : IDisposable
            {
                public TaskAwaiter<T> GetAwaiter() => default;
                public ConfiguredTaskAwaitable<T> ConfigureAwait(bool same) => default;
            }

            public sealed class AsyncLock
            {
                public AwaitableDisposable<IDisposable> LockAsync(CancellationToken token) => default;
            }
        }

        public class C
        {
            private readonly Nito.AsyncEx.AsyncLock _lock = new();

            public async Task M(CancellationToken token)
            {
                {{body}}
                    await Task.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData(".ConfigureAwait(false)")]
    public Task Silent_when_what_is_awaited_is_no_task(string view) =>
        Verify.Silent(Awaitable($"using (await _lock.LockAsync(token){view})"));

    [Theory]
    [InlineData("")]
    [InlineData(".ConfigureAwait(false)")]
    public Task Fires_when_what_is_awaited_is_no_task(string view) =>
        Verify.Fires(Awaitable($"using (await _lock.LockAsync(token)) using (await [|_lock.LockAsync(token)|]{view})"));
}
