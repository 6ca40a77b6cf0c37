using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SleepInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SleepInAsync>;

namespace Analyzers.Tests.Rules;

public class TW3005_SleepInAsync
{
    [Fact]
    public Task Fires_in_an_async_method() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                [|Thread.Sleep(10)|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_TimeSpan() => Verify.Fires("""
        public class C
        {
            public async Task M(TimeSpan pause)
            {
                await Task.Yield();
                [|Thread.Sleep(TimeSpan.FromSeconds(1))|];
                [|Thread.Sleep(pause)|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_loop_with_a_growing_pause() => Verify.Fires("""
        public class C
        {
            public async Task M(Func<Task<bool>> attempt)
            {
                for (var i = 1; !await attempt(); i *= 2)
                    [|Thread.Sleep(i * 100)|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_async_lambda() => Verify.Fires("""
        public class C
        {
            public Task M() => Task.Run(async () =>
            {
                await Task.Yield();
                [|Thread.Sleep(10)|];
            });
        }
        """);

    [Fact]
    public Task Fires_in_an_async_local_function() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                _ = Local();

                static async Task Local()
                {
                    await Task.Yield();
                    [|Thread.Sleep(10)|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_in_an_async_iterator() => Verify.Fires("""
        public class C
        {
            public async IAsyncEnumerable<int> M()
            {
                yield return 1;
                [|Thread.Sleep(10)|];
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_catch_and_in_a_finally() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                try
                {
                    await Task.Yield();
                }
                catch (TimeoutException)
                {
                    [|Thread.Sleep(10)|];
                }
                finally
                {
                    [|System.Threading.Thread.Sleep(20)|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_for_ever() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                [|Thread.Sleep(Timeout.Infinite)|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_delay_that_is_waited_for() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                [|Task.Delay(10).Wait()|];
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_thread_only_gives_way() => Verify.Silent("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                Thread.Sleep(0);
                Thread.Sleep(TimeSpan.Zero);
                Thread.Yield();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_delay_is_awaited() => Verify.Silent("""
        public class C
        {
            public async Task M()
            {
                await Task.Delay(10);
                await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_synchronous_method() => Verify.Silent("""
        public class C
        {
            public void M() => Thread.Sleep(10);

            public Task N()
            {
                M();
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_synchronous_lambda_inside_async_code() => Verify.Silent("""
        public class C
        {
            public async Task M()
            {
                await Task.Run(() => Thread.Sleep(10));
                await Task.Factory.StartNew(() => Thread.Sleep(10), TaskCreationOptions.LongRunning);
                new Thread(() => Thread.Sleep(10)).Start();
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_synchronous_local_function_inside_async_code() => Verify.Silent("""
        public class C
        {
            public async Task M()
            {
                await Task.Run(Local);

                static void Local() => Thread.Sleep(10);
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        public class C
        {
            public async Task M(bool async)
            {
                if (async)
                    await Task.Delay(10);
                else
                    Thread.Sleep(10);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_method_of_the_same_name_elsewhere() => Verify.Silent("""
        public static class Clock
        {
            public static void Sleep(int milliseconds) { }
        }

        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                Clock.Sleep(10);
            }
        }
        """);

    [Fact]
    public Task Silent_in_nameof_and_in_unreachable_code() => Verify.Silent("""
        public class C
        {
            public async Task<string> M()
            {
                await Task.Yield();
                return nameof(Thread.Sleep);
            #pragma warning disable CS0162
                Thread.Sleep(10);
            }
        }
        """);

    [Fact]
    public Task Silent_in_generated_code() => Verify.Silent("""
        // <auto-generated/>
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                Thread.Sleep(10);
            }
        }
        """);

    [Fact]
    public Task Fixes_every_sleep_at_once() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(TimeSpan pause)
            {
                await Task.Yield();
                [|Thread.Sleep(10)|]; // kept
                // and a longer one
                [|Thread.Sleep(pause)|];
            }
        }
        """, """
        public class C
        {
            public async Task M(TimeSpan pause)
            {
                await Task.Yield();
                await Task.Delay(10); // kept
                // and a longer one
                await Task.Delay(pause);
            }
        }
        """);

    [Fact]
    public Task Fixes_an_expression_body() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M() => [|Thread.Sleep(10)|];
            public Func<Task> N() => async () => [|Thread.Sleep(10)|];
        }
        """, """
        public class C
        {
            public async Task M() => await Task.Delay(10);
            public Func<Task> N() => async () => await Task.Delay(10);
        }
        """);

    [Fact]
    public Task Fixes_in_a_statement_without_braces() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(bool b)
            {
                await Task.Yield();
                if (b) [|Thread.Sleep(millisecondsTimeout: 10)|];
            }
        }
        """, """
        public class C
        {
            public async Task M(bool b)
            {
                await Task.Yield();
                if (b) await Task.Delay(10);
            }
        }
        """);

    [Fact]
    public Task No_fix_inside_a_lock() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                await Task.Yield();
                lock (_g)
                {
                    [|Thread.Sleep(10)|];
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_in_an_unsafe_context() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                unsafe
                {
                    [|Thread.Sleep(10)|];
                }
            }
        }
        """);
}
