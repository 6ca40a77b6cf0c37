using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.AwaitUnderThreadAffineLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.AwaitUnderThreadAffineLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2008_AwaitUnderThreadAffineLock
{
    private static readonly Verify.Case WithRuntime = new() { HasRuntime = true };

    [Fact]
    public Task Fixes_by_making_the_lock_an_async_lock() => WithRuntime.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|]; // kept
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }

            public async Task N()
            {
                await Task.Yield();
                // kept too
                lock (_g)
                {
                    _x++;
                }
            }
        }
        """, """
        public class C
        {
            private readonly Threadwise.AsyncLock _g = new();
            private int _x;

            public async Task M()
            {
                using (await _g.EnterAsync())
                {
                    await Task.Delay(1); // kept
                }
            }

            public async Task N()
            {
                await Task.Yield();
                // kept too
                using (await _g.EnterAsync())
                {
                    _x++;
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_with_the_configuration_of_the_file() => WithRuntime.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task<int> M(Task<int> t)
            {
                Monitor.Enter(_g);
                try
                {
                    return [|await t.ConfigureAwait(false)|];
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """, """
        public class C
        {
            private readonly Threadwise.AsyncLock _g = new();

            public async Task<int> M(Task<int> t)
            {
                using (await _g.EnterAsync().ConfigureAwait(false))
                {
                    return await t.ConfigureAwait(false);
                }
            }
        }
        """);

    [Theory]
    [InlineData("public void N() { lock (_g) { } }", "public void N() { _g.Wait(); try { } finally { _g.Release(); } }")]
    [InlineData("public async Task N() { await Task.Yield(); Monitor.Enter(_g); Monitor.Exit(_g); }", "public async Task N() { await Task.Yield(); await _g.WaitAsync(); _g.Release(); }")]
    [InlineData(
        "public async Task N() { await Task.Yield(); Monitor.Enter(_g); try { } finally { Console.WriteLine(); Monitor.Exit(_g); } }",
        "public async Task N() { await Task.Yield(); await _g.WaitAsync(); try { } finally { Console.WriteLine(); _g.Release(); } }")]
    [InlineData(
        "public async Task N(object h) { await Task.Yield(); lock (h) { lock (_g) { } } }",
        "public async Task N(object h) { await Task.Yield(); lock (h) { _g.Wait(); try { } finally { _g.Release(); } } }")]
    public Task Fixes_by_a_semaphore_where_an_async_lock_cannot_be_awaited(string other, string fixedOther) => WithRuntime.Fixes<Fix>(WithOther("object _g = new()", "Monitor.Enter(_g)", "[|await Task.Delay(1)|]", "Monitor.Exit(_g)", other),
        WithOther("SemaphoreSlim _g = new(1, 1)", "await _g.WaitAsync()", "await Task.Delay(1)", "_g.Release()", fixedOther));

    private static string WithOther(string field, string enter, string wait, string exit, string other) => $$"""
        public class C
        {
            private readonly {{field}};

            public async Task M()
            {
                {{enter}};
                try
                {
                    {{wait}};
                }
                finally
                {
                    {{exit}};
                }
            }

            {{other}}
        }
        """;
}
