using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BlockingPrimitiveInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingPrimitiveInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3006_BlockingPrimitiveInAsync
{
    private static string In(string body) => $$"""
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1, 1);

            public async Task M(System.Diagnostics.Process process, ManualResetEvent ready, Thread thread, CancellationToken cancel)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("[|_gate.Wait()|]; // kept", "await _gate.WaitAsync(cancel); // kept")]
    [InlineData("[|_gate.Wait(CancellationToken.None)|];", "await _gate.WaitAsync(CancellationToken.None);")]
    [InlineData("if (![|_gate.Wait(100)|]) return;", "if (!await _gate.WaitAsync(100, cancel)) return;")]
    [InlineData("[|_gate.Wait(TimeSpan.FromSeconds(1), cancel)|];", "await _gate.WaitAsync(TimeSpan.FromSeconds(1), cancel);")]
    [InlineData("try { [|_gate.Wait()|]; } finally { _gate.Release(); }", "try { await _gate.WaitAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { } finally { [|_gate.Wait()|]; }", "try { } finally { await _gate.WaitAsync(); }")]
    [InlineData("[|process.WaitForExit()|];", "await process.WaitForExitAsync(cancel);")]
    public Task Fixes_by_awaiting_the_twin(string before, string after) => Verify.Fixes<Fix>(In(before), In(after));

    [Fact]
    public Task Fixes_several_at_once() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1), _b = new(1, 1);

            public async Task M()
            {
                [|_a.Wait()|];
                // and the other
                [|_b.Wait()|];
                await Task.Delay(1).ConfigureAwait(false);
            }
        }
        """, """
        public class C
        {
            private readonly SemaphoreSlim _a = new(1, 1), _b = new(1, 1);

            public async Task M()
            {
                await _a.WaitAsync().ConfigureAwait(false);
                // and the other
                await _b.WaitAsync().ConfigureAwait(false);
                await Task.Delay(1).ConfigureAwait(false);
            }
        }
        """);

    [Theory]
    [InlineData("[|ready.WaitOne()|];")]
    [InlineData("[|thread.Join()|];")]
    [InlineData("[|process.WaitForExit(100)|];")]
    [InlineData("[|new Barrier(2).SignalAndWait()|];")]
    [InlineData("foreach (var item in [|new System.Collections.Concurrent.BlockingCollection<int>().GetConsumingEnumerable()|]) { }")]
    [InlineData("lock (_gate) [|_gate.Wait()|];")]
    [InlineData("_gate?[|.Wait()|];")]
    public Task No_fix_where_there_is_nothing_to_await(string body) => Verify.NoFix<Fix>(In(body));
}
