using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WaitForLockedWork>;

namespace Analyzers.Tests.Rules;

public class TW2009_WaitForLockedWork
{
    private static string Type(string members) => $$"""
        class C
        {
            readonly object _g = new(); readonly object _h = new(); readonly SemaphoreSlim _s = new(1, 1); int _x; Thread? _thread; Task? _task;
            void Locked() { lock (_g) { _x++; } }
            async Task LaterLocked() { await Task.Yield(); lock (_g) { _x++; } }
            {{members}}
        }
        """;

    [Fact]
    public Task C5_162_Fires_on_a_task_whose_lambda_takes_the_lock() => Verify.Fires(
        Type("void M() { lock (_g) { var t = Task.Run(() => { lock (_g) { _x++; } }); [|t.Wait()|]; } }"),
        "'C.M' waits for 'Task.Wait' while it holds '_g', which that work takes before it ends (Test0.cs:6); neither goes on");

    [Theory]
    [InlineData("lock (_g) { [|Task.Run(() => { lock (_g) _x++; }).Wait()|]; }")]
    [InlineData("lock (_g) { [|Task.Run(Locked).Wait()|]; }")]
    [InlineData("lock (_g) { [|Task.Run(() => Locked()).GetAwaiter().GetResult()|]; }")]
    [InlineData("lock (_g) { var n = [|Task.Run(() => { lock (_g) return 1; }).Result|]; }")]
    [InlineData("lock (_g) { [|Task.Factory.StartNew(() => Locked()).Wait()|]; }")]
    [InlineData("lock (_g) { [|LaterLocked().Wait()|]; }")]
    [InlineData("var t = Task.Run(Locked); lock (_g) { [|t.Wait()|]; }")]
    [InlineData("_s.Wait(); try { [|Task.Run(() => { _s.Wait(); _s.Release(); }).Wait()|]; } finally { _s.Release(); }")]
    public Task Fires_whatever_the_work(string body) => Verify.Fires(Type($"void M() {{ {body} }}"));

    [Theory]
    [InlineData("lock (_g) { var t = new Thread(Locked); t.Start(); [|t.Join()|]; }")]
    [InlineData("lock (_g) { var t = new Thread(() => { Locked(); }) { IsBackground = true }; t.Start(); [|t.Join()|]; }")]
    public Task C5_164_Fires_on_a_thread_that_takes_the_lock(string body) => Verify.Fires(Type($"void M() {{ {body} }}"));

    [Fact]
    public Task Fires_on_a_thread_kept_in_a_field() => Verify.Fires(Type("""
        void Start() { _thread = new Thread(Loop); _thread.Start(); }
        void Loop() { while (true) { lock (_g) { if (_x > 0) return; } } }
        void Stop() { lock (_g) { _x = 1; [|_thread!.Join()|]; } }
        """));

    [Fact]
    public Task Fires_on_a_task_kept_in_a_field() => Verify.Fires(Type("""
        void Start() { _task = Task.Run(Loop); }
        async Task Loop() { while (true) { await Task.Delay(1); Locked(); } }
        void Stop() { lock (_g) { [|_task!.Wait()|]; } }
        """));

    [Theory]
    [InlineData("Task t; lock (_g) { t = Task.Run(Locked); } t.Wait();")]
    [InlineData("lock (_h) { Task.Run(Locked).Wait(); }")]
    [InlineData("lock (_g) { Task.Run(Locked).Wait(100); }")]
    [InlineData("lock (_g) { var t = new Thread(Locked); t.Start(); t.Join(TimeSpan.FromSeconds(1)); }")]
    [InlineData("lock (_g) { _ = Task.Run(Locked); }")]
    [InlineData("var t = Task.Run(Locked); t.Wait(); lock (_g) { t.Wait(); }")]
    public Task Silent_when_the_lock_is_another_or_the_wait_ends(string body) => Verify.Silent(Type($"void M() {{ {body} }}"));

    [Fact]
    public Task C5_163_Silent_when_the_work_takes_no_lock() => Verify.Silent(Type("void M() { lock (_g) { Task.Run(() => { }).Wait(); } }"));

    [Fact]
    public Task Silent_when_async_work_takes_a_reentrant_lock_on_the_same_thread() => Verify.Silent(Type("""
        void M() { lock (_g) { Early().Wait(); } }
        async Task Early() { lock (_g) { _x++; } await Task.Yield(); }
        """));

    [Fact]
    public Task Silent_when_the_field_holds_now_this_now_that() => Verify.Silent(Type("""
        void Start(bool b) { if (b) _task = Task.Run(Locked); else _task = Task.Run(() => { }); }
        void Stop() { lock (_g) { _task!.Wait(); } }
        """));

    [Fact]
    public Task Silent_when_the_work_only_tries() => Verify.Silent(Type("void M() { lock (_g) { Task.Run(() => { if (Monitor.TryEnter(_g, 10)) Monitor.Exit(_g); }).Wait(); } }"));

    [Fact]
    public Task Silent_when_the_work_locks_another_object() => Verify.Silent(Type("void M(C other) { lock (_g) { Task.Run(() => other.Locked()).Wait(); } }"));
}
