using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingUiHandler>;

namespace Analyzers.Tests.Rules;

public class TW3010_BlockingUiHandler
{
    private static string Window(string members) => HostStubs.Source + $$"""
        public class Window(Task<int> task, ManualResetEventSlim signal, Thread thread, System.Diagnostics.Process process) : System.Windows.Forms.Control
        {
            public event EventHandler? Click;
            {{members}}
        }
        """;

    [Theory]
    [InlineData("Console.WriteLine([|task.Result|]);")]
    [InlineData("[|task.Wait()|];")]
    [InlineData("[|Task.Delay(100).Wait()|];")]
    [InlineData("[|Thread.Sleep(100)|];")]
    [InlineData("[|signal.Wait()|];")]
    [InlineData("[|signal.Wait(1000)|];")]
    [InlineData("[|thread.Join()|];")]
    [InlineData("[|process.WaitForExit()|];")]
    public Task Fires_in_a_handler(string block) => Verify.Fires(Window($"private void OnClick(object? sender, EventArgs e) {{ {block} }}"));

    [Fact]
    public Task Fires_in_what_a_handler_calls() => Verify.Fires(
        Window("private void OnClick(object? sender, EventArgs e) => Pause(); private void Pause() => [|Thread.Sleep(100)|];"),
        "'Thread.Sleep' stops the user interface in 'Window.Pause', which 'Window.OnClick' calls, until the time is over");

    [Fact]
    public Task Names_the_handler() => Verify.Fires(
        Window("private void OnKey(object? sender, MyEventArgs e) => [|task.Wait()|]; private sealed class MyEventArgs : EventArgs;"),
        "'Task.Wait' stops the user interface in 'Window.OnKey' until a task is complete");

    [Theory]
    [InlineData("private async void OnClick(object? sender, EventArgs e) => await task;")]
    [InlineData("private void OnClick(object? sender, EventArgs e) => Task.Run(() => task.Wait());")]
    [InlineData("private void OnClick(object? sender, EventArgs e) => signal.Wait(0);")]
    [InlineData("private void OnClick(object? sender, EventArgs e) { if (task.IsCompleted) task.Wait(); }")]
    [InlineData("private void OnClick(object? sender, EventArgs e) { lock (signal) signal.Set(); }")]
    [InlineData("private void Load() => task.Wait();")]
    [InlineData("private void Load(object? sender, int n) => task.Wait();")]
    [InlineData("private void OnClick(object? sender, EventArgs e) => Load(); private void Load() => task.Wait();")]
    [InlineData("private void Start() => new Thread(() => Thread.Sleep(100)).Start();")]
    public Task Silent(string member) => Verify.Silent(Window(member));

    [Fact]
    public Task Silent_on_handlers_of_what_is_no_window() => Verify.Silent(
        "public class Service(Task task) { public void OnChanged(object? sender, EventArgs e) => task.Wait(); }");
}
