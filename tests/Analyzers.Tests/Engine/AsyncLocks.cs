using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Semaphores of one and locks that are awaited.</summary>
public class AsyncLocks
{
    private const string Mutex = "new(1, 1)";

    [Fact]
    public Task C1_21_Silent_while_a_semaphore_of_one_is_held_across_awaits() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public async Task M()
        {
            await _g.WaitAsync();
            try
            {
                _x = 1;
                await FAsync();
                _x = 2;
            }
            finally
            {
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_21_Silent_after_awaiting_without_the_context() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public async Task M(CancellationToken token)
        {
            await _g.WaitAsync(token).ConfigureAwait(false);
            try
            {
                _x = 1;
            }
            finally
            {
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_21_Silent_after_a_synchronous_wait() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public void M()
        {
            _g.Wait();
            try
            {
                _x = 1;
            }
            finally
            {
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_22_Fires_when_the_wait_is_not_awaited() => Guarded.Fires("SemaphoreSlim", Mutex, """
        public async Task M()
        {
            _ = _g.WaitAsync();
            try
            {
                [|_x|] = 1;
                await FAsync();
            }
            finally
            {
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_22_Silent_when_the_wait_is_awaited_later() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public async Task M()
        {
            var entered = _g.WaitAsync();
            F();
            await entered;
            _x = 1;
            _g.Release();
        }
        """);

    [Fact]
    public Task C1_23_Silent_where_a_wait_with_a_timeout_succeeded() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public async Task M()
        {
            if (await _g.WaitAsync(100))
            {
                _x = 1;
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_23_Silent_after_leaving_where_a_wait_with_a_timeout_failed() => Guarded.Silent("SemaphoreSlim", Mutex, """
        public async Task<bool> M(TimeSpan timeout, CancellationToken token)
        {
            var entered = await _g.WaitAsync(timeout, token).ConfigureAwait(false);
            if (!entered)
                return false;
            _x = 1;
            _g.Release();
            return true;
        }
        """);

    [Fact]
    public Task C1_23_Fires_when_the_result_of_a_wait_with_a_timeout_is_ignored() => Guarded.Fires("SemaphoreSlim", Mutex, """
        public async Task M()
        {
            await _g.WaitAsync(100);
            [|_x|] = 1;
            _g.Release();
        }
        """);

    [Fact]
    public Task C1_24_Fires_when_the_semaphore_admits_more_than_one() => Guarded.Fires("SemaphoreSlim", "new(4)", """
        public async Task M()
        {
            await _g.WaitAsync();
            try
            {
                [|_x|]++;
            }
            finally
            {
                _g.Release();
            }
        }
        """);

    [Fact]
    public Task C1_25_Silent_while_an_async_lock_is_held() => Guarded.Silent("AsyncLock", "new()", """
        public async Task M()
        {
            using (await _g.LockAsync())
            {
                _x = 1;
                await FAsync();
                _x = 2;
            }
        }
        """);

    [Fact]
    public Task C1_25_Silent_to_the_end_of_the_block_of_an_async_lock() => Guarded.Silent("AsyncLock", "new()", """
        public async Task M()
        {
            using var held = await _g.LockAsync().ConfigureAwait(false);
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_25_Fires_after_an_async_lock() => Guarded.Fires("AsyncLock", "new()", """
        public async Task M()
        {
            using (await _g.LockAsync())
            {
            }

            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_25_Silent_until_the_releaser_is_disposed_of_by_hand() => Guarded.Silent("AsyncLock", "new()", """
        public async Task M()
        {
            var held = await _g.LockAsync();
            try
            {
                _x = 1;
            }
            finally
            {
                held.Dispose();
            }
        }
        """);

    [Fact]
    public Task C1_25_Fires_when_an_async_lock_is_not_awaited() => Guarded.Fires("AsyncLock", "new()", """
        public void M()
        {
            using (_g.LockAsync())
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_26_Silent_when_the_releaser_is_discarded() => Guarded.Silent("AsyncLock", "new()", """
        public async Task M()
        {
            _ = await _g.LockAsync();
            _x = 1;
        }
        """);
}
