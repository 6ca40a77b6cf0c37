using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BlockingCallUnderLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingCallUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2010_BlockingCallUnderLock_Fix
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private readonly ManualResetEventSlim _set = new();
            private readonly ManualResetEventSlim _closed = new();
            private readonly System.Collections.Concurrent.BlockingCollection<int> _queue = new();
            private Thread _thread = new(() => { });
            private Task? _task;
            private TimeSpan _delay;
            private int _x;

            public void Close() => _closed.Dispose();

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    private static string Method(string body) => $"public void M(Task<int> task, CancellationToken token, int time, string path)\n{{\n    {body.Replace("\n", "\n    ")}\n}}";

    private static Task NoFix(string body) => Verify.NoFix<Fix>(Class(Method(body)));

    [Theory]
    [InlineData("Thread.Sleep(10)")]
    [InlineData("Thread.Sleep(time)")]
    [InlineData("Thread.Sleep(TimeSpan.FromSeconds(1))")]
    [InlineData("task.Wait()")]
    [InlineData("task.Wait(token)")]
    [InlineData("task.GetAwaiter().GetResult()")]
    [InlineData("_ = task.Result", "_ = [|task.Result|]")]
    [InlineData("_set.Wait()")]
    [InlineData("_set.Wait(100, token)")]
    public Task Waits_after_the_lock(string call, string? marked = null) => Verify.Fixes<Fix>(
        Class(Method($"lock (_g)\n{{\n    _x++;\n    {marked ?? $"[|{call}|]"};\n}}")), Class(Method($"lock (_g)\n{{\n    _x++;\n}}\n{call};")));

    [Theory]
    [InlineData("[|_thread.Join()|]", "Thread thread", "thread = _thread", "thread.Join()")]
    [InlineData("[|_task!.Wait()|]", "Task task2", "task2 = _task!", "task2.Wait()")]
    [InlineData("[|Thread.Sleep(_delay)|]", "TimeSpan delay", "delay = _delay", "Thread.Sleep(delay)")]
    [InlineData("[|Thread.Sleep(TimeSpan.FromSeconds(_x))|]", "int x", "x = _x", "Thread.Sleep(TimeSpan.FromSeconds(x))")]
    [InlineData("[|Task.WaitAll(task, _task!)|]", "Task task2", "task2 = _task!", "Task.WaitAll(task, task2)")]
    public Task Keeps_what_it_waits_for_and_how_long(string before, string declared, string kept, string after) => Verify.Fixes<Fix>(
        Class(Method($"lock (_g)\n{{\n    _x++;\n    {before};\n}}")), Class(Method($"{declared};\nlock (_g)\n{{\n    _x++;\n    {kept};\n}}\n{after};")));

    [Fact]
    public Task Returns_the_result_after_the_lock() => Verify.Fixes<Fix>(Class("""
        public int M(Task<int> task)
        {
            lock (_g)
            {
                _x++;
                return [|task.Result|];
            }
        }
        """), Class("""
        public int M(Task<int> task)
        {
            lock (_g)
            {
                _x++;
            }
            return task.Result;
        }
        """));

    [Theory]
    [InlineData("lock (_g) { _x++; [|System.IO.File.WriteAllText(path, path)|]; }")]
    [InlineData("lock (_g) { _x++; [|System.IO.File.AppendAllText(path, path)|]; }")]
    [InlineData("lock (_g) { _x++; [|_queue.Take()|]; }")]
    public Task Nothing_when_it_does_more_than_wait(string body) => NoFix(body);

    [Theory]
    [InlineData("lock (_g) { _x++; [|Task.Run(() => _x++).Wait()|]; }")]
    [InlineData("lock (_g) { var work = Task.Run(() => _x++); [|work.Wait()|]; }")]
    [InlineData("lock (_g) { _task = Task.Run(() => _x++); [|_task.Wait()|]; }")]
    [InlineData("lock (_g) { _thread.Start(); [|_thread.Join()|]; }")]
    [InlineData("lock (_g) { _x++; [|Later().Wait()|]; } static async Task Later() => await Task.Yield();")]
    public Task Nothing_when_the_work_was_begun_under_the_lock(string body) => NoFix(body);

    [Fact]
    public Task Nothing_when_the_type_disposes_of_what_is_waited_for() => NoFix("lock (_g) { _x++; [|_closed.Wait()|]; }");

    [Theory]
    [InlineData("lock (_g) { [|Thread.Sleep(1)|]; _x++; }")]
    [InlineData("lock (_g) { [|Thread.Sleep(1)|]; }")]
    [InlineData("lock (_g) { [|Thread.Sleep(_delay)|]; }")]
    [InlineData("lock (_g) [|Thread.Sleep(1)|];")]
    [InlineData("lock (_g) { _x++; if (_x > 1) [|Thread.Sleep(1)|]; }")]
    [InlineData("lock (_g) { while (_x > 0) { _x--; [|Thread.Sleep(1)|]; } }")]
    [InlineData("lock (_g) { _x = [|task.Result|]; }")]
    [InlineData("lock (_h) { lock (_g) { _x++; [|Thread.Sleep(1)|]; } }")]
    [InlineData("lock (_g) { _x++; [|Later()|]; } static void Later() => Thread.Sleep(1);")]
    public Task Nothing_when_it_is_not_the_last_statement_of_the_only_lock(string body) => NoFix(body);
}
