using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DroppedLockScope>;

namespace Analyzers.Tests.Rules;

public partial class TW2017_DroppedLockScope
{
    private const string AsyncLock = """
        public sealed class AsyncLock
        {
            public Task<IDisposable> LockAsync() => Task.FromResult<IDisposable>(new System.IO.MemoryStream());
        }
        """;

    [Fact]
    public Task Fires_on_a_scope_nobody_keeps() => Verify.Fires("""
        public class C
        {
            private readonly Lock _gate = new();
            private int _x;

            public void M()
            {
                [|_gate.EnterScope()|];
                _x++;
            }
        }
        """, "'C.M' drops what 'Lock.EnterScope' returns, which alone gives '_gate' back; everybody who wants it next waits for ever");

    [Fact]
    public Task Fires_on_a_discard_and_on_a_local_nobody_asks_for() => Verify.Fires("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M() { _ = [|_gate.EnterScope()|]; }

            public void N()
            {
                var scope = [|_gate.EnterScope()|];
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Fires_on_the_releaser_of_an_async_lock() => Verify.Fires([AsyncLock, """
        public class C
        {
            private readonly AsyncLock _gate = new();

            public async Task M()
            {
                await [|_gate.LockAsync()|];
                await Task.Yield();
                await [|_gate.LockAsync()|].ConfigureAwait(false);
                _ = await [|_gate.LockAsync()|];
            }
        }
        """]);

    [Fact]
    public Task Fires_though_another_member_uses_the_lock_well() => Verify.Fires("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                [|_gate.EnterScope()|];
                Console.WriteLine();
            }

            public void N()
            {
                using (_gate.EnterScope())
                    Console.WriteLine();
                lock (_gate) { }
                _gate.Enter();
                try { }
                finally { _gate.Exit(); }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_scope_is_used() => Verify.Silent(AsyncLock, """
        public class C
        {
            private readonly AsyncLock _async = new();
            private readonly Lock _gate = new();

            public void M()
            {
                using (_gate.EnterScope()) { }
                using var scope = _gate.EnterScope();
            }

            public void N()
            {
                var scope = _gate.EnterScope();
                try { }
                finally { scope.Dispose(); }
            }

            public async Task<IDisposable> O()
            {
                using (await _async.LockAsync()) { }
                using var held = await _async.LockAsync().ConfigureAwait(false);
                return await _async.LockAsync();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_given_back_by_a_call() => Verify.Silent("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                _gate.EnterScope();
                try { Console.WriteLine(); }
                finally { _gate.Exit(); }
            }

            public void Begin() { _gate.EnterScope(); }

            public void End() => _gate.Exit();
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_returns_nothing_to_keep() => Verify.Silent("""
        public class C
        {
            private readonly Lock _gate = new();
            private readonly SemaphoreSlim _turn = new(1, 1);

            public async Task M()
            {
                _gate.Enter();
                _gate.Exit();
                await _turn.WaitAsync();
                _turn.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_home_made_lock_that_is_given_back_by_a_member() => Verify.Silent("""
        public sealed class FileLock : IDisposable
        {
            public FileLock Acquire() => this;
            public void Release() { }
            public void Dispose() { }
        }

        public class C
        {
            private readonly FileLock _file = new();

            public void M() { _file.Acquire(); }

            public void Close() => _file.Dispose();
        }
        """);

    [Fact]
    public Task Silent_when_the_scope_is_returned_passed_or_stored() => Verify.Silent(AsyncLock, """
        public class C
        {
            private readonly AsyncLock _gate = new();
            private IDisposable? _held;

            public Task<IDisposable> M() => _gate.LockAsync();
            public async Task N() => _held = await _gate.LockAsync();
            public async Task O() => Use(await _gate.LockAsync());
            private static void Use(IDisposable scope) { }
        }
        """);
}
