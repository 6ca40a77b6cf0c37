using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedVariableRace>;

namespace Analyzers.Tests.Rules;

public partial class TW1007_CapturedVariableRace
{
    [Fact]
    public Task C3_92_Silent_when_the_work_is_awaited_at_once() => Verify.Silent("""
        public class C
        {
            private int _count;

            public async Task M()
            {
                var n = 0;
                await Task.Run(() => _count++);
                await Task.Run(() => n++);
                n++;
                var task = Task.Run(() => n++);
                task.Wait();
                n++;
            }
        }
        """);

    [Fact]
    public Task C3_94_Silent_when_written_before_the_start_and_read_after_the_end() => Verify.Silent("""
        public class C
        {
            public int M(int[] items)
            {
                int n = 0;
                n += items.Length;
                Parallel.For(0, 9, i => Console.WriteLine(n + i));
                n++;
                return n;
            }
        }
        """);

    [Fact]
    public Task C3_96_Silent_when_awaited_one_after_the_other() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                foreach (var item in items)
                {
                    await F(item);
                    n++;
                }

                foreach (var item in items)
                    await Task.Run(() => n += item);
                foreach (var item in items)
                {
                    var task = Task.Run(() => n += item);
                    await task;
                }

                foreach (var task in items.Select(async i => { await F(i); n++; }))
                    await task;
            }

            private static Task F(int i) => Task.Delay(i);
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _one = new(1, 1);

            public async Task M(List<int> items, object gate, SemaphoreSlim given)
            {
                var n = 0;
                Parallel.ForEach(items, item =>
                {
                    lock (gate)
                    {
                        n += item;
                    }
                });
                await Task.WhenAll(items.Select(async i =>
                {
                    await _one.WaitAsync();
                    try
                    {
                        n++;
                    }
                    finally
                    {
                        _one.Release();
                    }
                }));
                await Task.WhenAll(items.Select(async i =>
                {
                    await given.WaitAsync();
                    n++;
                    given.Release();
                }));
            }
        }
        """);

    [Fact]
    public Task Silent_on_changes_in_one_step() => Verify.Silent("""
        public class C
        {
            public int M(List<int> items)
            {
                var (n, last) = (0, 0);
                var set = System.Collections.Immutable.ImmutableHashSet<int>.Empty;
                Parallel.ForEach(items, item =>
                {
                    Interlocked.Increment(ref n);
                    Interlocked.Add(ref n, item);
                    Volatile.Write(ref last, item);
                    System.Collections.Immutable.ImmutableInterlocked.Update(ref set, (known, one) => known.Add(one), item);
                });
                return n + last + set.Count;
            }
        }
        """);

    [Fact]
    public Task Silent_on_state_of_one_run_or_one_worker() => Verify.Silent("""
        public class C
        {
            public long M(int[] items, ThreadLocal<int> mine)
            {
                long total = 0;
                Parallel.ForEach(items, () => 0L, (item, state, sum) => sum + item, sum => Interlocked.Add(ref total, sum));
                Parallel.For(0, items.Length, i =>
                {
                    var n = 0;
                    for (var j = 0; j < i; j++)
                        n += j;
                    items[i] = n;
                    mine.Value++;
                });
                return total;
            }
        }
        """);

    [Fact]
    public Task C2_89_Silent_on_elements_that_belong_to_one_run() => Verify.Silent("""
        public class C
        {
            public void M(int[] items, int[,] table, int[][] rows, List<int> order, int width)
            {
                Parallel.For(0, items.Length, i =>
                {
                    items[i] += i;
                    items[i + 1]++;
                    items[order[i]] += 2;
                    items[items[i]] += 2;
                    table[0, i]++;
                    rows[i][0]++;
                    for (var j = 0; j < width; j++)
                        items[i * width + j]++;
                    items[Next(i)]++;
                });
            }

            private static int Next(int i) => i + 1;
        }
        """);

    [Fact]
    public Task C2_89_Silent_on_objects_of_one_run() => Verify.Silent("""
        public class Item { public int Count; }

        public class C
        {
            public async Task M(List<Item> items)
            {
                Parallel.ForEach(items, item => item.Count++);
                foreach (var item in items)
                    _ = Task.Run(() => item.Count++);
                foreach (var item in items)
                {
                    var count = item.Count;
                    _ = Task.Run(() => count++);
                }

                await Task.WhenAll(items.Select(async item =>
                {
                    await Task.Yield();
                    item.Count++;
                }));
            }
        }
        """);

    [Fact]
    public Task Silent_on_flags_and_first_values() => Verify.Silent("""
        public class C
        {
            public void M(List<string> items)
            {
                var found = false;
                Exception? failure = null;
                string? first = null;
                Parallel.ForEach(items, (item, state) =>
                {
                    try
                    {
                        if (found)
                            return;
                        if (item.Length > 3)
                            found = true;
                        first ??= item;
                        if (first == null)
                            first = item;
                    }
                    catch (Exception e)
                    {
                        failure = e;
                    }
                });
            }
        }
        """);

    [Fact]
    public Task Silent_before_the_first_await() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                await Task.WhenAll(items.Select(async i =>
                {
                    var number = n++;
                    await Task.Delay(number);
                }));
                await Task.WhenAll(items.Select(i => { n++; return Task.Delay(n); }));
            }
        }
        """);

    [Fact]
    public Task Silent_when_only_a_query_runs_it() => Verify.Silent("""
        public class C
        {
            public int M(List<int> items)
            {
                var n = 0;
                var odd = items.Where(i => n++ % 2 == 1).ToList();
                items.ForEach(i => n += i);
                Action add = () => n++;
                add();
                return n + odd.Count;
            }
        }
        """);

    [Fact]
    public Task Silent_on_delegates_that_do_not_touch_the_same() => Verify.Silent("""
        public class C
        {
            public async Task M(bool fast)
            {
                var (a, b, n) = (0, 0, 0);
                Parallel.Invoke(() => a++, () => b++);
                var one = Task.Run(() => a++);
                var two = Task.Run(() => b++);
                await Task.WhenAll(one, two);
                var first = Task.Run(() => n++);
                await first;
                var second = Task.Run(() => n++);
                await second;
                Task third;
                if (fast)
                    third = Task.Run(() => a += 2);
                else
                    third = Task.Run(() => a += 3);
                await third;
            }
        }
        """);

    [Fact]
    public Task Silent_when_one_runs_at_a_time() => Verify.Silent("""
        public class C
        {
            public async Task M(int[] items, TaskScheduler scheduler)
            {
                var n = 0;
                Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 1 }, item => n += item);
                foreach (var item in items)
                    _ = Task.Factory.StartNew(() => n += item, CancellationToken.None, TaskCreationOptions.None, scheduler);
                foreach (var item in items)
                {
                    if (item > 3)
                    {
                        _ = Task.Run(() => n++);
                        break;
                    }
                }

                using var timer = new Timer(_ => n++, null, 0, 10);
            }

            public async Task N()
            {
                var n = 0;
                while (n < 3)
                {
                    _ = Task.Run(() => n++);
                    await Task.Delay(1000);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_only_one_run_comes_there() => Verify.Silent("""
        public class C
        {
            public void M(List<int> items)
            {
                var (left, total) = (items.Count, 0);
                Parallel.ForEach(items, item =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        total += item;
                });
            }
        }
        """);

    [Fact]
    public Task Silent_where_code_comes_back_to_its_thread() => Verify.Silent("""
        public class Window : System.Windows.Threading.DispatcherObject
        {
            public async Task M(List<int> items)
            {
                var n = 0;
                await Task.WhenAll(items.Select(async i => { await Task.Delay(i); n++; }));
            }
        }

        namespace System.Windows.Threading
        {
            public class DispatcherObject;
        }
        """);
}
