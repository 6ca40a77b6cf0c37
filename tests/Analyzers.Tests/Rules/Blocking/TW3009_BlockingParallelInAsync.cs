using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BlockingParallelInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingParallelInAsync>;

namespace Analyzers.Tests.Rules;

public class TW3009_BlockingParallelInAsync
{
    private const string Shop = """

        public static class Shop
        {
            public static Task<int> PriceAsync(int item) => Task.Run(() => item);
        }
        """;

    [Fact]
    public Task Fires_on_loops_whose_body_waits_for_a_task() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|];
                [|Parallel.ForEach(items, new ParallelOptions(), item => { _ = Shop.PriceAsync(item).Result; })|];
                [|Parallel.For(0, 10, i => Shop.PriceAsync(i).GetAwaiter().GetResult())|];
                [|items.AsParallel().ForAll(item => Shop.PriceAsync(item).Wait())|];
            }
        }
        """ + Shop);

    [Fact]
    public Task Fires_on_branches_that_wait() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                [|Parallel.Invoke(() => Shop.PriceAsync(1).Wait(), () => Console.WriteLine())|];
            }
        }
        """ + Shop);

    [Fact]
    public Task Fires_on_a_method_that_waits() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                [|Parallel.ForEach(items, Store)|];
            }

            private static void Store(int item) => Shop.PriceAsync(item).Wait();
        }
        """ + Shop);

    [Fact]
    public Task Fires_on_input_that_could_be_awaited() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task M(string[] paths)
            {
                await Task.Yield();
                [|Parallel.ForEach(paths, path => Console.WriteLine(File.ReadAllText(path)))|];
            }
        }
        """);

    [Fact]
    public Task Says_what_waits_and_what_to_await() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|];
            }
        }
        """ + Shop, "'Parallel.ForEach' blocks a thread inside async 'C.M', and one more for each 'Task.Wait' that runs at a time (Test0.cs:6); await 'Parallel.ForEachAsync'");

    [Fact]
    public Task Silent_when_the_body_computes() => Verify.Silent("""
        public class C
        {
            public async Task M(int[] items)
            {
                await Task.Yield();
                Parallel.For(0, items.Length, i => items[i] *= 2);
                items.AsParallel().ForAll(item => Console.WriteLine(item));
            }
        }
        """);

    [Fact]
    public Task Silent_in_synchronous_code_and_on_a_thread_of_its_own() => Verify.Silent("""
        public class C
        {
            public void M(List<int> items) => Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait());

            public Task N(List<int> items)
            {
                Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait());
                return Task.CompletedTask;
            }

            public async Task O(List<int> items) => await Task.Run(() => Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait()));
        }
        """ + Shop);

    [Fact]
    public Task Silent_when_the_task_is_complete() => Verify.Silent("""
        public class C
        {
            public async Task M(List<Task<int>> items)
            {
                await Task.Yield();
                Parallel.ForEach(items, item =>
                {
                    if (item.IsCompletedSuccessfully)
                        Console.WriteLine(item.Result);
                    Console.WriteLine(Task.FromResult(1).Result);
                });
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_loop_is_awaited() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items) =>
                await Parallel.ForEachAsync(items, async (item, token) => await Shop.PriceAsync(item));
        }
        """ + Shop);

    [Fact]
    public Task Silent_when_nobody_waits_for_the_work() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                items.ForEach(item => _ = Task.Run(() => Shop.PriceAsync(item).Wait()));
                _ = items.AsParallel().Select(item => Shop.PriceAsync(item).Result);
            }
        }
        """ + Shop);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items, bool async)
            {
                if (async)
                    await Parallel.ForEachAsync(items, async (item, token) => await Shop.PriceAsync(item));
                else
                    Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait());
            }
        }
        """ + Shop);

    [Fact]
    public Task Silent_in_memory() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task M(byte[][] items)
            {
                await Task.Yield();
                Parallel.ForEach(items, item =>
                {
                    using var stream = new MemoryStream(item);
                    Console.WriteLine(stream.Read(new byte[1], 0, 1));
                });
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_body_takes_a_lock_or_waits_for_a_signal() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly SemaphoreSlim _s = new(1);

            public async Task M(List<int> items)
            {
                await Task.Yield();
                Parallel.ForEach(items, item =>
                {
                    lock (_g)
                        _s.Wait();
                });
            }
        }
        """);

    [Fact]
    public Task Fixes_a_loop() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                // all of them
                [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|]; // kept
                [|Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (int item) =>
                {
                    var token = Shop.PriceAsync(item).Result;
                    if (token > 1)
                        return;
                    Console.WriteLine(Shop.PriceAsync(item).GetAwaiter().GetResult());
                })|];
            }
        }
        """ + Shop, """
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                // all of them
                await Parallel.ForEachAsync(items, async (item, token) => await Shop.PriceAsync(item)); // kept
                await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (int item, CancellationToken cancellationToken) =>
                {
                    var token = await Shop.PriceAsync(item);
                    if (token > 1)
                        return;
                    Console.WriteLine(await Shop.PriceAsync(item));
                });
            }
        }
        """ + Shop);

    [Fact]
    public Task Fixes_without_the_context_where_the_file_does_so() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Delay(1).ConfigureAwait(false);
                [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|];
            }
        }
        """ + Shop, """
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Delay(1).ConfigureAwait(false);
                await Parallel.ForEachAsync(items, async (item, token) => await Shop.PriceAsync(item).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        """ + Shop);

    [Fact]
    public Task No_fix_for_a_loop_whose_state_is_used_or_whose_body_is_elsewhere() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                [|Parallel.ForEach(items, (item, state) =>
                {
                    if (Shop.PriceAsync(item).Result > 1)
                        state.Break();
                })|];
                var result = [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|];
                [|Parallel.ForEach(items, Store)|];
                [|Parallel.For(0, 10, i => Shop.PriceAsync(i).Wait())|];
                Console.WriteLine(result.IsCompleted);
            }

            private static void Store(int item) => Shop.PriceAsync(item).Wait();
        }
        """ + Shop);

    [Fact]
    public Task No_fix_where_the_collected_failures_are_looked_at() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                await Task.Yield();
                try
                {
                    [|Parallel.ForEach(items, item => Shop.PriceAsync(item).Wait())|];
                }
                catch (AggregateException e)
                {
                    Console.WriteLine(e.InnerExceptions.Count);
                }
            }
        }
        """ + Shop);

    [Fact]
    public Task No_fix_where_a_wait_cannot_be_awaited() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task M(List<int> items)
            {
                await Task.Yield();
                [|Parallel.ForEach(items, item =>
                {
                    lock (_g)
                        Shop.PriceAsync(item).Wait();
                })|];
            }
        }
        """ + Shop);
}
