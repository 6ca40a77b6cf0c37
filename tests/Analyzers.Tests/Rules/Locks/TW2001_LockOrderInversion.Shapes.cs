using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Rules;

public partial class TW2001_LockOrderInversion
{
    [Fact]
    public Task Fires_when_the_lock_is_an_argument() => Fires("""
        public void M() { lock (_a) { [|Take(_b)|]; } }
        public void N() { lock (_b) { [|Take(_a)|]; } }

        private static void Take(object gate)
        {
            lock (gate)
            {
            }
        }
        """);

    [Fact]
    public Task Fires_in_local_functions_and_accessors() => Fires("""
        public int X
        {
            get
            {
                lock (_a)
                {
                    return [|Local()|];
                }

                int Local()
                {
                    lock (_b)
                    {
                        return 1;
                    }
                }
            }
            set
            {
                lock (_b)
                {
                    lock ([|_a|])
                    {
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Fires_when_an_awaited_private_method_takes_the_second_lock() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async Task M()
            {
                await _a.WaitAsync();
                try
                {
                    await [|TakeB()|];
                }
                finally
                {
                    _a.Release();
                }
            }

            public async Task N()
            {
                await _b.WaitAsync();
                try
                {
                    await [|_a|].WaitAsync();
                    _a.Release();
                }
                finally
                {
                    _b.Release();
                }
            }

            private async Task TakeB()
            {
                await Task.Yield();
                await _b.WaitAsync();
                _b.Release();
            }
        }
        """);

    [Fact]
    public Task C5_169_Silent_when_the_private_method_takes_it_after_its_caller_went_on() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1);
            private readonly SemaphoreSlim _b = new(1, 1);

            public async Task M()
            {
                await _a.WaitAsync();
                try
                {
                    _ = TakeB();
                }
                finally
                {
                    _a.Release();
                }
            }

            public async Task N()
            {
                await _b.WaitAsync();
                try
                {
                    await _a.WaitAsync();
                    _a.Release();
                }
                finally
                {
                    _b.Release();
                }
            }

            private async Task TakeB()
            {
                await Task.Yield();
                await _b.WaitAsync();
                _b.Release();
            }
        }
        """);

    [Fact]
    public Task C5_154_Fires_with_a_writer_among_readers() => Verify.Fires("""
        public class C
        {
            private readonly ReaderWriterLockSlim _a = new();
            private readonly ReaderWriterLockSlim _b = new();

            public void M()
            {
                _a.EnterReadLock();
                [|_b|].EnterWriteLock();
                _b.ExitWriteLock();
                _a.ExitReadLock();
            }

            public void N()
            {
                _b.EnterReadLock();
                [|_a|].EnterWriteLock();
                _a.ExitWriteLock();
                _b.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task Fires_once_however_often_the_legs_are_repeated() => FiresBeside("""
        public void M()
        {
            lock (_a)
            {
                lock ([|_b|])
                {
                }

                lock (_b)
                {
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_static_constructors() => Verify.Silent("""
        public class C
        {
            private static readonly object A = new();
            private static readonly object B = new();

            static C()
            {
                lock (B)
                {
                    lock (A)
                    {
                    }
                }
            }

            public static void M() { lock (A) { lock (B) { } } }
        }
        """);

    [Fact]
    public Task Silent_when_a_helper_is_called_before_and_after_the_lock() => SilentBeside("""
        public void M()
        {
            TakeB();
            lock (_a)
            {
            }

            TakeB();
        }

        private void TakeB() { lock (_b) { } }
        """);

    [Fact]
    public Task Silent_between_the_same_field_of_two_objects() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();

            public void M(C other)
            {
                lock (_g)
                {
                    lock (other._h)
                    {
                    }
                }
            }

            public void N() { lock (_h) { lock (_g) { } } }
        }
        """);

    [Fact]
    public Task Says_both_legs_and_where_the_other_one_is() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new();
            private readonly object _b = new();

            public void M()
            {
                lock (_a)
                {
                    [|TakeB()|];
                }
            }

            public void N()
            {
                lock (_b)
                {
                    lock ([|_a|])
                    {
                    }
                }
            }

            private void TakeB()
            {
                lock (_b)
                {
                }
            }
        }
        """,
        "Deadlock risk: 'C.M' → 'C.TakeB' locks '_b' while holding '_a', but 'C.N' locks '_a' while holding '_b' (Test0.cs:18)",
        "Deadlock risk: 'C.N' locks '_a' while holding '_b', but 'C.M' → 'C.TakeB' locks '_b' while holding '_a' (Test0.cs:10)");
}
