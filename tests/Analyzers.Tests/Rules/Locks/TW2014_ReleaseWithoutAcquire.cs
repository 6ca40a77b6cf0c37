using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ReleaseWithoutAcquireFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ReleaseWithoutAcquire>;

namespace Analyzers.Tests.Rules;

public partial class TW2014_ReleaseWithoutAcquire
{
    private static Task Fires(string members, params string[] messages) => Verify.Fires(UsualLocks.Class(members), messages);

    private static Task Silent(string members) => Verify.Silent(UsualLocks.Class(members));

    [Fact]
    public Task Fires_when_the_wait_in_the_try_can_be_cancelled() => Fires("""
        public async Task M(CancellationToken token)
        {
            try
            {
                await _s.WaitAsync(token);
                _x++;
            }
            finally
            {
                [|_s.Release()|];
            }
        }
        """, "'C.M' releases '_s' even when it was not taken (Test0.cs:13); the release then lets one caller too many in");

    [Fact]
    public Task Fires_when_a_call_before_the_wait_may_throw() => Fires("""
        public void M()
        {
            try
            {
                Work();
                Monitor.Enter(_g);
                _x++;
            }
            finally
            {
                [|Monitor.Exit(_g)|];
            }
        }
        """, "'C.M' releases '_g' even when it was not taken (Test0.cs:14); the release then throws");

