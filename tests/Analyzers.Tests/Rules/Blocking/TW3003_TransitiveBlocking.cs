using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlocking>;

namespace Analyzers.Tests.Rules;

public partial class TW3003_TransitiveBlocking
{
    private static string Calls(string call, string members) => $$"""
        using System.Diagnostics;
        using System.IO;
        public class C(Task<int> task, SemaphoreSlim gate, ManualResetEventSlim signal, Thread thread, Process process)
        {
            public async Task M(int n, bool async, Mode mode)
            {
                await Task.Yield();
                {{call}}
            }
            {{members}}
        }
        public enum Mode { Sync, Async }
        """;

    [Theory]
    [InlineData("task.Wait()")]
    [InlineData("_ = task.Result")]
    [InlineData("task.GetAwaiter().GetResult()")]
    [InlineData("Task.WaitAll(task)")]
    [InlineData("Thread.Sleep(100)")]
    [InlineData("Task.Delay(100).Wait()")]
    [InlineData("gate.Wait()")]
    [InlineData("signal.Wait()")]
    [InlineData("thread.Join()")]
    [InlineData("process.WaitForExit()")]
    public Task Fires_on_a_helper_that_blocks(string block) => Verify.Fires(Calls("[|Helper()|];", $"private void Helper() {{ {block}; }}"));

    [Theory]
    [InlineData("[|Helper()|];", "private void Helper() => Deeper(); private void Deeper() => Deepest(); private void Deepest() => task.Wait();")]
    [InlineData("[|Inner()|]; void Inner() => task.Wait();", "")]
    [InlineData("var wait = () => task.Wait(); [|wait()|];", "")]
    [InlineData("Console.WriteLine([|Value|]);", "private int Value => task.Result;")]
    [InlineData("[|Value|] = 1;", "private int Value { set => task.Wait(); }")]
    [InlineData("Console.WriteLine([|this[1]|]);", "private int this[int i] => task.Result + i;")]
    [InlineData("foreach (var i in [|All()|]) Console.WriteLine(i);", "private IEnumerable<int> All() { yield return task.Result; }")]
    [InlineData("Console.WriteLine([|All()|].ToList());", "private IEnumerable<int> All() { yield return task.Result; }")]
    [InlineData("[|Helper()|]; [|Other()|];", "private void Helper() => task.Wait(); private void Other() => Thread.Sleep(1);")]
    [InlineData("[|Helper(1)|]; Helper(2);", "private void Helper(int i) => task.Wait(i);")]
    [InlineData("if (n > 0) [|Helper()|];", "private void Helper() { if (gate.CurrentCount > 0) return; gate.Wait(); }")]
    [InlineData("try { [|Helper()|]; } finally { }", "private void Helper() => task.Wait();")]
    [InlineData("if (async) [|Helper()|]; else Helper();", "private void Helper() => task.Wait();")]
    public Task Fires_whatever_the_way(string call, string members) => Verify.Fires(Calls(call, members));

    [Fact]
    public Task Names_the_way_and_what_can_be_awaited_instead() => Verify.Fires(
        Calls("[|Load()|];", "private void Load() => Fetch();\n    private void Fetch() => task.Wait();\n    private Task LoadAsync() => task;"),
        "'C.Load' blocks a thread inside async 'C.M': 'C.Fetch' calls 'Task.Wait' (Test0.cs:11); await 'C.LoadAsync'");

    [Fact]
    public Task Of_several_waits_the_worst_is_named() => Verify.Fires(
        Calls("[|Load()|];", "private void Load() { gate.Wait(); Thread.Sleep(1); task.Wait(); }"),
        "'C.Load' blocks a thread inside async 'C.M': it calls 'Task.Wait' (Test0.cs:10)");

    [Fact]
    public Task Said_where_async_code_is_nearest() => Verify.Fires("""
        public class C(Task task)
        {
            public async Task Near() { await Task.Yield(); [|Wait()|]; }
            public async Task Far() { await Task.Yield(); Around(); }
            private void Around() => Wait();
            private void Wait() => task.Wait();
        }
        """);

