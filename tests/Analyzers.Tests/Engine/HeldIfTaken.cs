using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held after a lock was tried for.</summary>
public class HeldIfTaken
{
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
}