    [Fact]
    public Task Fires_on_a_return_before_the_wait() => Fires("""
        public async Task M()
        {
            try
            {
                if (_x > 0)
                    return;
                await _s.WaitAsync().ConfigureAwait(false);
                _x++;
            }
            finally
            {
                [|_s.Release()|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_throttle_too() => Fires("""
        public async Task M(CancellationToken token)
        {
            try
            {
                await _four.WaitAsync(token);
                await Task.Delay(1, token);
            }
            finally
            {
                [|_four.Release()|];
            }
        }
        """);

    [Theory]
    [InlineData("Monitor.TryEnter(_g, 100);", "Monitor.Exit(_g)")]
    [InlineData("_ = await _s.WaitAsync(100);", "_s.Release()")]
    [InlineData("_s.Wait(TimeSpan.FromSeconds(1));", "_s.Release()")]
    [InlineData("_rw.TryEnterWriteLock(10);", "_rw.ExitWriteLock()")]
    public Task Fires_when_the_result_of_a_try_is_not_looked_at(string take, string give) => Fires($$"""
        public async Task M()
        {
            {{take}}
            try
            {
                _x++;
                await Task.CompletedTask;
            }
            finally
            {
                [|{{give}}|];
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_failed_try_returns_through_the_release() => Fires("""
        public void M()
        {
            try
            {
                if (!Monitor.TryEnter(_g, 100))
                    return;
                _x++;
            }
            finally
            {
                [|Monitor.Exit(_g)|];
            }
        }
        """);

    [Fact]
    public Task C1_47_Fires_when_it_is_taken_on_one_way_only() => Fires("""
        public void M(bool b)
        {
            if (b)
                Monitor.Enter(_g);
            _x++;
            [|Monitor.Exit(_g)|];
        }
        """);

    [Fact]
    public Task Fires_when_it_was_given_back_on_one_way_already() => Fires("""
        public void M()
        {
            _s.Wait();
            try
            {
                Work();
                _s.Release();
            }
            finally
            {
                [|_s.Release()|];
            }
        }
        """);

    [Fact]
    public Task Fires_when_a_handler_swallows_that_the_wait_was_cancelled() => Fires("""
        public async Task M(CancellationToken token)
        {
            try
            {
                await _s.WaitAsync(token);
                _x++;
            }
            catch (OperationCanceledException)
            {
            }
            finally
            {
                [|_s.Release()|];
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_wait_comes_before_the_try() => Silent("""
        public async Task M(CancellationToken token)
        {
            await _s.WaitAsync(token);
            try
            {
                _x++;
            }
            finally
            {
                _s.Release();
            }
        }
        """);

    [Theory]
    [InlineData("await _s.WaitAsync();")]
    [InlineData("await _s.WaitAsync(CancellationToken.None);")]
    [InlineData("await _s.WaitAsync(default(CancellationToken));")]
    [InlineData("_s.Wait();")]
    public Task Silent_when_nothing_can_come_before_the_wait(string take) => Silent($$"""
        public async Task M()
        {
            try
            {
                {{take}}
                await Task.Yield();
                _x++;
            }
            finally
            {
                _s.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_flag_says_whether_it_was_taken() => Silent("""
        public async Task M(CancellationToken token)
        {
            var taken = false;
            try
            {
                await _s.WaitAsync(token);
                taken = true;
                Work();
            }
            finally
            {
                if (taken)
                    _s.Release();
            }
        }

        public void N()
        {
            var taken = false;
            try
            {
                Work();
                Monitor.TryEnter(_g, 100, ref taken);
                if (taken)
                    Work();
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_g);
            }
        }

        public async Task O(CancellationToken token)
        {
            var taken = await _s.WaitAsync(10, token);
            try { Work(); } finally { if (taken) _s.Release(); }
        }
        """);

    [Fact]
    public Task Silent_when_the_wait_has_a_try_of_its_own() => Silent("""
        public async Task M(CancellationToken token)
        {
            try
            {
                await _s.WaitAsync(token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                Work();
            }
            finally
            {
                _s.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_body_that_only_releases() => Silent("""
        public void Leave() => _s.Release();

        public void Enter() => _s.Wait();

        public void M()
        {
            Enter();
            try { Work(); } finally { Leave(); }
        }
        """);

    [Fact]
    public Task Silent_on_a_lock_that_callers_hold_and_a_helper_lends_out() => Silent("""
        public async Task M()
        {
            _s.Release();
            try { await Task.Delay(1); } finally { await _s.WaitAsync(); }
        }

        public void Wait(int n)
        {
            do
            {
                Monitor.Exit(_g);
                Work();
                Monitor.Enter(_g);
            }
            while (n-- > 0);
        }
        """);

    [Fact]
    public Task Silent_on_a_toggle() => Silent("""
        public void M(bool take)
        {
            if (take)
                _s.Wait();
            else
                _s.Release();
        }

        public void N()
        {
            if (_x > 0)
                _s.Wait();
            Work();
            if (_x > 0)
                _s.Release();
        }
        """);

    [Fact]
    public Task Silent_on_lock_and_using_statements() => new Verify.Case { AdditionalFiles = Gate.Rows }.Silent(Gate.Type, """
        public class C
        {
            private readonly Acme.Gate _gate = new();
            private readonly Lock _lock = new();
            private readonly object _g = new();

            public async Task M()
            {
                lock (_g) { Console.WriteLine(); }
                lock (_lock) { Console.WriteLine(); }
                using (await _gate.TakeAsync()) { Console.WriteLine(); }
                IDisposable? scope = null;
                try
                {
                    Console.WriteLine();
                    scope = await _gate.TakeAsync();
                    Console.WriteLine();
                }
                finally
                {
                    scope?.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_an_assertion_looks_at_the_result() => Silent("""
        public void M()
        {
            Check(Monitor.TryEnter(_g, 100));
            try { Work(); } finally { Monitor.Exit(_g); }
        }

        private static void Check(bool taken) { }
        """);

    [Fact]
    public Task Silent_when_the_mode_is_what_is_wrong() => Silent("""
        public void M()
        {
            _rw.EnterWriteLock();
            try { Work(); } finally { _rw.ExitReadLock(); }
        }
        """);

    [Fact]
    public Task Fixes_by_beginning_the_try_later() => Verify.Fixes<Fix>(UsualLocks.Class("""
        public async Task M(CancellationToken token)
        {
            // first
            try
            {
                // take
                var x = _x; // once
                await _s.WaitAsync(token).ConfigureAwait(false); // here

                _x = x; // work
            }
            finally
            {
                [|_s.Release()|]; // give
            }
        }
        """), UsualLocks.Class("""
        public async Task M(CancellationToken token)
        {
            // first
            // take
            var x = _x; // once
            await _s.WaitAsync(token).ConfigureAwait(false); // here
            try
            {

                _x = x; // work
            }
            finally
            {
                _s.Release(); // give
            }
        }
        """));

    [Fact]
    public Task Fixes_on_one_line() => Verify.Fixes<Fix>(
        UsualLocks.Class("public void M(CancellationToken token) { try { _s.Wait(token); Work(); } finally { [|_s.Release()|]; } }"),
        UsualLocks.Class("public void M(CancellationToken token) { _s.Wait(token); try { Work(); } finally { _s.Release(); } }"));

    [Fact]
    public Task Fixes_a_try_by_throwing() => Verify.Fixes<Fix>(UsualLocks.Class("""
        public async Task M()
        {
            _ = await _s.WaitAsync(100); // soon
            try { _x++; } finally { [|_s.Release()|]; }
            Monitor.TryEnter(_g, 100);
            try { _x++; } finally { [|Monitor.Exit(_g)|]; }
        }
        """), UsualLocks.Class("""
        public async Task M()
        {
            if (!await _s.WaitAsync(100))
                throw new TimeoutException(); // soon
            try { _x++; } finally { _s.Release(); }
            if (!Monitor.TryEnter(_g, 100))
                throw new TimeoutException();
            try { _x++; } finally { Monitor.Exit(_g); }
        }
        """));

    [Theory]
    [InlineData("try { _s.Wait(token); Work(); } catch (OperationCanceledException) { } finally { [|_s.Release()|]; }")]
    [InlineData("try { _s.Wait(token); Work(); } finally { Work(); [|_s.Release()|]; }")]
    [InlineData("try { if (_x > 0) { _s.Wait(token); Work(); } else { _s.Wait(token); } } finally { [|_s.Release()|]; }")]
    [InlineData("try { using var a = new Timer(_ => { }); _s.Wait(token); Work(); } finally { [|_s.Release()|]; }")]
    [InlineData("try { _s.Wait(10); Work(); } finally { [|_s.Release()|]; }")]
    public Task No_fix_when_more_than_the_release_depends_on_it(string code) => Verify.NoFix<Fix>(UsualLocks.Class($$"""
        public void M(CancellationToken token)
        {
            {{code}}
        }
        """));

    [Fact]
    public Task Silent_when_the_wait_is_looked_at_before_it_is_awaited() => Silent("""
        public async Task M(CancellationToken token)
        {
            var wait = _s.WaitAsync(token);
            if (wait.Status != TaskStatus.RanToCompletion)
                await wait.ConfigureAwait(false);
            try { Work(); } finally { _s.Release(); }
        }
        """);

    [Fact]
    public Task Silent_when_it_is_counted_how_many_were_taken() => Silent("""
        public async Task M(CancellationToken token)
        {
            var taken = 0;
            try
            {
                for (; taken < 3; taken++)
                    await _s.WaitAsync(token);
                Work();
            }
            finally
            {
                _s.Release(taken);
            }
        }
        """);
}
