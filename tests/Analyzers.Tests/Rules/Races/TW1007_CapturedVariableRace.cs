using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedVariableRace>;

namespace Analyzers.Tests.Rules;

public partial class TW1007_CapturedVariableRace
{
    [Fact]
    public Task C3_93_Fires_on_a_counter_of_a_parallel_loop() => Verify.Fires("""
        public class C
        {
            public int M()
            {
                int n = 0;
                Parallel.For(0, 9, i => [|n|]++);
                return n;
            }
        }
        """, "'n' is changed in 'C.M' while other runs that 'Parallel.For' starts do so as well: changes that come between reading and writing it are lost");

    [Fact]
    public Task Fires_on_every_way_to_change_what_was_read() => Verify.Fires("""
        public class C
        {
            public void M(List<int> items, double factor)
            {
                var (sum, product, max, text, list) = (0.0, 1.0, 0, "", System.Collections.Immutable.ImmutableList<int>.Empty);
                Parallel.ForEach(items, item =>
                {
                    [|sum|] += item * factor;
                    [|product|] = product * item;
                    [|max|] = Math.Max(max, item);
                    [|text|] += item;
                    [|list|] = list.Add(item);
                });
                Console.WriteLine($"{sum} {product} {max} {text} {list.Count}");
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_comparison_and_what_is_done_about_it() => Verify.Fires("""
        public class C
        {
            public int M(int[] items)
            {
                var max = int.MinValue;
                Parallel.ForEach(items, item =>
                {
                    if (item > max)
                    {
                        [|max|] = item;
                    }
                });
                return max;
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_variable_that_each_run_uses_as_its_own() => Verify.Fires("""
        public class C
        {
            public void M(int[] items, int[] results)
            {
                int current;
                Parallel.For(0, items.Length, i =>
                {
                    [|current|] = items[i] * 2;
                    results[i] = current;
                });
            }
        }
        """);

    [Fact]
    public Task Fires_on_members_of_a_captured_object_and_of_a_captured_value() => Verify.Fires("""
        public class Stats
        {
            public int Count { get; set; }
            public long Bytes;
        }

        public class C
        {
            public void M(List<string> files, Stats stats)
            {
                (int Lines, int Words) total = default;
                Parallel.ForEach(files, file =>
                {
                    [|stats.Count|]++;
                    [|stats.Bytes|] += file.Length;
                    [|total.Lines|]++;
                });
                Console.WriteLine(total);
            }
        }
        """);

    [Fact]
    public Task Fires_on_tasks_started_in_a_loop() => Verify.Fires("""
        public class C
        {
            public async Task M(string[] names)
            {
                var done = 0;
                var tasks = new List<Task>();
                foreach (var name in names)
                {
                    tasks.Add(Task.Run(() =>
                    {
                        Console.WriteLine(name);
                        [|done|]++;
                    }));
                }

                await Task.WhenAll(tasks);
            }
        }
        """, "'done' is changed in 'C.M' while other runs that 'Task.Run' starts do so as well: changes that come between reading and writing it are lost");

    [Fact]
    public Task Fires_on_threads_started_in_a_loop() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                var done = 0;
                var threads = new Thread[4];
                for (var i = 0; i < threads.Length; i++)
                {
                    threads[i] = new Thread(() => [|done|]++);
                    threads[i].Start();
                }

                foreach (var thread in threads)
                    thread.Join();
            }

            public void N()
            {
                var failed = 0;
                for (var i = 0; i < 4; i++)
                    ThreadPool.QueueUserWorkItem(_ => [|failed|]++);
            }
        }
        """);

    [Fact]
    public Task Fires_on_two_delegates_that_run_beside_each_other() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                var n = 0;
                var a = Task.Run(() => [|n|]++);
                var b = Task.Run(() => [|n|]--);
                await Task.WhenAll(a, b);
            }

            public async Task N()
            {
                var n = 0;
                await Task.WhenAll(Task.Run(() => [|n|]++), Task.Run(() => [|n|]--));
            }

            public void O()
            {
                var n = 0;
                Parallel.Invoke(() => [|n|]++, () => [|n|] += 2);
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_delegate_and_the_code_that_started_it() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                var n = 0;
                var task = Task.Run(() => { n++; });
                [|n|]++;
                await task;
            }
        }
        """, "'n' is changed in 'C.M' while other code that runs beside it does so as well (Test0.cs:6): changes that come between reading and writing it are lost");

