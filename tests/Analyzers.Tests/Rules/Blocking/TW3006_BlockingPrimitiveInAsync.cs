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
    [InlineData("queue.Add(1)")]
    [InlineData("_ = queue.Take()")]
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
                {{(call.StartsWith("_ = ", StringComparison.Ordinal) ? $"_ = [|{call[4..]}|]" : $"[|{call}|]")}};
            }
        }
        """);

    [Fact]
    public Task Says_for_what_and_what_to_await() => Verify.Fires("""
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
}
