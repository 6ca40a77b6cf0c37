using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BlockingWaitInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingWaitInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3001_BlockingWaitInAsync
{
    [Fact]
    public Task Fixes_Result_Wait_and_GetResult() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task<int> M(Task<int> t, Task u, Task<string> v)
            {
                await Task.Yield();
                [|u.Wait()|]; // kept
                var x = [|t.Result|];
                return x + [|v.GetAwaiter().GetResult()|].Length;
            }
        }
        """, """
        public class C
        {
            public async Task<int> M(Task<int> t, Task u, Task<string> v)
            {
                await Task.Yield();
                await u; // kept
                var x = await t;
                return x + (await v).Length;
            }
        }
        """);

    [Fact]
    public Task Fixes_a_wait_without_the_context() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];
            }
        }
        """, """
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                await t.ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Fixes_a_chain_of_waits() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task<int> M()
            {
                await Task.Yield();
                return [|F([|F(1).Result|]).Result|];
            }

            private static Task<int> F(int i) => Task.Run(() => i);
        }
        """, """
        public class C
        {
            public async Task<int> M()
            {
                await Task.Yield();
                return await F(await F(1));
            }

            private static Task<int> F(int i) => Task.Run(() => i);
        }
        """);

    [Fact]
    public Task Fixes_WaitAll() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(Task a, Task b, Task[] more)
            {
                await Task.Yield();
                [|Task.WaitAll(a, b)|];
                // and the others
                [|Task.WaitAll(more)|];
            }
        }
        """, """
        public class C
        {
            public async Task M(Task a, Task b, Task[] more)
            {
                await Task.Yield();
                await Task.WhenAll(a, b);
                // and the others
                await Task.WhenAll(more);
            }
        }
        """);

    [Fact]
    public Task Fixes_WaitAny_whose_index_is_not_used() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(Task a, Task b)
            {
                await Task.Yield();
                [|Task.WaitAny(a, b)|];
            }
        }
        """, """
        public class C
        {
            public async Task M(Task a, Task b)
            {
                await Task.Yield();
                await Task.WhenAny(a, b);
            }
        }
        """);

    [Fact]
    public Task Fixes_a_value_task() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task<int> M(ValueTask<int> t)
            {
                await Task.Yield();
                return -[|t.Result|];
            }
        }
        """, """
        public class C
        {
            public async Task<int> M(ValueTask<int> t)
            {
                await Task.Yield();
                return -await t;
            }
        }
        """);

    [Fact]
    public Task Fixes_in_an_async_lambda() => Verify.Fixes<Fix>("""
        public class C
        {
            public Func<Task<int>> M(Task<int> t) => async () => [|t.Result|];
        }
        """, """
        public class C
        {
            public Func<Task<int>> M(Task<int> t) => async () => await t;
        }
        """);

    [Fact]
    public Task No_fix_inside_a_lock() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                lock (_g)
                {
                    return [|t.Result|];
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_in_an_exception_filter() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M(Task<bool> t)
            {
                try
                {
                    await Task.Yield();
                }
                catch (Exception) when ([|t.Result|])
                {
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_where_the_index_of_WaitAny_is_used() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task<int> M(Task a, Task b)
            {
                await Task.Yield();
                return [|Task.WaitAny(a, b)|];
            }
        }
        """);

    [Fact]
    public Task No_fix_where_the_wait_has_a_time_limit() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task<bool> M(Task t)
            {
                await Task.Yield();
                return [|t.Wait(100)|];
            }
        }
        """);

    [Fact]
    public Task No_fix_where_the_aggregate_exception_is_caught() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M(Task t)
            {
                await Task.Yield();
                try
                {
                    [|t.Wait()|];
                }
                catch (AggregateException)
                {
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_in_an_unsafe_context() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task<int> M(Task<int> t)
            {
                await Task.Yield();
                unsafe
                {
                    return [|t.Result|];
                }
            }
        }
        """);
}
