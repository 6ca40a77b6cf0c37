using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingPrimitiveInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3006_BlockingPrimitiveInAsync
{
    [Theory]
    [InlineData("_gate.Wait()")]
    [InlineData("_gate.Wait(100)")]
    [InlineData("_gate.Wait(TimeSpan.FromSeconds(1), token)")]
    [InlineData("_gate.Wait(Timeout.Infinite)")]
    [InlineData("mutex.WaitOne()")]
    [InlineData("new Semaphore(1, 1).WaitOne(10)")]
    [InlineData("ready.WaitOne()")]
    [InlineData("WaitHandle.WaitAny(new WaitHandle[] { ready, token.WaitHandle })")]
    [InlineData("slim.Wait(token)")]
    [InlineData("new CountdownEvent(1).Wait()")]
    [InlineData("barrier.SignalAndWait()")]
    [InlineData("thread.Join()")]
    [InlineData("thread.Join(100)")]
    [InlineData("process.WaitForExit()")]
    [InlineData("process.WaitForExit(1000)")]
    [InlineData("queue.Take()")]
    [InlineData("queue.TryTake(out _, 100)")]
    public Task Fires_on_what_waits(string call) => Verify.Fires($$"""
        using System.Collections.Concurrent;
        using System.Diagnostics;
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task M(Mutex mutex, ManualResetEvent ready, ManualResetEventSlim slim, Barrier barrier, Thread thread, Process process, BlockingCollection<int> queue, CancellationToken token)
            {
                await Task.Yield();
                [|{{call}}|];
            }
        }
        """);

    [Fact]
    public Task C6_182_Says_for_what_and_what_to_await() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task M(ManualResetEventSlim ready, Thread thread, System.Diagnostics.Process process)
            {
                await Task.Yield();
                [|_gate.Wait()|];
                [|ready.Wait()|];
                [|thread.Join()|];
                [|process.WaitForExit()|];
            }
        }
        """,
        "'SemaphoreSlim.Wait' blocks a thread inside async 'C.M' until others give it back; await 'SemaphoreSlim.WaitAsync'",
        "'ManualResetEventSlim.Wait' blocks a thread inside async 'C.M' until others let it go on",
        "'Thread.Join' blocks a thread inside async 'C.M' until the other thread has ended",
        "'Process.WaitForExit' blocks a thread inside async 'C.M' until the process has ended; await 'Process.WaitForExitAsync'");

    [Fact]
    public Task C6_194_Fires_on_a_queue_that_may_be_empty() => Verify.Fires("""
        using System.Collections.Concurrent;
        public class C
        {
            private readonly BlockingCollection<int> _queue = new();

            public async Task M()
            {
                var first = [|_queue.Take()|];
                foreach (var item in [|_queue.GetConsumingEnumerable()|])
                    await Task.Delay(item + first);
                var more = [|_queue.GetConsumingEnumerable()|].ToList();
            }
        }
        """);

    [Fact]
    public Task Fires_again_on_what_has_to_be_waited_for_each_time() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(2);

            public async Task M(AutoResetEvent ready)
            {
                [|_gate.Wait()|];
                [|_gate.Wait()|];
                await Task.Yield();
                [|ready.WaitOne()|];
                [|ready.WaitOne()|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_every_kind_of_async_code() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async void Handle()
            {
                await Task.Yield();
                [|_gate.Wait()|];
            }

            public async IAsyncEnumerable<int> Items()
            {
                [|_gate.Wait()|];
                await Task.Yield();
                yield return 1;
            }

            public Func<Task> Later() => async () => { await Task.Yield(); [|_gate.Wait()|]; };

            public Task Outer()
            {
                return Inner();

                async Task Inner()
                {
                    await Task.Yield();
                    [|_gate.Wait()|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_under_a_monitor() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                await Task.Yield();
                lock (_g)
                    [|Monitor.Wait(_g)|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_what_a_row_of_the_user_names() => new Verify.Case
    {
        AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = "M:Acme.Turnstile.Pass blocks kind=lock twin=PassAsync\n" },
        Messages = ["'Turnstile.Pass' blocks a thread inside async 'C.M' until others give it back; await 'Turnstile.PassAsync'"],
    }.Fires("""
        namespace Acme;
        public class Turnstile
        {
            public void Pass() { }
            public Task PassAsync() => Task.Delay(1);
        }

        public class C
        {
            public async Task M(Turnstile gate)
            {
                await Task.Yield();
                [|gate.Pass()|];
            }
        }
        """);

    [Theory]
    [InlineData("public class C { public static async Task Main() { await Task.Yield(); new ManualResetEventSlim().Wait(); } }")]
    [InlineData("public class TestMethodAttribute : Attribute { } public class C { [TestMethod] public async Task M() { await Task.Yield(); new ManualResetEventSlim().Wait(); } }")]
    public async Task C6_195_Informs_at_the_start_of_a_program_and_in_tests(string source)
    {
        var analyzer = new Threadwise.Analyzers.ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.BlockingPrimitiveInAsync()]);
        var analysis = await Analysis.Of(new Case().Project([new("Test0.cs", source)], analyzer), analyzer);
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(analysis.Findings).Severity);
    }
}
