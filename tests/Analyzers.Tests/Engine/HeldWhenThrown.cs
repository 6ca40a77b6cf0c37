using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>What is held where an exception passes.</summary>
public class HeldWhenThrown
{
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
}
