using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held where control jumps, waits or nests.</summary>
public class HeldAmongJumps
{
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
