using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CapturedLoopVariableFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedLoopVariable>;

namespace Analyzers.Tests.Rules;

public class TW1029_CapturedLoopVariable
{
    [Fact]
    public Task Fires_on_a_task() => Verify.Fires("""
        public class C
        {
            public Task M(int[] items)
            {
                var tasks = new List<Task>();
                for (var i = 0; i < items.Length; i++)
                    tasks.Add(Task.Run(() => Console.WriteLine(items[[|i|]])));
                return Task.WhenAll(tasks);
            }
        }
        """, "'i' is read by work that 'Task.Run' starts in 'C.M', when the loop has gone on: it is one variable for all rounds, and most of the work sees a later value");

    [Fact]
    public Task Fires_on_threads_and_pool_work() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                for (int i = 0; i < 4; i++)
                {
                    var thread = new Thread(() => Console.WriteLine([|i|]));
                    thread.IsBackground = true;
                    thread.Start();
                    ThreadPool.QueueUserWorkItem(_ => Console.WriteLine([|i|]));
                }

                var tasks = new Task[4];
                for (int i = 0; i < tasks.Length; i++)
                    tasks[i] = Task.Factory.StartNew(() => Console.WriteLine([|i|]));
                Task.WaitAll(tasks);
            }
        }
        """);

    [Fact]
    public Task Fires_in_a_loop_of_one_statement_whatever_follows_the_loop() => Verify.Fires("""
        public class C
        {
            public int M()
            {
                for (var i = 0; i < 4; i++)
                    Task.Run(() => Console.WriteLine([|i|]));
                return 0;
            }
        }
        """);

    [Fact]
    public Task Fires_on_what_follows_an_await() => Verify.Fires("""
        public class C
        {
            public async Task M()
            {
                var tasks = new List<Task>();
                for (int i = 0; i < 4; i++)
                    tasks.Add(F());
                for (int i = 0; i < 4; i++)
                {
                    tasks.Add(Later());

                    async Task Later()
                    {
                        Console.WriteLine(i);
                        await Task.Yield();
                        Console.WriteLine([|i|]);
                    }
                }

                await Task.WhenAll(tasks);
            }

            private static Task F() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Fires_in_an_inner_loop() => Verify.Fires("""
        public class C
        {
            public void M(List<Task> tasks, int[] items)
            {
                for (var i = 0; i < 3; i++)
                    foreach (var item in items)
                        tasks.Add(Task.Run(() => Console.WriteLine(item)));
                for (var i = 0; i < 3; i++)
                {
                    var j = i;
                    tasks.Add(Task.Run(() => Console.WriteLine($"{j} {[|i|]}")));
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_copy_and_on_other_loops() => Verify.Silent("""
        public class C
        {
            public void M(List<Task> tasks, int[] items)
            {
                for (var i = 0; i < 3; i++)
                {
                    var j = i;
                    tasks.Add(Task.Run(() => Console.WriteLine(j)));
                }

                foreach (var item in items)
                    tasks.Add(Task.Run(() => Console.WriteLine(item)));
                Parallel.For(0, 3, i => Console.WriteLine(i));
                for (var i = 0; i < 3; i++)
                    tasks.Add(Task.Factory.StartNew(o => Console.WriteLine(o), i));
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_round_waits_for_its_work() => Verify.Silent("""
        public class C
        {
            public async Task M(int[] items)
            {
                for (var i = 0; i < 3; i++)
                    await Task.Run(() => Console.WriteLine(i));
                for (var i = 0; i < 3; i++)
                    Task.Run(() => Console.WriteLine(i)).Wait();
                for (var i = 0; i < 3; i++)
                {
                    var task = Task.Run(() => Console.WriteLine(i));
                    Console.WriteLine();
                    await task;
                }

                for (var i = 0; i < 3; i++)
                    Parallel.ForEach(items, item => Console.WriteLine(item + i));
                for (var i = 0; i < 3; i++)
                {
                    var thread = new Thread(() => Console.WriteLine(i));
                    thread.Start();
                    thread.Join();
                }

                for (var i = 0; i < 3; i++)
                {
                    var tasks = items.Select(item => Task.Run(() => Console.WriteLine(item + i))).ToList();
                    await Task.WhenAll(tasks);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_loop_is_left_or_nobody_runs_it_apart() => Verify.Silent("""
        public class C
        {
            public Task M(List<int> items)
            {
                for (var i = 0; i < items.Count; i++)
                    if (items[i] > 3)
                        return Task.Run(() => Console.WriteLine(i));
                for (var i = 0; i < items.Count; i++)
                    Console.WriteLine(items.Find(item => item == i));
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] > 5)
                    {
                        _ = Task.Run(() => Console.WriteLine(i));
                        break;
                    }
                }

                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Fixes_with_a_copy() => Verify.Fixes<Fix>("""
        public class C
        {
            public void M(List<Task> tasks, int[] items)
            {
                for (var i = 0; i < items.Length; i++)
                    tasks.Add(Task.Run(() => Console.WriteLine(items[[|i|]]))); // kept
                for (var i = 0; i < items.Length; i++)
                {
                    // the task
                    tasks.Add(Task.Run(() =>
                    {
                        Console.WriteLine([|i|]);
                        Console.WriteLine([|i|] + 1);
                    }));
                }
            }
        }
        """, """
        public class C
        {
            public void M(List<Task> tasks, int[] items)
            {
                for (var i = 0; i < items.Length; i++)
                {
                    var iCopy = i;
                    tasks.Add(Task.Run(() => Console.WriteLine(items[iCopy]))); // kept
                }
                for (var i = 0; i < items.Length; i++)
                {
                    // the task
                    var iCopy = i;
                    tasks.Add(Task.Run(() =>
                    {
                        Console.WriteLine(iCopy);
                        Console.WriteLine(iCopy + 1);
                    }));
                }
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_when_the_work_changes_it() => Verify.NoFix<Fix>("""
        public class C
        {
            public void M()
            {
                for (var i = 0; i < 9; i++)
                    ThreadPool.QueueUserWorkItem(_ => [|i|]++);
            }
        }
        """);
}
