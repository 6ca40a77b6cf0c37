using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held in lambdas, local functions, queries and iterators.</summary>
public class HeldInFunctions
{
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
    public Task Fires_in_a_lambda_made_by_a_constructor() => Guarded.Fires("""
        private readonly Timer _timer;

        public C()
        {
            _timer = new Timer(_ => [|_x|]++);
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
