using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.WaitForLockedWorkFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WaitForLockedWork>;

namespace Analyzers.Tests.Rules;

public class TW2009_WaitForLockedWork_Fix
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private readonly Thread _worker;
            private Thread? _thread;
            private Task? _task;
            private Task<int>? _sum;
            private int _x;

            public C() => _worker = new Thread(Work);

            public void Start()
            {
                _worker.Start();
                _thread = new Thread(Work);
                _thread.Start();
                _task = Task.Run(Work);
                _sum = Task.Run(() => { lock (_g) return _x; });
            }

            private void Work()
            {
                lock (_g)
                    _x++;
            }

            private int Locked(int i)
            {
                lock (_g)
                    return i;
            }

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static Task Fixes(string before, string after) => Verify.Fixes<Fix>(Class(before), Class(after));

    private static string Stop(string body) => $"public void Stop()\n{{\n    {body.Replace("\n", "\n    ")}\n}}";

    private static Task FixesIn(string before, string after) => Fixes(Stop(before), Stop(after));

    [Fact]
    public Task Waits_for_a_thread_in_a_readonly_field_after_the_lock() => FixesIn("""
        lock (_g)
        {
            _x = 1;
            [|_worker.Join()|];
        }
        _x++;
        """, """
        lock (_g)
        {
            _x = 1;
        }
        _worker.Join();
        _x++;
        """);

    [Fact]
    public Task Keeps_under_the_lock_which_thread_it_was() => FixesIn("""
        lock (_g)
        {
            _x = 1;
            [|_thread!.Join()|];
        }
        """, """
        Thread thread;
        lock (_g)
        {
            _x = 1;
            thread = _thread!;
        }
        thread.Join();
        """);

    [Fact]
    public Task Keeps_comments_and_blank_lines() => FixesIn("""
        // stop
        lock (_g) // ours
        {
            // it ends at one
            _x = 1; // now

            // and wait
            [|_thread!.Join()|]; // for ever
        }
        // free
        _x++;
        """, """
        // stop
        Thread thread;
        lock (_g) // ours
        {
            // it ends at one
            _x = 1; // now
            thread = _thread!;
        }

        // and wait
        thread.Join(); // for ever
        // free
        _x++;
        """);

    [Theory]
    [InlineData("[|_task!.Wait()|];", "Task task;", "task = _task!;", "task.Wait();")]
    [InlineData("[|this._task!.Wait()|];", "Task task;", "task = this._task!;", "task.Wait();")]
    [InlineData("_thread?[|.Join()|];", "Thread? thread;", "thread = _thread;", "thread?.Join();")]
    [InlineData("_ = [|_sum!.Result|];", "Task<int> sum;", "sum = _sum!;", "_ = sum.Result;")]
    [InlineData("[|Task.Run(Work).Wait()|];", "Task task;", "task = Task.Run(Work);", "task.Wait();")]
    [InlineData("[|Task.Run(() => Work()).GetAwaiter().GetResult()|];", "Task task;", "task = Task.Run(() => Work());", "task.GetAwaiter().GetResult();")]
    public Task Keeps_the_task_and_waits_for_it_after_the_lock(string wait, string declared, string kept, string after) => FixesIn(
        $"lock (_g)\n{{\n    _x = 1;\n    {wait}\n}}", $"{declared}\nlock (_g)\n{{\n    _x = 1;\n    {kept}\n}}\n{after}");

    [Theory]
    [InlineData("lock (_g) { _x = 1; [|_task!.Wait()|]; }", "Task task; lock (_g) { _x = 1; task = _task!; } task.Wait();")]
    [InlineData("if (_x > 0) { lock (_g) { [|_task!.Wait()|]; } }", "if (_x > 0) { Task task; lock (_g) { task = _task!; } task.Wait(); }")]
    public Task Stays_on_one_line(string before, string after) => FixesIn("_x = 0; " + before, "_x = 0; " + after);

    [Fact]
    public Task Declares_before_the_lock_what_is_declared_inside() => FixesIn("""
        lock (_g)
        {
            var work = Task.Run(Work);
            [|work.Wait()|];
        }
        """, """
        Task work;
        lock (_g)
        {
            work = Task.Run(Work);
        }
        work.Wait();
        """);

    [Fact]
    public Task Leaves_work_of_several_lines_where_it_is() => FixesIn("""
        lock (_g)
        {
            _x = 1;
            [|Task.Run(() =>
            {
                // also locks
                lock (_g)
                    _x = 2;
            }).Wait()|]; // done
        }
        """, """
        Task task;
        lock (_g)
        {
            _x = 1;
            task = Task.Run(() =>
            {
                // also locks
                lock (_g)
                    _x = 2;
            });
        }
        task.Wait(); // done
        """);

    [Fact]
    public Task Returns_the_result_after_the_lock() => Fixes("""
        public int Sum()
        {
            lock (_g)
            {
                _x = 1;
                return [|_sum!.Result|];
            }
        }
        """, """
        public int Sum()
        {
            Task<int> sum;
            lock (_g)
            {
                _x = 1;
                sum = _sum!;
            }
            return sum.Result;
        }
        """);

    [Fact]
    public Task Two_locks_of_one_method_have_a_local_each() => FixesIn("""
        if (_x > 0)
        {
            lock (_g)
            {
                [|_task!.Wait()|];
            }
        }
        lock (_g)
        {
            [|_task!.Wait()|];
        }
        """, """
        if (_x > 0)
        {
            Task task;
            lock (_g)
            {
                task = _task!;
            }
            task.Wait();
        }
        Task task2;
        lock (_g)
        {
            task2 = _task!;
        }
        task2.Wait();
        """);

    [Fact]
    public Task A_name_that_is_taken_gets_a_number() => FixesIn("""
        var task = 1;
        lock (_g)
        {
            _x = task;
            [|_task!.Wait()|];
        }
        """, """
        var task = 1;
        Task task2;
        lock (_g)
        {
            _x = task;
            task2 = _task!;
        }
        task2.Wait();
        """);

    [Theory]
    [InlineData("lock (_g) { [|_task!.Wait()|]; _x = 1; }")]
    [InlineData("lock (_g) { _x = 1; if (_x > 0) { [|_task!.Wait()|]; } }")]
    [InlineData("lock (_g) { _x = 1; try { [|_task!.Wait()|]; } catch (Exception) { } }")]
    [InlineData("lock (_g) { _x = [|_sum!.Result|]; }")]
    [InlineData("lock (_g) { var sum = [|_sum!.Result|]; }")]
    [InlineData("lock (_g) { Console.WriteLine([|_sum!.Result|]); }")]
    [InlineData("lock (_g) [|_task!.Wait()|];")]
    [InlineData("lock (_g) { [|_worker.Join()|]; }")]
    [InlineData("while (_x > 0) lock (_g) { _x++; [|_worker.Join()|]; }")]
    public Task Nothing_when_the_wait_is_not_the_last_statement_of_its_own_lock(string body) => Verify.NoFix<Fix>(Class(Stop(body)));

    [Theory]
    [InlineData("lock (_h) { lock (_g) { _x = 1; [|_task!.Wait()|]; } }")]
    [InlineData("lock (_g) { lock (_h) { _x = 1; [|_task!.Wait()|]; } }")]
    [InlineData("Monitor.Enter(_h); try { lock (_g) { _x = 1; [|_task!.Wait()|]; } } finally { Monitor.Exit(_h); }")]
    [InlineData("lock (_g) { Monitor.Enter(_h); [|_task!.Wait()|]; } Monitor.Exit(_h);")]
    public Task Nothing_when_another_lock_is_held(string body) => Verify.NoFix<Fix>(Class(Stop(body)));

    [Theory]
    [InlineData("private void Wait()\n{\n    lock (_h)\n    {\n        _x++;\n        [|_task!.Wait()|];\n    }\n}\n\npublic void Stop()\n{\n    lock (_g)\n        Wait();\n}")]
    [InlineData("private void Wait()\n{\n    lock (_g)\n    {\n        _x++;\n        [|_task!.Wait()|];\n    }\n}\n\nprivate void Through() => Wait();\n\npublic void Stop()\n{\n    lock (_h)\n        Through();\n}")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]\npublic void Stop()\n{\n    lock (_g)\n    {\n        _x++;\n        [|_task!.Wait()|];\n    }\n}")]
    public Task Nothing_when_callers_hold_a_lock(string members) => Verify.NoFix<Fix>(Class(members));

    [Theory]
    [InlineData("lock (_g)\n{\n    using var file = new System.IO.MemoryStream();\n    [|_task!.Wait()|];\n}")]
    [InlineData("lock (_g)\n{\n    _x = 1;\n#if DEBUG\n    _x = 2;\n#endif\n    [|_task!.Wait()|];\n}")]
    [InlineData("lock (_g)\n{\n    _x = 1;\n    [|_task!.Wait()|];\n    // the end\n}")]
    [InlineData("lock (_g)\n{\n    _x = 1;\n    [|_task!.Wait()|]; // wait\n} // free")]
    [InlineData("lock (_g)\n{\n    _x = 1;\n    _ = [|Task.Run(() =>\n        1 + Locked(2)).Result|];\n}")]
    [InlineData("lock (_g)\n{\n    _x = 1; [|_task!.Wait()|];\n}")]
    public Task Nothing_when_the_block_cannot_be_closed_before_it(string body) => Verify.NoFix<Fix>(Class(Stop(body)));
}