    [Theory]
    [InlineData("Helper();", "private void Helper() { try { Console.WriteLine(); } catch (Exception) { task.Wait(); } }")]
    [InlineData("try { Console.WriteLine(); } catch (Exception) { Helper(); throw; }", "private void Helper() => task.Wait();")]
    [InlineData("if (!async) Helper();", "private void Helper() => task.Wait();")]
    [InlineData("if (mode == Mode.Sync) Helper();", "private void Helper() => task.Wait();")]
    [InlineData("if (mode != Mode.Async) Helper(); else await task;", "private void Helper() => task.Wait();")]
    [InlineData("Console.WriteLine(async ? await task : Helper());", "private int Helper() => task.Result;")]
    [InlineData("if (async) { await task; return; } Helper();", "private void Helper() => task.Wait();")]
    [InlineData("await Task.Run(Helper);", "private void Helper() => task.Wait();")]
    [InlineData("new Thread(() => Helper()).Start();", "private void Helper() => task.Wait();")]
    [InlineData("Action later = Helper; Console.WriteLine(later);", "private void Helper() => task.Wait();")]
    [InlineData("await Helper();", "private Task Helper() { task.Wait(); return Task.CompletedTask; }")]
    [InlineData("await Helper();", "private async Task Helper() { await Task.Yield(); task.Wait(); }")]
    [InlineData("Helper();", "private void Helper() { if (task.IsCompleted) task.Wait(); }")]
    [InlineData("if (task.IsCompleted) Helper();", "private void Helper() => task.Wait();")]
    [InlineData("var t = Task.Run(() => 1); if (t.IsCompletedSuccessfully) Helper(t);", "private static int Helper(Task<int> t) => t.Result;")]
    [InlineData("var all = new List<Task<int>> { Task.Run(() => 1) }; await Task.WhenAll(all); Console.WriteLine(all.All(one => one.Result > 0));", "")]
    [InlineData("var all = new List<Task<int>>(); all.Add(Task.Run(() => 1)); await Task.WhenAll(all).WaitAsync(CancellationToken.None); Console.WriteLine(all.Sum(one => one.Result));", "")]
    [InlineData("await task; Helper(); if (async) Helper();", "private void Helper() => task.Wait();")]
    [InlineData("Helper();", "private void Helper() { gate.Wait(0); signal.Wait(TimeSpan.Zero); Thread.Sleep(0); }")]
    [InlineData("Helper();", "private void Helper() { lock (gate) Monitor.Pulse(gate); }")]
    [InlineData("Helper();", "private void Helper() => _ = Task.Run(() => task.Wait());")]
    [InlineData("Console.WriteLine(All());", "private IEnumerable<int> All() { yield return task.Result; }")]
    [InlineData("Helper();", "[NonBlocking] private void Helper() => task.Wait();")]
    [InlineData("Console.WriteLine(nameof(Helper));", "private void Helper() => task.Wait();")]
    [InlineData("Helper();", "private void Helper() => Console.WriteLine(new StringReader(\"a\").ReadToEnd());")]
    [InlineData("Helper();", "private void Helper() { var memory = new MemoryStream(); memory.Write([1]); new StreamWriter(memory).Flush(); }")]
    [InlineData("Console.WriteLine();", "public void Helper() => Deeper(); private void Deeper() => task.Wait();")]
    public Task Silent(string call, string members) => Verify.Silent(Calls(call, members));

    [Theory]
    [InlineData("var all = new List<Task<int>> { Task.Run(() => 1) }; await Task.WhenAny(all); Console.WriteLine(all.All([|one => one.Result > 0|]));")]
    public Task Fires_on_elements_that_nobody_awaited(string call) => Verify.Fires(Calls(call, ""));

    [Fact]
    public Task Fires_where_not_all_who_call_know_that_the_task_is_over() => Verify.Fires("""
        public class C(Task<int> task)
        {
            public async Task Known() { await task; Console.WriteLine([|Read()|]); }
            public async Task Unknown() { await Task.Yield(); Console.WriteLine([|Read()|]); }
            private int Read() => task.Result;
        }
        """);

    [Theory]
    [InlineData("M:C.Helper nothing")]
    [InlineData("M:C.Helper blocks kind=wait twin=HelperAsync")]
    public Task Silent_where_a_users_row_speaks_of_the_call(string row) => new Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlocking>.Case
    {
        AdditionalFiles = new Dictionary<string, string> { ["threadwise.own.txt"] = row },
    }.Silent(Calls("Helper();", "private void Helper() => task.Wait();"));

    [Fact]
    public Task Silent_on_chains_that_are_too_long() => Verify.Silent(Calls(
        "H0();", string.Join(' ', Enumerable.Range(0, 8).Select(i => $"private void H{i}() => H{i + 1}();")) + " private void H8() => task.Wait();"));
}
