using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Engine;

/// <summary>What is held along the paths of one body.</summary>
public class HeldLocks
{
    [Fact]
    public Task C1_01_Fires_on_a_write_after_Exit() => Guarded.Fires("""
        public void M()
        {
            Monitor.Enter(_g);
            Monitor.Exit(_g);
            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_02_Silent_between_Enter_and_Exit_in_a_finally() => Guarded.Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                _x = 1;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_03_Silent_when_both_branches_enter() => Guarded.Silent("""
        public void M(bool b)
        {
            if (b)
                Monitor.Enter(_g);
            else
                Monitor.Enter(_g);
            _x = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_04_Fires_when_only_one_branch_enters() => Guarded.Fires("""
        public void M(bool b)
        {
            if (b)
                Monitor.Enter(_g);
            [|_x|] = 1;
            if (b)
                Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_05_Silent_between_TryEnter_and_Exit_on_the_success_branch() => Guarded.Silent("""
        public void M()
        {
            if (Monitor.TryEnter(_g))
            {
                _x = 1;
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_06_Fires_when_the_result_of_TryEnter_is_ignored() => Guarded.Fires("""
        public void M()
        {
            Monitor.TryEnter(_g);
            [|_x|] = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_07_Fires_on_the_branch_where_TryEnter_failed() => Guarded.Fires("""
        public void M()
        {
            if (Monitor.TryEnter(_g))
            {
                Monitor.Exit(_g);
            }
            else
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_08_Silent_after_an_early_return_where_TryEnter_failed() => Guarded.Silent("""
        public void M()
        {
            if (!Monitor.TryEnter(_g))
                return;
            _x = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_08_Silent_after_an_early_return_with_a_timeout() => Guarded.Silent("""
        public void M()
        {
            if (Monitor.TryEnter(_g, 100) == false)
                throw new TimeoutException();
            _x = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_09_Silent_when_the_result_travels_through_locals() => Guarded.Silent("""
        public void M()
        {
            bool ok = Monitor.TryEnter(_g);
            var c = ok;
            if (c)
            {
                _x = 1;
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_10_Fires_when_the_result_is_stale() => Guarded.Fires("""
        public void M()
        {
            var ok = Monitor.TryEnter(_g);
            Monitor.Exit(_g);
            if (ok)
                [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_11_Silent_after_Enter_with_a_taken_flag() => Guarded.Silent("""
        public void M()
        {
            bool taken = false;
            try
            {
                Monitor.Enter(_g, ref taken);
                _x = 1;
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_11_Silent_where_the_taken_flag_of_TryEnter_is_true() => Guarded.Silent("""
        public void M()
        {
            bool taken = false;
            try
            {
                Monitor.TryEnter(_g, 100, ref taken);
                if (taken)
                    _x = 1;
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_11_Fires_where_the_taken_flag_of_TryEnter_is_not_tested() => Guarded.Fires("""
        public void M()
        {
            bool taken = false;
            try
            {
                Monitor.TryEnter(_g, 100, ref taken);
                [|_x|] = 1;
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_12_Silent_after_a_nested_lock_of_the_same_object() => Guarded.Silent("""
        public void M()
        {
            lock (_g)
            {
                lock (_g)
                {
                }

                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_12_Silent_after_one_of_two_exits() => Guarded.Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            Monitor.Enter(_g);
            Monitor.Exit(_g);
            _x = 1;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_13_Fires_between_two_locks() => Guarded.Fires("""
        public void M()
        {
            lock (_g)
            {
            }

            [|_x|] = 1;
            lock (_g)
            {
            }
        }
        """);

    [Fact]
    public Task C1_17_Silent_in_a_lock_in_a_loop() => Guarded.Silent("""
        public void M(int n)
        {
            for (var i = 0; i < n; i++)
            {
                lock (_g)
                {
                    _x++;
                }
            }
        }
        """);

    [Fact]
    public Task C1_17_Fires_after_the_loop() => Guarded.Fires("""
        public void M(int n)
        {
            for (var i = 0; i < n; i++)
            {
                lock (_g)
                {
                }
            }

            [|_x|]++;
        }
        """);

    [Fact]
    public Task C1_18_Fires_after_a_loop_that_may_not_have_entered() => Guarded.Fires("""
        public void M(bool again)
        {
            while (again)
            {
                Monitor.Enter(_g);
                again = false;
            }

            [|_x|] = 1;
        }
        """);

    [Fact]
    public Task C1_29_Silent_in_a_finally_inside_lock_with_an_early_return() => Guarded.Silent("""
        public void M(bool b)
        {
            lock (_g)
            {
                try
                {
                    if (b)
                        return;
                    F();
                }
                finally
                {
                    _x = 1;
                }
            }
        }
        """);

    [Fact]
    public Task C1_29_Silent_in_a_finally_that_runs_before_Exit() => Guarded.Silent("""
        public void M(bool b)
        {
            Monitor.Enter(_g);
            try
            {
                try
                {
                    if (b)
                        return;
                    F();
                }
                finally
                {
                    _x = 1;
                }
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_29_Fires_in_a_finally_after_Exit() => Guarded.Fires("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                F();
            }
            finally
            {
                Monitor.Exit(_g);
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_30_Fires_in_a_catch_whose_try_contained_Exit() => Guarded.Fires("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                F();
                Monitor.Exit(_g);
                F();
            }
            catch (InvalidOperationException)
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_30_Silent_in_a_catch_while_still_held() => Guarded.Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                F();
            }
            catch (InvalidOperationException)
            {
                _x = 1;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_30_Fires_in_a_catch_whose_try_contained_Enter() => Guarded.Fires("""
        public void M()
        {
            try
            {
                F();
                Monitor.Enter(_g);
                Monitor.Exit(_g);
            }
            catch (InvalidOperationException)
            {
                [|_x|] = 1;
            }
        }
        """);

    [Fact]
    public Task C1_46_Silent_in_a_switch_with_jumps_inside_the_lock() => Guarded.Silent("""
        public int M(int n)
        {
            Monitor.Enter(_g);
            try
            {
                switch (n)
                {
                    case 0:
                        _x = 1;
                        goto case 1;
                    case 1:
                        _x = 2;
                        break;
                    case 2:
                        return _x;
                    default:
                        goto done;
                }

                _x = 3;
            done:
                return _x;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task C1_46_Silent_in_a_loop_made_of_goto_with_balanced_locks() => Guarded.Silent("""
        public void M(int n)
        {
        again:
            Monitor.Enter(_g);
            _x += n;
            if (_x < 10)
            {
                Monitor.Exit(_g);
                goto again;
            }

            _x = 0;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task C1_47_Fires_on_Enter_without_Exit_on_the_exceptional_path() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public void M()
            {
                [|Monitor.Enter(_g)|];
                F();
                Monitor.Exit(_g);
            }

            private static void F() => Console.WriteLine();
        }
        """);

    [Fact]
    public Task C1_50_Silent_after_a_try_inside_lock() => Guarded.Silent("""
        public void M(bool b)
        {
            lock (_g)
            {
                try
                {
                    F();
                }
                catch (InvalidOperationException) when (b)
                {
                    F();
                }
                finally
                {
                    F();
                }

                _x = 1;
            }
        }
        """);

    [Fact]
    public Task C1_50_Silent_after_lock_inside_Enter_and_Exit() => Guarded.Silent("""
        public void M()
        {
            Monitor.Enter(_g);
            try
            {
                lock (_g)
                {
                    F();
                }

                _x = 1;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_when_Enter_is_the_last_statement_of_a_loop_body_before_it_goes_round() => Guarded.Silent("""
        public void M(int n)
        {
            Monitor.Enter(_g);
            while (n-- > 0)
            {
                _x++;
                Monitor.Exit(_g);
                F();
                Monitor.Enter(_g);
            }

            _x = 0;
            Monitor.Exit(_g);
        }
        """);

    [Fact]
    public Task Fires_when_the_loop_body_exits_and_goes_round() => Guarded.Fires("""
        public void M(int n)
        {
            Monitor.Enter(_g);
            while (n-- > 0)
            {
                [|_x|]++;
                Monitor.Exit(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_after_waiting_on_the_monitor_which_is_held_again() => Guarded.Silent("""
        public void M()
        {
            lock (_g)
            {
                while (_x == 0)
                    Monitor.Wait(_g);
                _x--;
                Monitor.PulseAll(_g);
            }
        }
        """);

    [Fact]
    public Task Silent_in_conditional_expressions_under_the_lock() => Guarded.Silent("""
        public int? M(C? other, bool b)
        {
            Monitor.Enter(_g);
            try
            {
                var y = b ? _x : other?.GetHashCode() ?? _x;
                return b && _x > 0 || _x < 0 ? y : null;
            }
            finally
            {
                Monitor.Exit(_g);
            }
        }
        """);
}
