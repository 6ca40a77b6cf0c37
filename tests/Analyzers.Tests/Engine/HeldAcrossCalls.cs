using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held in helpers, local functions, lambdas, iterators and constructors.</summary>
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
    public Task C1_39_Silent_in_a_local_function_that_is_called_only_under_the_lock() => Guarded.Silent("""
        public void M()
        {
            lock (_g)
            {
                Add();
            }

            void Add() => _x++;
        }
        """);

    [Fact]
    public Task C1_39_Fires_in_a_local_function_that_also_runs_elsewhere() => Guarded.Fires("""
        public void M()
        {
            lock (_g)
            {
                Add();
            }

            Task.Run(Add);

            void Add() => [|_x|]++;
        }
        """);

    [Fact]
    public Task C1_40_Silent_in_a_lambda_that_runs_at_once() => Guarded.Silent("""
        public void M(List<int> list)
        {
            lock (_g)
            {
                list.ForEach(i => _x += i);
            }
        }
        """);

    [Fact]
    public Task C1_40_Fires_in_a_lambda_that_runs_at_once_without_the_lock() => Guarded.Fires("""
        public void M(List<int> list)
        {
            list.ForEach(i => [|_x|] += i);
        }
        """);

    [Fact]
    public Task C1_41_Fires_in_a_lambda_that_is_run_elsewhere() => Guarded.Fires("""
        public void M()
        {
            lock (_g)
            {
                Task.Run(() => [|_x|]++);
            }
        }
        """);

    [Fact]
    public Task C1_41_Fires_in_a_lambda_that_is_kept() => Guarded.Fires("""
        private Action? _later;

        public void M()
        {
            lock (_g)
            {
                _later = () => [|_x|]++;
            }
        }
        """);

    [Fact]
    public Task C1_41_Silent_in_a_lambda_that_locks_by_itself() => Guarded.Silent("""
        public Task M() => Task.Run(() =>
        {
            lock (_g)
            {
                _x++;
            }
        });
        """);

    [Fact]
    public Task C1_42_Silent_in_a_query_that_is_made_under_the_lock_and_not_enumerated() => Guarded.Silent("""
        public IEnumerable<int> M(List<int> items)
        {
            lock (_g)
            {
                return items.Where(i => i > _x);
            }
        }
        """);

    [Fact]
    public Task C1_42_Silent_in_a_query_that_is_enumerated_under_the_lock() => Guarded.Silent("""
        public List<int> M(List<int> items)
        {
            lock (_g)
            {
                return items.Where(i => i > _x).Select(i => i - _x).ToList();
            }
        }
        """);

    [Fact]
    public Task C1_43_Silent_when_a_guarded_container_escapes_from_inside_the_lock() => Guarded.Silent("""
        [GuardedBy("_g")] private readonly List<int> _list = new();

        public IEnumerable<int> M()
        {
            lock (_g)
            {
                return _list.Where(i => i > 0);
            }
        }

        public List<int> N()
        {
            lock (_g)
            {
                return _list.ToList();
            }
        }
        """);

    [Fact]
    public Task C1_44_Silent_after_a_yield_inside_the_lock() => Guarded.Silent("""
        public IEnumerable<int> M()
        {
            lock (_g)
            {
                yield return 1;
                _x++;
                yield return _x;
            }
        }
        """);

    [Fact]
    public Task C1_44_Fires_in_an_iterator_outside_the_lock() => Guarded.Fires("""
        public IEnumerable<int> M()
        {
            lock (_g)
            {
                yield return 1;
            }

            yield return [|_x|];
        }
        """);

    [Fact]
    public Task C1_45_Silent_after_asserting_that_the_monitor_is_entered() => Guarded.Silent("""
        public void M()
        {
            System.Diagnostics.Debug.Assert(Monitor.IsEntered(_g));
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_45_Silent_where_a_test_says_that_the_monitor_is_entered() => Guarded.Silent("""
        public void M()
        {
            if (!Monitor.IsEntered(_g))
                throw new InvalidOperationException();
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_45_Silent_after_asserting_that_a_Lock_is_held() => Guarded.Silent("Lock", "new()", """
        public void M()
        {
            System.Diagnostics.Debug.Assert(_g.IsHeldByCurrentThread);
            _x = 1;
        }
        """);

    [Fact]
    public Task C1_48_Silent_in_constructors_and_initialisers() => Guarded.Silent("""
        [GuardedBy("_g")] private int _y = 1;
        [GuardedBy("_g")] internal int Z;

        public C()
        {
            _x = 1;
            _y = _x;
            Set();
        }

        private void Set() => _x = 2;

        public static C Make() => new C { Z = 3, _y = 4 };
        """);

    [Fact]
    public Task C1_49_Silent_in_a_static_constructor_on_its_own_statics() => Guarded.Silent("""
        private static readonly object Gate = new();
        [GuardedBy("Gate")] private static int _s = 1;

        static C()
        {
            _s = 2;
        }
        """);

    [Fact]
    public Task Fires_in_a_lambda_made_by_a_constructor() => Guarded.Fires("""
        private readonly Timer _timer;

        public C()
        {
            _timer = new Timer(_ => [|_x|]++);
        }
        """);

    [Fact]
    public Task Fires_in_an_instance_constructor_on_a_static() => Guarded.Fires("""
        private static readonly object Gate = new();
        [GuardedBy("Gate")] private static int _s;

        public C()
        {
            [|_s|]++;
        }
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

    [Fact]
    public Task Silent_in_a_delegate_local_that_is_called_under_the_lock() => Guarded.Silent("""
        public void M()
        {
            Action add = () => _x++;
            lock (_g)
            {
                add();
            }
        }
        """);
}
