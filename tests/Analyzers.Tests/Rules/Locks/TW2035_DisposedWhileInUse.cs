using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.DisposedWhileInUseFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DisposedWhileInUse>;

namespace Analyzers.Tests.Rules;

public class TW2035_DisposedWhileInUse
{
    private static string Worker(string dispose, string start = "_loop = Task.Run(LoopAsync);") => $$"""
        public sealed class C : IDisposable
        {
            private readonly SemaphoreSlim _turn = new(1, 1);
            private readonly CancellationTokenSource _stop = new();
            private readonly Task? _loop;

            public C()
            {
                {{start}}
            }

            private async Task LoopAsync()
            {
                while (!_stop.IsCancellationRequested)
                {
                    await _turn.WaitAsync();
                    try
                    {
                        await Task.Delay(10);
                    }
                    finally
                    {
                        _turn.Release();
                    }
                }
            }

            public void Dispose()
            {
                {{dispose.Replace("\n", "\n        ")}}
            }
        }
        """;

    [Fact]
    public Task Fires_when_the_loop_is_not_waited_for() => Verify.Fires(
        Worker("_stop.Cancel();\n[|_turn.Dispose()|];"),
        "'C.Dispose' disposes of '_turn' without waiting for 'C.LoopAsync', which runs on another thread and uses it again and again (Test0.cs:16)");

    [Theory]
    [InlineData("_loop = Task.Run(() => LoopAsync());")]
    [InlineData("_loop = Task.Run(async () => await LoopAsync());")]
    [InlineData("_loop = Task.Factory.StartNew(LoopAsync).Unwrap();")]
    public Task Fires_however_the_loop_is_started(string start) => Verify.Fires(Worker("[|_turn.Dispose()|];", start));

    [Fact]
    public Task Fires_on_an_event_that_a_thread_waits_for() => Verify.Fires("""
        public sealed class C
        {
            private readonly ManualResetEventSlim _filled = new();
            private readonly Thread _thread;
            private volatile bool _stopped;

            public C()
            {
                _thread = new Thread(Loop);
                _thread.Start();
            }

            private void Loop()
            {
                while (!_stopped)
                {
                    _filled.Wait();
                    _filled.Reset();
                }
            }

            public void Stop()
            {
                _stopped = true;
                _filled.Set();
                [|_filled.Dispose()|];
            }
        }
        """);

    [Theory]
    [InlineData("_stop.Cancel();\n_loop!.Wait();\n_turn.Dispose();")]
    [InlineData("_stop.Cancel();\n_loop!.GetAwaiter().GetResult();\n_turn.Dispose();")]
    [InlineData("_turn.Wait();\n_turn.Dispose();")]
    [InlineData("End();\n_turn.Dispose();\nvoid End() => _loop!.Wait();")]
    [InlineData("_stop.Cancel();")]
    [InlineData("_stop.Dispose();")]
    public Task Silent_when_it_waits_first_or_disposes_of_nothing_that_is_waited_on(string dispose) => Verify.Silent(
        Worker(dispose).Replace("_turn.Wait();\n", "_loop!.Wait();\n"));

    [Fact]
    public Task Silent_when_nothing_runs_on_another_thread() => Verify.Silent(Worker("_turn.Dispose();", "_loop = LoopAsync();"), Worker("_turn.Dispose();", "").Replace("class C", "class D").Replace("public C()", "public D()"));

    [Fact]
    public Task Silent_when_the_work_uses_it_once() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly SemaphoreSlim _turn = new(1, 1);

            public Task RunAsync() => Task.Run(async () =>
            {
                await _turn.WaitAsync();
                _turn.Release();
            });

            public void Dispose() => _turn.Dispose();
        }
        """);

    [Fact]
    public Task Silent_when_the_work_itself_disposes_of_it() => Verify.Silent("""
        public sealed class C
        {
            private readonly SemaphoreSlim _turn = new(1, 1);
            private volatile bool _stopped;

            public Task RunAsync() => Task.Run(LoopAsync);

            private async Task LoopAsync()
            {
                while (!_stopped)
                {
                    await _turn.WaitAsync();
                    _turn.Release();
                }

                _turn.Dispose();
            }
        }
        """);

    [Fact]
    public Task Silent_when_other_code_may_stop_the_work() => Verify.Silent(Worker("Stopping?.Invoke();\n_turn.Dispose();").Replace("public C()", "public event Action? Stopping;\n\n    public C()"));

    [Theory]
    [InlineData("_stop.Cancel();\n[|_turn.Dispose()|];\n_stop.Dispose();", "_stop.Cancel();\n_stop.Dispose();")]
    public Task Fixes_by_leaving_the_semaphore(string before, string after) => Verify.Fixes<Fix>(Worker(before), Worker(after));

    [Theory]
    [InlineData("[|_turn.Dispose()|]; Console.WriteLine(_turn.AvailableWaitHandle);")]
    public Task No_fix_when_the_semaphore_has_a_handle(string dispose) => Verify.NoFix<Fix>(Worker(dispose));
}
