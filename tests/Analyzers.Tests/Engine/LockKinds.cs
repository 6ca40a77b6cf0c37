using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Every kind of lock excludes in its own way.</summary>
public class LockKinds
{
    private const string Mutex = "new(1, 1)";

    [Fact]
    public Task C1_19_Silent_inside_a_scope_of_Lock() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            using (_g.EnterScope())
            {
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_19_Fires_after_a_scope_of_Lock() => Guarded.Fires("Lock", "new()", """
        public void M()
        {
            using (_g.EnterScope())
            {
            }

            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_20_Silent_to_the_end_of_the_block_of_a_scope_declaration() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            using var _ = _g.EnterScope();
            F();
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_20_Fires_after_the_block_of_a_scope_declaration() => Guarded.Fires("Lock", "new()", """
        public void M()
        {
            {
                using var scope = _g.EnterScope();
            }

            [|_x|] = 1;
        }
        """);

    /// <summary>The compiler's graph of such a body is wrong in nullable code: nothing is said about it.</summary>
    [Fact]
    public Task Known_miss_after_a_lock_statement_on_Lock_beside_another_lock() => Guarded.Silent("Lock", "new()", """
        private readonly object _other = new();
        public void M()
        {
            lock (_g)
            {
                Monitor.Enter(_other);
                _x = 1;
                Monitor.Exit(_other);
            }

            _x = 2;
        }
        """);

    [Fact]
    public Task C1_20_Silent_in_a_lock_statement_on_Lock() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            lock (_g)
            {
                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_20_Silent_between_Enter_and_Exit_of_Lock() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            _g.Enter();
            try
            {
                _x = 1;
            }
            finally
            {
                _g.Exit();
            }
        }
        """);

    [Fact]
    public Task C1_20_Fires_where_TryEnter_of_Lock_failed() => Guarded.Fires("Lock", "new()", """
        public void M()
        {
            if (_g.TryEnter())
            {
                _x = 1;
                _g.Exit();
                return;
            }

            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_20_Fires_after_the_scope_was_disposed_of() => Guarded.Fires("Lock", "new()", """
        public void M()
        {
            var scope = _g.EnterScope();
            _x = 1;
            scope.Dispose();
            [|_x|] = 2;
        }
        """);

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

    [Fact]
    public Task C1_27_Silent_on_a_write_under_the_write_lock() => Guarded.Silent("ReaderWriterLockSlim", "new()", """
        public void M()
        {
            _g.EnterWriteLock();
            try
            {
                _x = 1;
            }
            finally
            {
                _g.ExitWriteLock();
            }
        }
        """);

    [Fact]
    public Task C1_27_Fires_on_a_write_under_the_read_lock() => Guarded.Fires("ReaderWriterLockSlim", "new()", """
        public void M()
        {
            _g.EnterReadLock();
            try
            {
                [|_x|] = 1;
            }
            finally
            {
                _g.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task C1_27_Silent_on_a_read_under_the_read_lock() => Guarded.Silent("ReaderWriterLockSlim", "new()", """
        public int M()
        {
            _g.EnterReadLock();
            try
            {
                return _x;
            }
            finally
            {
                _g.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task C1_27_Fires_after_the_read_lock() => Guarded.Fires("ReaderWriterLockSlim", "new()", """
        public int M()
        {
            _g.EnterReadLock();
            _g.ExitReadLock();
            return [|_x|];
        }
        """);

    [Fact]
    public Task C1_27_Silent_where_a_try_for_the_write_lock_succeeded() => Guarded.Silent("ReaderWriterLockSlim", "new()", """
        public void M()
        {
            if (!_g.TryEnterWriteLock(100))
                return;
            _x = 1;
            _g.ExitWriteLock();
        }
        """);

    [Fact]
    public Task C1_28_Silent_on_reading_under_the_upgradeable_lock_and_writing_once_upgraded() => Guarded.Silent("ReaderWriterLockSlim", "new()", """
        public void M()
        {
            _g.EnterUpgradeableReadLock();
            try
            {
                if (_x != 0)
                    return;
                _g.EnterWriteLock();
                try
                {
                    _x = 1;
                }
                finally
                {
                    _g.ExitWriteLock();
                }

                F();
                _ = _x;
            }
            finally
            {
                _g.ExitUpgradeableReadLock();
            }
        }
        """);

    [Fact]
    public Task C1_28_Fires_on_a_write_under_the_upgradeable_lock_alone() => Guarded.Fires("ReaderWriterLockSlim", "new()", """
        public void M()
        {
            _g.EnterUpgradeableReadLock();
            try
            {
                [|_x|] = 1;
            }
            finally
            {
                _g.ExitUpgradeableReadLock();
            }
        }
        """);

    [Fact]
    public Task Silent_while_a_mutex_is_held() => Guarded.Silent("Mutex", "new()", """
        public void M()
        {
            _g.WaitOne();
            try
            {
                _x = 1;
            }
            finally
            {
                _g.ReleaseMutex();
            }
        }
        """);

    [Fact]
    public Task Fires_where_waiting_for_a_mutex_timed_out() => Guarded.Fires("Mutex", "new()", """
        public void M()
        {
            if (_g.WaitOne(100))
            {
                _x = 1;
                _g.ReleaseMutex();
            }
            else
            {
                [|_x|] = 2;
            }
        }
        """);
}
