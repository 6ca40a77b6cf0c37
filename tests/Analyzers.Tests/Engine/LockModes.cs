using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Locks of readers and writers, and of processes.</summary>
public class LockModes
{
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
