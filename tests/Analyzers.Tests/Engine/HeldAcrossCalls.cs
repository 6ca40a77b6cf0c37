using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held across the methods of one type.</summary>
public class HeldAcrossCalls
{
    [Fact]
    public Task C1_14_Silent_between_helpers_that_enter_and_leave() => Guarded.Silent("""
        private void Enter() => Monitor.Enter(_g);
        private void Leave() => Monitor.Exit(_g);

        public void M()
        {
            Enter();
            _x = 1;
            Leave();
        }
        """);

    [Fact]
    public Task C1_15_Fires_after_a_helper_that_leaves() => Guarded.Fires("""
        private void Leave() => Monitor.Exit(_g);

        public void M()
        {
            Monitor.Enter(_g);
            Leave();
            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_16_Fires_after_a_helper_that_enters_and_leaves() => Guarded.Fires("""
        private void Helper()
        {
            lock (_g)
            {
                F();
            }
        }

        public void M()
        {
            Helper();
            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_36_Silent_in_a_private_method_that_is_called_only_under_the_lock() => Guarded.Silent("""
        private void AddLocked() => _x++;

        public void M()
        {
            lock (_g)
            {
                AddLocked();
            }
        }

        public void N()
        {
            Monitor.Enter(_g);
            try
            {
                AddLocked();
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_36_Silent_two_private_calls_below_the_lock() => Guarded.Silent("""
        public void M()
        {
            lock (_g)
            {
                One();
            }
        }

        private void One() => Two();
        private void Two() => _x++;
        """);

    [Fact]
    public Task C1_36_Silent_in_a_private_property_that_is_read_only_under_the_lock() => Guarded.Silent("""
        private bool IsEmpty => _x == 0;

        public bool M()
        {
            lock (_g)
            {
                return IsEmpty;
            }
        }
        """);

    [Fact]
    public Task C1_36_Silent_in_a_recursive_private_method_that_is_entered_under_the_lock() => Guarded.Silent("""
        private void Add(int n)
        {
            _x++;
            if (n > 0)
                Add(n - 1);
        }

        public void M()
        {
            lock (_g)
            {
                Add(3);
            }
        }
        """);

    [Fact]
    public Task C1_37_Fires_once_when_one_caller_does_not_hold_the_lock() => Guarded.Fires("""
        private void AddLocked() => [|_x|]++;

        public void M()
        {
            lock (_g)
            {
                AddLocked();
            }
        }

        public void N() => AddLocked();
        """);

    [Fact]
    public Task C1_38_Fires_in_a_private_method_that_becomes_a_delegate() => Guarded.Fires("""
        private Action? _later;

        private void AddLocked() => [|_x|]++;

        public void M()
        {
            lock (_g)
            {
                AddLocked();
            }
        }

        public void N() => _later = AddLocked;
        """);

    [Fact]
    public Task Silent_in_a_private_async_method_that_is_awaited_under_the_lock() => Guarded.Silent("SemaphoreSlim", "new(1, 1)", """
        private async Task AddAsync()
        {
            _x++;
            await FAsync();
            _x++;
        }

        public async Task M()
        {
            await _g.WaitAsync();
            try
            {
                await AddAsync();
            }
            finally
            {
                _g.Release();
            }
        }
        """);
}
