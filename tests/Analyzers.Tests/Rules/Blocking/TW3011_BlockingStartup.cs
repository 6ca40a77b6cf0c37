using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingStartup>;

namespace Analyzers.Tests.Rules;

public class TW3011_BlockingStartup
{
    private static string Service(string members) => HostStubs.Source + $$"""
        public class Service(Task<int> task, SemaphoreSlim gate, System.Collections.Concurrent.BlockingCollection<int> queue) : Microsoft.Extensions.Hosting.BackgroundService
        {
            {{members}}
        }
        """;

    [Theory]
    [InlineData("task.Wait()")]
    [InlineData("Console.WriteLine(task.Result)", "task.Result")]
    [InlineData("gate.Wait()")]
    [InlineData("Thread.Sleep(1000)")]
    [InlineData("queue.Take()")]
    public Task Fires_where_the_task_is_not_given_back(string block, string? marked = null) =>
        Verify.Fires(Service($$"""protected override Task ExecuteAsync(CancellationToken token) { while (!token.IsCancellationRequested) { {{block.Replace(marked ?? block, $"[|{marked ?? block}|]", StringComparison.Ordinal)}}; } return Task.CompletedTask; }"""));

    [Fact]
    public Task Fires_in_what_the_start_calls() => Verify.Fires(
        Service("protected override Task ExecuteAsync(CancellationToken token) { Warm(); return task; } private void Warm() => [|task.Wait()|];"),
        "'Task.Wait' blocks the start of the host in 'Service.Warm', which 'Service.ExecuteAsync' calls; nothing after this service starts meanwhile");

    [Fact]
    public Task Fires_in_StartAsync() => Verify.Fires(HostStubs.Source + """
        public class Service(Task task) : Microsoft.Extensions.Hosting.IHostedService
        {
            public Task StartAsync(CancellationToken token) { [|task.Wait(token)|]; return Task.CompletedTask; }
            public Task StopAsync(CancellationToken token) { task.Wait(token); return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Silent_on_background_services_since_the_host_runs_them_on_the_pool() =>
        Verify.Silent(Service("protected override Task ExecuteAsync(CancellationToken token) { task.Wait(token); return task; }"), "[assembly: System.Reflection.AssemblyVersion(\"10.0.0.0\")]");

    [Theory]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) => Task.Run(() => task.Wait(token));")]
    [InlineData("protected override async Task ExecuteAsync(CancellationToken token) => await task;")]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) => Task.Factory.StartNew(() => Thread.Sleep(1000), TaskCreationOptions.LongRunning);")]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) { Console.WriteLine(gate.Wait(0)); return task; }")]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) { if (task.IsCompleted) task.Wait(); return task; }")]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) => task; private void Load() => task.Wait();")]
    [InlineData("protected override Task ExecuteAsync(CancellationToken token) => task; public override Task StopAsync(CancellationToken token) { task.Wait(token); return task; }")]
    public Task Silent(string members) => Verify.Silent(Service(members));
}
