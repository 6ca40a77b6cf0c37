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
}