    [Fact]
    public Task C3_95_Fires_on_async_lambdas_that_are_all_started() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                await Task.WhenAll(items.Select(async i => { await F(i); [|n|]++; }));
                var tasks = items.Select(async i =>
                {
                    await F(i);
                    [|n|] += i;
                }).ToList();
                await Task.WhenAll(tasks);
            }

            private static Task F(int i) => Task.Delay(i);
        }
        """);

    [Fact]
    public Task Fires_on_a_sum_that_is_read_before_its_summand_is_awaited() => Verify.Fires("""
        public class C
        {
            public async Task<int> M(List<int> items)
            {
                var sum = 0;
                await Task.WhenAll(items.Select(async i => [|sum|] += await F(i)));
                return sum;
            }

            private static Task<int> F(int i) => Task.FromResult(i);
        }
        """);

    [Fact]
    public Task Fires_on_work_that_a_query_starts() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                await Task.WhenAll(items.Select(i => Task.Run(() => { [|n|] += i; })));
            }
        }
        """);

    [Fact]
    public Task Fires_in_parallel_queries_and_async_parallel_loops() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                items.AsParallel().ForAll(i => [|n|] += i);
                _ = items.AsParallel().Select(i => [|n|]++).ToList();
                await Parallel.ForEachAsync(items, async (i, token) =>
                {
                    [|n|]++;
                    await Task.Yield();
                });
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_local_function_that_is_started_for_each() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                var tasks = new List<Task>();
                foreach (var item in items)
                    tasks.Add(Add(item));
                await Task.WhenAll(tasks);
                Parallel.ForEach(items, Count);

                async Task Add(int item)
                {
                    await Task.Delay(item);
                    [|n|] += item;
                }

                void Count(int item) => [|n|]++;
            }
        }
        """);

    [Fact]
    public Task Fires_on_elements_that_all_runs_have_in_common() => Verify.Fires("""
        public class C
        {
            public void M(int[] values)
            {
                var sums = new int[10];
                Parallel.For(0, values.Length, i =>
                {
                    [|sums[0]|] += values[i];
                    [|sums[i % 10]|]++;
                    [|sums[values[i]]|]++;
                });
            }
        }
        """);

    [Fact]
    public Task C3_103_Fires_in_a_request_handler() => Verify.Fires("""
        public static class Program
        {
            public static void Main()
            {
                var hits = 0;
                var app = new Microsoft.AspNetCore.Builder.WebApplication();
                Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/", () => ++[|hits|]);
            }
        }

        namespace Microsoft.AspNetCore.Builder
        {
            public class WebApplication;

            public static class EndpointRouteBuilderExtensions
            {
                public static void MapGet(this WebApplication app, string pattern, Delegate handler) { }
            }
        }
        """);

    [Fact]
    public Task Fires_where_the_lock_keeps_nobody_out() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _throttle = new(4);

            public async Task M(List<int> items)
            {
                var n = 0;
                await Task.WhenAll(items.Select(async i =>
                {
                    await _throttle.WaitAsync();
                    try
                    {
                        [|n|]++;
                    }
                    finally
                    {
                        _throttle.Release();
                    }
                }));
            }
        }
        """);

    [Fact]
    public Task Fires_where_the_end_of_each_worker_adds_up() => Verify.Fires("""
        public class C
        {
            public long M(int[] items)
            {
                long total = 0;
                Parallel.ForEach(items, () => 0L, (item, state, sum) => sum + item, sum => [|total|] += sum);
                return total;
            }
        }
        """);
}
