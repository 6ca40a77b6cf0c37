using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>The type Lock: its scopes, its statements, its methods.</summary>
public class ScopesOfLock
{
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
    public Task Silent_in_a_helper_with_a_lock_of_its_own_that_is_called_in_a_statement_on_Lock() => Guarded.Silent("Lock", "new()", """
        private readonly object _other = new();
        public void M()
        {
            lock (_g)
                Helper();
        }

        private void Helper()
        {
            _x = 1;
            Monitor.Enter(_other);
            Monitor.Exit(_other);
        }
        """);

    [Fact]
    public Task Fires_in_a_helper_with_a_lock_of_its_own_that_is_also_called_outside_the_statement_on_Lock() => Guarded.Fires("Lock", "new()", """
        private readonly object _other = new();
        public void M()
        {
            lock (_g)
                Helper();
            Helper();
        }

        private void Helper()
        {
            [|_x|] = 1;
            Monitor.Enter(_other);
            Monitor.Exit(_other);
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
}
