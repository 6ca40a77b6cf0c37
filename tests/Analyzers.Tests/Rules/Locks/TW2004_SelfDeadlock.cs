using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SelfDeadlock>;

namespace Analyzers.Tests.Rules;

public partial class TW2004_SelfDeadlock
{
    private static Task Fires(string members, params string[] messages) => Verify.Fires(UsualLocks.Class(members), messages);

    private static Task Silent(string members) => Verify.Silent(UsualLocks.Class(members));

    [Fact]
    public Task C5_155_Fires_on_a_semaphore_waited_for_twice() => Fires("""
        public void M()
        {
            _s.Wait();
            [|_s.Wait()|];
            _s.Release();
            _s.Release();
        }
        """, "'C.M' takes '_s' again while it holds it (Test0.cs:11); the lock is not re-entrant, so this waits for ever");

    [Fact]
    public Task C5_156_Fires_on_an_awaited_private_method_that_waits_for_it() => Fires("""
        public async Task SaveAsync()
        {
            await _s.WaitAsync();
            try
            {
                await [|LoadAsync()|];
            }
            finally
            {
                _s.Release();
            }
        }

        private async Task LoadAsync()
        {
            await _s.WaitAsync();
            try
            {
                _x++;
            }
            finally
            {
                _s.Release();
            }
        }
        """, "'C.SaveAsync' → 'C.LoadAsync' takes '_s' again while it holds it (Test0.cs:11); the lock is not re-entrant, so this waits for ever");

    [Fact]
    public Task C5_159_Fires_through_two_awaited_calls_on_an_asynchronous_lock() => new Verify.Case { AdditionalFiles = Gate.Rows }.Fires(Gate.Type, """
        public class C
        {
            private readonly Acme.Gate _gate = new();

            public async Task A()
            {
                using (await _gate.TakeAsync())
                    await [|B()|].ConfigureAwait(false);
            }

            private async Task B() => await D();

            private async Task D()
            {
                using var scope = await _gate.TakeAsync();
            }
        }
        """);

    [Fact]
    public Task Fires_through_a_method_that_hands_the_task_on() => Fires("""
        public async Task A()
        {
            await _s.WaitAsync();
            try
            {
                await [|B(1)|];
            }
            finally
            {
                _s.Release();
            }
        }

        private Task B(int x) => D(x);

        private async Task D(int x)
        {
            await _s.WaitAsync();
            _x = x;
            _s.Release();
        }
        """);

    [Fact]
    public Task C5_170_Fires_when_an_unawaited_call_waits_before_its_first_await() => Fires("""
        public void M()
        {
            _s.Wait();
            _ = [|F()|];
            _s.Release();
        }

        private async Task F()
        {
            _s.Wait();
            await Task.Yield();
            _s.Release();
        }
        """);

    [Fact]
    public Task C5_161_Fires_on_a_spin_lock_entered_twice() => Fires("""
        public void M()
        {
            bool a = false, b = false;
            _spin.Enter(ref a);
            [|_spin.Enter(ref b)|];
            _spin.Exit();
        }
        """, "'C.M' takes '_spin' again while it holds it (Test0.cs:12); the lock is not re-entrant, so this throws or waits for ever");

    [Theory]
    [InlineData("EnterReadLock", "EnterReadLock")]
    [InlineData("EnterWriteLock", "EnterWriteLock")]
    [InlineData("EnterWriteLock", "EnterReadLock")]
    [InlineData("EnterWriteLock", "EnterUpgradeableReadLock")]
    [InlineData("EnterUpgradeableReadLock", "EnterUpgradeableReadLock")]
    public Task Fires_on_a_reader_writer_lock_entered_twice(string first, string second) => Fires($$"""
        public void M()
        {
            _rw.{{first}}();
            [|_rw.{{second}}()|];
        }
        """);

    [Fact]
    public Task Fires_when_the_limit_of_the_wait_is_none() => Fires("""
        public void M()
        {
            _s.Wait();
            if ([|_s.Wait(-1)|])
                _s.Release();
            _s.Release();
        }
        """);

    [Fact]
    public Task Fires_through_a_property() => Fires("""
        private int X
        {
            get
            {
                _rw.EnterReadLock();
                try { return _x; } finally { _rw.ExitReadLock(); }
            }
        }

        public void M()
        {
            _rw.EnterWriteLock();
            try { _x = [|X|] + 1; } finally { _rw.ExitWriteLock(); }
        }
        """);

    [Fact]
    public Task Fires_on_a_local_lock_and_one_without_a_cap() => Fires("""
        public void M()
        {
            var own = new SemaphoreSlim(1);
            own.Wait();
            [|own.Wait()|];
        }
        """);

    [Fact]
    public Task Fires_on_both_halves_of_a_method_that_can_do_both() => Fires("""
        public async Task M()
        {
            await _s.WaitAsync();
            await [|Core(true)|];
            _s.Release();
        }

        private async Task Core(bool async)
        {
            if (async)
                await _s.WaitAsync();
            else
                _s.Wait();
            _s.Release();
        }
        """);

    [Fact]
    public Task Fires_at_each_caller_of_a_private_method_once() => Fires("""
        public void A()
        {
            _s.Wait();
            [|Both()|];
            _s.Release();
        }

        public void B()
        {
            _s.Wait();
            [|Both()|];
            _s.Release();
        }

        private void Both()
        {
            _s.Wait();
            _x++;
            _s.Release();
        }
        """);

    [Fact]
    public Task Fires_after_a_helper_that_takes_it() => Fires("""
        private void Enter() => _s.Wait();

        private void Leave() => _s.Release();

        public void M()
        {
            Enter();
            try { [|_s.Wait()|]; } finally { Leave(); }
        }
        """);

    [Fact]
    public Task Fires_on_a_parameter_that_is_the_same_object() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public void M(C other)
            {
                other._s.Wait();
                [|other.N()|];
                other._s.Release();
            }

            private void N()
            {
                _s.Wait();
                _s.Release();
            }
        }
        """);
}

/// <summary>An asynchronous lock that is known by rows alone.</summary>
internal static class Gate
{
    public const string Type = """
        namespace Acme
        {
            public class Gate { public Task<IDisposable> TakeAsync() => null!; }
        }
        """;

    public static Dictionary<string, string> Rows { get; } = new()
    {
        ["threadwise.acme.txt"] = """
            M:Acme.Gate.TakeAsync acquires returns=scope
            T:Acme.Gate lock affine=no reentrant=no
            """,
    };
}
