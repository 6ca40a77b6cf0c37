using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Rules;

public partial class TW2001_LockOrderInversion
{
    [Fact]
    public Task Silent_when_the_order_is_the_same_everywhere() => Silent("""
        public void M() { lock (_a) { lock (_b) { } } }
        public void N() { lock (_a) { TakeB(); } }
        private void TakeB() { lock (_b) { } }
        """);

    [Fact]
    public Task C5_137_Silent_when_both_legs_hold_a_gate() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_gate)
                {
                    lock (_a)
                    {
                        lock (_b)
                        {
                        }
                    }
                }
            }

            public void N()
            {
                lock (_gate)
                {
                    lock (_b)
                    {
                        TakeA();
                    }
                }
            }

            private void TakeA() { lock (_a) { } }
        }
        """);

    [Fact]
    public Task C5_139_Silent_when_the_locks_of_one_leg_follow_each_other() => SilentBeside("""
        public void M()
        {
            lock (_a)
            {
            }

            lock (_b)
            {
            }
        }
        """);

    [Fact]
    public Task C5_148_Silent_when_the_second_lock_is_only_tried_for() => SilentBeside("""
        public void M()
        {
            lock (_a)
            {
                if (Monitor.TryEnter(_b, 50))
                    Monitor.Exit(_b);
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_second_semaphore_is_waited_for_with_a_time_limit() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async Task M()
            {
                await _a.WaitAsync();
                if (await _b.WaitAsync(50))
                    _b.Release();
                _a.Release();
            }

            public async Task N()
            {
                await _b.WaitAsync();
                await _a.WaitAsync();
                _a.Release();
                _b.Release();
            }
        }
        """);

    [Fact]
    public Task C5_153_Silent_when_one_leg_is_in_a_constructor() => Silent("""
        public C()
        {
            lock (_b)
            {
                lock (_a)
                {
                }
            }
        }

        public void M() { lock (_a) { lock (_b) { } } }
        """);

    [Fact]
    public Task Silent_when_a_lock_is_taken_again_by_its_holder() => Silent("""
        public void M()
        {
            lock (_a)
            {
                lock (_b)
                {
                    lock (_a)
                    {
                    }
                }
            }
        }
        """);

    [Fact]
    public Task C5_149_Silent_when_parents_lock_children_and_never_the_reverse() => Verify.Silent("""
        public class Node
        {
            private readonly object _g = new();
            private readonly Node? _child;
            public Node(Node? child) => _child = child;

            public void M()
            {
                lock (_g)
                {
                    if (_child != null)
                    {
                        lock (_child._g)
                        {
                        }
                    }
                }
            }

            public void N() { lock (_g) { _child?.M(); } }
        }
        """);

    [Fact]
    public Task Silent_when_both_orders_are_in_one_method_after_each_other() => Silent("""
        public void M()
        {
            lock (_a)
            {
                lock (_b)
                {
                }
            }

            lock (_b)
            {
                lock (_a)
                {
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_first_lock_was_released() => SilentBeside("""
        public void M()
        {
            Monitor.Enter(_a);
            Monitor.Exit(_a);
            lock (_b)
            {
            }
        }
        """);

    [Fact]
    public Task C5_173_Silent_when_the_reverse_order_is_in_a_lambda_that_runs_later() => Silent("""
        public void M() { lock (_a) { lock (_b) { } } }

        public void N()
        {
            lock (_b)
            {
                Task.Run(() =>
                {
                    lock (_a)
                    {
                    }
                });
            }
        }
        """);

    [Fact]
    public Task C5_151_Silent_when_a_lock_is_a_fresh_object() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new();

            public void M()
            {
                var b = new object();
                lock (_a)
                {
                    lock (b)
                    {
                    }
                }
            }

            public void N()
            {
                var b = new object();
                lock (b)
                {
                    lock (_a)
                    {
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_lock_can_be_replaced() => Verify.Silent("""
        public class C
        {
            private object _a = new();
            private readonly object _b = new();

            public void Reset() => _a = new object();

            public void M() { lock (_a) { lock (_b) { } } }
            public void N() { lock (_b) { lock (_a) { } } }
        }
        """);

    [Fact]
    public Task Silent_when_a_semaphore_admits_more_than_one() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new();
            private readonly SemaphoreSlim _b = new(4);

            public void M()
            {
                lock (_a)
                {
                    _b.Wait();
                    _b.Release();
                }
            }

            public void N()
            {
                _b.Wait();
                lock (_a)
                {
                }

                _b.Release();
            }
        }
        """);

    [Fact]
    public Task C5_154_Silent_when_both_take_only_read_locks_and_nobody_writes() => Verify.Silent("""
        public class C
        {
            private readonly ReaderWriterLockSlim _a = new();
            private readonly ReaderWriterLockSlim _b = new();

            public void M()
            {
                _a.EnterReadLock();
                _b.EnterReadLock();
                _b.ExitReadLock();
                _a.ExitReadLock();
            }

            public void N()
            {
                _b.EnterReadLock();
                _a.EnterReadLock();
                _a.ExitReadLock();
                _b.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_locks_belong_to_unrelated_types() => Verify.Silent(
        Class("public void M() { lock (_a) { lock (_b) { } } }"), Class("public void M() { lock (_b) { lock (_a) { } } }").Replace("class C", "class D"));

    [Fact]
    public Task Silent_when_the_reverse_order_is_in_a_private_method_nobody_calls_under_a_lock() => Silent("""
        public void M() { lock (_a) { lock (_b) { } } }

        public void N()
        {
            TakeB();
            TakeA();
        }

        private void TakeA() { lock (_a) { } }
        private void TakeB() { lock (_b) { } }
        """);

    [Fact]
    public Task C5_152_Silent_when_elements_of_an_array_are_locked() => Verify.Silent("""
        public class C
        {
            private readonly object[] _locks = { new(), new() };
            private readonly object _a = new();

            public void M(int i)
            {
                lock (_locks[i])
                {
                    lock (_a)
                    {
                    }
                }
            }

            public void N(int i)
            {
                lock (_a)
                {
                    lock (_locks[i])
                    {
                    }
                }
            }
        }
        """);
}
