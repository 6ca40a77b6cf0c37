using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingDispose>;

namespace Analyzers.Tests.Rules;

public class TW3014_BlockingDispose
{
    [Fact]
    public Task Fires_on_every_kind_of_wait() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            private readonly Task<int> _t = Task.Run(() => 1);
            private readonly Task _u = Task.Run(() => { });

            public void Dispose()
            {
                [|_u.Wait()|];
                _ = [|_t.Result|];
                [|StopAsync().GetAwaiter().GetResult()|];
                [|Task.WaitAll(StopAsync(), StopAsync())|];
            }

            private async Task StopAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Says_who_waits_and_what_is_missing() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });
            public void Dispose() => [|_t.Wait()|];
        }
        """, "'Task.Wait' blocks a thread in 'C.Dispose' until the task completes, and 'C' has no DisposeAsync that callers could await instead");

    [Fact]
    public Task Fires_in_the_pattern_for_derived_types_and_in_a_finalizer() => Verify.Fires("""
        public class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            ~C() => [|_t.Wait()|];

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                    [|_t.Wait()|];
            }
        }

        public class D : C
        {
            private readonly Task _t = Task.Run(() => { });

            protected override void Dispose(bool disposing)
            {
                [|_t.Wait()|];
                base.Dispose(disposing);
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_explicit_implementation_and_in_a_value() => Verify.Fires("""
        public class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });
            void IDisposable.Dispose() => [|_t.Wait()|];
        }

        public readonly struct S(Task end) : IDisposable
        {
            public void Dispose() => [|end.Wait()|];
        }
        """);

    [Fact]
    public Task Fires_in_a_helper_that_only_Dispose_calls() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });
            private readonly object _g = new();

            public void Dispose()
            {
                lock (_g)
                {
                }

                Stop();
                Local();

                void Local() => [|_t.Wait()|];
            }

            private void Stop() => [|_t.Wait()|];
        }
        """);

    [Fact]
    public Task Silent_when_the_wait_has_a_limit() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            public void Dispose()
            {
                if (!_t.Wait(1000))
                    Console.WriteLine("late");
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_only_DisposeAsync_comes_from_a_base_and_calls_Dispose() => Verify.Fires("""
        using System.IO;

        public abstract class C : Stream
        {
            private readonly Task _t = Task.Run(() => { });

            protected override void Dispose(bool disposing)
            {
                [|_t.Wait()|];
                base.Dispose(disposing);
            }
        }
        """);

    [Fact]
    public Task Fires_when_its_own_DisposeAsync_only_calls_Dispose() => Verify.Fires("""
        public sealed class C : IDisposable, IAsyncDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            public void Dispose() => [|_t.Wait()|];

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
        """);

    [Fact]
    public Task C6_197_Is_an_information_in_a_Dispose_that_is_not_async() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            public void Dispose() => [|StopAsync().GetAwaiter().GetResult()|];
            private static async Task StopAsync() => await Task.Delay(1);
        }
        """);

    [Fact]
    public Task Silent_when_callers_can_await_DisposeAsync() => Verify.Silent("""
        public class C : IDisposable, IAsyncDisposable
        {
            public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

            public async ValueTask DisposeAsync()
            {
                await Task.Delay(1);
                GC.SuppressFinalize(this);
            }
        }

        public class D : C
        {
            private readonly Task _t = Task.Run(() => { });
            void M() { }
            public new void Dispose() => _t.Wait();
        }

        public class E : IDisposable, IAsyncDisposable
        {
            private readonly Task _t = Task.Run(() => { });
            public void Dispose() => _t.Wait();
            ValueTask IAsyncDisposable.DisposeAsync() => new(_t);
        }
        """);

    [Fact]
    public Task Silent_when_a_base_has_a_DisposeAsync_of_its_own() => Verify.Silent("""
        using System.IO;

        public class C(string path) : FileStream(path, FileMode.Create)
        {
            private readonly Task _t = Task.Run(() => { });

            protected override void Dispose(bool disposing)
            {
                _t.Wait();
                base.Dispose(disposing);
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_task_is_complete() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            public void Dispose()
            {
                if (_t.IsCompleted)
                    _t.Wait();
                _t.Wait(0);
                Task.CompletedTask.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_synchronous_half_is_asked_for() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            public void Dispose() => CloseAsync(async: false).GetAwaiter().GetResult();

            private static async Task CloseAsync(bool async)
            {
                if (async)
                    await Task.Delay(1);
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_clean_up_of_both_kinds() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            public void Dispose() => _ = Close(false);

            private async Task Close(bool async)
            {
                if (async)
                    await _t;
                else
                    _t.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_when_nothing_is_waited_for() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly CancellationTokenSource _cancel = new();
            private readonly Task _t = Task.Run(() => { });

            public void Dispose()
            {
                _cancel.Cancel();
                _ = _t.ContinueWith(static t => _ = t.Exception);
                Task.Run(() => _t.Wait());
            }
        }
        """);

    [Fact]
    public Task Silent_in_other_members() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });

            public void Close() => _t.Wait();
            public void Dispose(string why) => _t.Wait();
            public void Dispose() { }
        }

        public sealed class D
        {
            private readonly Task _t = Task.Run(() => { });
            public void Dispose() => _t.Wait();
        }
        """);

    [Fact]
    public Task Silent_in_a_helper_that_others_call_too() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Task _t = Task.Run(() => { });
            private readonly object _g = new();

            public void Dispose()
            {
                lock (_g)
                {
                }

                Stop();
            }

            public void Close() => Stop();
            private void Stop() => _t.Wait();
        }
        """);

    [Fact]
    public Task Silent_when_Dispose_lets_a_thread_end_or_signals_one() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly Thread _thread = new(() => { });
            private readonly SemaphoreSlim _s = new(1);

            public void Dispose()
            {
                _thread.Join();
                _s.Wait();
            }
        }
        """);
}
