using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnsafeCollectionInParallelFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsafeCollectionInParallel>;

namespace Analyzers.Tests.Rules;

public partial class TW1008_UnsafeCollectionInParallel
{
    [Fact]
    public Task Fires_on_a_list_that_a_parallel_loop_fills() => Verify.Fires("""
        public class C
        {
            public List<int> M(int[] items)
            {
                var results = new List<int>();
                Parallel.ForEach(items, item => [|results|].Add(item * 2));
                return results;
            }
        }
        """, "'List.Add' changes 'results' in 'C.M' while other runs that 'Parallel.ForEach' starts do so as well, and it is not safe for that: elements are lost, or it throws");

    [Fact]
    public Task Fires_on_every_kind_of_change() => Verify.Fires("""
        public class C
        {
            private readonly Dictionary<int, string> _names = new();

            public void M(int[] items, HashSet<int> seen, IList<int> order)
            {
                IDictionary<int, int> squares = new Dictionary<int, int>();
                var text = new System.Text.StringBuilder();
                Parallel.ForEach(items, item =>
                {
                    [|squares|][item] = item * item;
                    [|_names|][item] = "";
                    if ([|seen|].Add(item))
                        [|text|].Append(item);
                    order.Add(item);
                });
            }
        }
        """);

    [Fact]
    public Task Fires_on_tasks_and_async_lambdas() => Verify.Fires("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var found = new List<int>();
                await Task.WhenAll(items.Select(async i =>
                {
                    await Task.Delay(i);
                    [|found|].Add(i);
                }));
                var tasks = new List<Task>();
                foreach (var item in items)
                    tasks.Add(Task.Run(() => [|found|].Add(item)));
                await Task.WhenAll(tasks);
                _ = items.AsParallel().Select(i => { [|found|].Add(i); return i; }).ToList();
            }
        }
        """);

    [Fact]
    public Task Fires_on_two_delegates_and_on_the_code_beside_one() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                var list = new List<int>();
                var task = Task.Run(() => { foreach (var item in list) Console.WriteLine(item); });
                [|list|].Add(1);
                await task;
                Parallel.Invoke(() => [|list|].Add(1), () => Console.WriteLine(list.Count));
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_collection_is_safe() => Verify.Silent("""
        using System.Collections.Concurrent;

        public class C
        {
            [ThreadStatic]
            private static List<int>? s_mine;

            public void M(int[] items, ArrayList given)
            {
                var bag = new ConcurrentBag<int>();
                IDictionary<int, int> map = new ConcurrentDictionary<int, int>();
                var list = ArrayList.Synchronized(new ArrayList());
                var results = new List<int>(items);
                Parallel.For(0, items.Length, i =>
                {
                    bag.Add(i);
                    map[i] = i;
                    list.Add(i);
                    results[i] = i * 2;
                    s_mine!.Add(i);
                    var own = new List<int>();
                    own.Add(i);
                });
            }
        }
        """.Replace("ArrayList", "System.Collections.ArrayList"));

    [Fact]
    public Task Silent_under_a_lock_and_when_one_runs_at_a_time() => Verify.Silent("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var list = new List<int>();
                Parallel.ForEach(items, item =>
                {
                    lock (list)
                    {
                        list.Add(item);
                    }
                });
                foreach (var item in items)
                    await Task.Run(() => list.Add(item));
                var task = Task.Run(() => list.Add(1));
                await task;
                list.Add(2);
                items.ForEach(item => list.Add(item));
                await Task.WhenAll(items.Select(item => { list.Add(item); return Task.Delay(item); }));
            }
        }
        """);

    [Fact]
    public Task Silent_when_each_worker_has_its_own_and_when_only_read() => Verify.Silent("""
        public class C
        {
            public void M(List<int> items, Dictionary<int, string> names)
            {
                var all = new List<string>();
                Parallel.ForEach(items, () => new List<string>(), (item, state, mine) =>
                {
                    mine.Add(names[item]);
                    return mine;
                }, mine =>
                {
                    lock (all)
                    {
                        all.AddRange(mine);
                    }
                });
            }
        }
        """);

    [Fact]
    public Task Silent_on_what_stands_behind_the_return_of_the_work() => Verify.Silent("""
        public class C
        {
            public Task<int[]> M(IEnumerable<Task<int>> parts)
            {
                var all = new List<int>();
                async Task<int[]> Rest(IEnumerator<Task<int>> rest)
                {
                    do
                    {
                        all.Add(await rest.Current.ConfigureAwait(false));
                    }
                    while (rest.MoveNext());
                    return all.ToArray();
                }

                var each = parts.GetEnumerator();
                while (each.MoveNext())
                {
                    if (each.Current.IsCompleted)
                        all.Add(each.Current.Result);
                    else
                        return Rest(each);
                }
                all.Add(0);
                return Task.FromResult(all.ToArray());
            }
        }
        """);

    [Fact]
    public Task Fires_on_what_is_done_in_the_end_though_the_work_is_returned() => Verify.Fires("""
        public class C
        {
            public Task M()
            {
                var all = new List<int>();
                try
                {
                    return Task.Run(() => all.Add(1));
                }
                finally
                {
                    [|all|].Clear();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_collections_of_unknown_make() => Verify.Silent("""
        public class C
        {
            private IDictionary<int, int> _map = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();

            public void M(List<int> items, ICollection<int> given)
            {
                Parallel.ForEach(items, item => given.Add(item));
                Parallel.ForEach(items, item => _map[item] = item);
            }
        }
        """);

    [Fact]
    public Task Fixes_with_a_lock_on_the_collection() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly Dictionary<int, int> _squares = new();

            public async Task M(List<int> items)
            {
                var list = new List<int>();
                Parallel.ForEach(items, item =>
                {
                    // kept
                    [|list|].Add(item);
                    Console.WriteLine();
                    [|_squares|][item] = item * item;
                });
                await Task.WhenAll(items.Select(i => Task.Run(() => [|list|].Add(i))));
            }
        }
        """, """
        public class C
        {
            private readonly Dictionary<int, int> _squares = new();

            public async Task M(List<int> items)
            {
                var list = new List<int>();
                Parallel.ForEach(items, item =>
                {
                    // kept
                    lock (list)
                    {
                        list.Add(item);
                    }
                    Console.WriteLine();
                    lock (_squares)
                    {
                        _squares[item] = item * item;
                    }
                });
                await Task.WhenAll(items.Select(i => Task.Run(() => { lock (list) { list.Add(i); } })));
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_a_lock_would_be_held_for_other_work() => Verify.NoFix<Fix>("""
        public class C
        {
            public void M(List<int> items, HashSet<int> seen)
            {
                Parallel.ForEach(items, item =>
                {
                    if ([|seen|].Add(item))
                        Console.WriteLine(item);
                });
            }
        }
        """);

    [Fact]
    public Task Fires_on_async_functions_that_a_loop_starts() => Verify.Fires("""
        public class C
        {
            private readonly List<int> _found = new();

            public async Task M(List<int> items)
            {
                var list = new List<int>();
                var tasks = new List<Task>();
                Func<int, Task> add = async i => { await Task.Delay(i); [|list|].Add(i); };
                foreach (var item in items)
                    tasks.Add(add(item));
                await Task.WhenAll(tasks);
            }
        }
        """);

    [Fact]
    public Task Fires_on_async_members_that_are_all_started() => Verify.Fires("""
        public class C
        {
            private readonly List<int> _found = new();
            public Task M(List<int> items) => Task.WhenAll(items.Select(KeepAsync));
            public Task N(List<int> items) => Task.WhenAll(items.Select(i => KeepAsync(i)));
            private async Task KeepAsync(int i)
            {
                await Task.Delay(i);
                [|_found|].Add(i);
            }
        }
        """);

    [Fact]
    public Task Silent_on_async_members_that_are_awaited_one_by_one() => Verify.Silent("""
        public class C
        {
            private readonly List<int> _found = new();
            public async Task M(List<int> items)
            {
                foreach (var item in items)
                    await KeepAsync(item);
            }
            private async Task KeepAsync(int i)
            {
                await Task.Delay(i);
                _found.Add(i);
            }
        }
        """);
}
