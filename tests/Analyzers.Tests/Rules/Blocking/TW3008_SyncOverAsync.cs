using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncOverAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3008_SyncOverAsync
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly Task<int> _task = Task.Run(() => 1);
            private Task<int> LoadAsync() => _task;
            {{members}}
        }
        """;

    [Theory]
    [InlineData("public int Load() => [|LoadAsync().Result|];")]
    [InlineData("public int Load() => [|LoadAsync().GetAwaiter().GetResult()|];")]
    [InlineData("public int Load() => [|LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];")]
    [InlineData("public void Load() => [|LoadAsync().Wait()|];")]
    [InlineData("public void Load() => [|Task.WaitAll(LoadAsync(), _task)|];")]
    [InlineData("public int Load { get => [|_task.Result|]; }")]
    [InlineData("public C() => [|LoadAsync().Wait()|];")]
    [InlineData("public int Load() => [|Task.Run(LoadAsync).Result|];")]
    [InlineData("public int Load() { var task = LoadAsync(); if (!task.IsCompleted) return 0; return task.Result + [|_task.Result|]; }")]
    [InlineData("public Task M() { [|LoadAsync().Wait()|]; return Task.CompletedTask; }")]
    public Task Fires_where_synchronous_code_waits_for_a_task(string member) => Verify.Fires(Class(member));

    [Fact]
    public Task Says_what_waits_where() => Verify.Fires(Class("public int Load() => [|LoadAsync().Result|];"), "'Task.Result' blocks 'C.Load' until asynchronous work is over; make it async");

    [Theory]
    [InlineData("public class C(Task<int> task) : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => [|task.Result|]; }", "'Task.Result' blocks 'C.Get', which a request runs, until asynchronous work is over; make it async")]
    [InlineData("public class C(Task<int> task) : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => Load(); private int Load() => [|task.Result|]; }", "'Task.Result' blocks 'C.Load', to which a request comes by 'C.Get', until asynchronous work is over; make it async")]
    [InlineData("public class C(Task<int> task) { public void M() => Task.Run(() => { Console.WriteLine([|task.Result|]); }); }", "'Task.Result' blocks 'C.M', which the thread pool runs, until asynchronous work is over; make it async")]
    [InlineData("public class C(Task<int> task) { public void M() => ThreadPool.QueueUserWorkItem(Load); private void Load(object? state) => [|task.Wait()|]; }", "'Task.Wait' blocks 'C.Load', which the thread pool runs, until asynchronous work is over; make it async")]
    [InlineData("public class C(Task<int> task) : System.Windows.Forms.Control { private void OnClick(object sender, EventArgs e) => Load(); private void Load() => [|task.Wait()|]; }", "'Task.Wait' blocks 'C.Load', to which the user interface comes by 'C.OnClick', until asynchronous work is over; make it async")]
    public async Task Warns_where_somebody_needs_the_thread(string type, string message)
    {
        await new Verify<Threadwise.Analyzers.Rules.SyncOverAsync>.Case { Library = HostStubs.Source, Messages = [message] }.Fires(type);
        Assert.Equal(DiagnosticSeverity.Warning, await SeverityOf(type));
    }

    [Theory]
    [InlineData("public class C(Task<int> task) { public int Get() => task.Result; }")]
    [InlineData("public class C(Task<int> task) : Microsoft.AspNetCore.Mvc.ControllerBase { protected int Get() => task.Result; }")]
    [InlineData("public class C(Task<int> task) { public void M() => Task.Factory.StartNew(Load, TaskCreationOptions.LongRunning); private void Load() => task.Wait(); }")]
    [InlineData("public class C(Task<int> task) { public void M() => new Thread(Load).Start(); private void Load() => task.Wait(); }")]
    public async Task Is_an_information_elsewhere(string type) => Assert.Equal(DiagnosticSeverity.Info, await SeverityOf(type));

    [Theory]
    [InlineData("public async Task<int> Load() { await _task; return _task.Result; }")]
    [InlineData("public async Task<int> Load() => (await Task.WhenAny(_task, LoadAsync())).Result;")]
    [InlineData("public int Load() => _task.IsCompletedSuccessfully ? _task.Result : 0;")]
    [InlineData("public int Load() => Task.FromResult(1).Result;")]
    [InlineData("public int Load(Task<int> given) => given.Result;")]
    [InlineData("public int Load(Task given) => new ValueTask<int>(System.Runtime.CompilerServices.Unsafe.As<Task<int>>(given)).Result;")]
    [InlineData("public async Task<int> Load(Task given) { await given; return System.Runtime.CompilerServices.Unsafe.As<Task<int>>(given).Result; }")]
    [InlineData("public async Task<int> Sum(Task<int>[] all) { await Task.WhenAll(all); return all.Sum(one => one.Result); }")]
    [InlineData("public Task<int> Load() => _task.ContinueWith(done => done.Result + 1);")]
    [InlineData("public int Load() => LoadCore(async: false).GetAwaiter().GetResult(); private async Task<int> LoadCore(bool async) => async ? await _task : 1;")]
    [InlineData("private readonly bool _both = DateTime.Now.Ticks > 1; public int Load() { Console.WriteLine(); return (_both ? LoadBoth(async: false) : LoadCore(async: false)).GetAwaiter().GetResult(); } private async Task<int> LoadCore(bool async) => async ? await _task : 1; private async Task<int> LoadBoth(bool async) => async ? await _task : 2;")]
    [InlineData("public bool Try() => _task.Wait(0);")]
    [InlineData("public void Pause() => Task.Delay(10).Wait();")]
    [InlineData("public void Load() { try { Console.WriteLine(); } catch (Exception) { _task.Wait(); } }")]
    [InlineData("private static readonly int One = Task.Run(() => 1).Result;")]
    public Task Silent(string member) => Verify.Silent(Class(member));

    [Theory]
    [InlineData("public sealed class C(Task task) : IDisposable { public void Dispose() => task.Wait(); }")]
    [InlineData("public sealed class C(Task task) { ~C() => task.Wait(); }")]
    [InlineData("public class FactAttribute : Attribute { } public class C(Task<int> task) { [Fact] public void Loads() => task.Wait(); private int Load() => task.Result; }")]
    public Task Silent_at_the_end_of_use_and_in_tests(string type) => Verify.Silent(type);

    [Fact]
    public Task Silent_at_the_start_of_a_program() => new Verify<Threadwise.Analyzers.Rules.SyncOverAsync>.Case { Output = OutputKind.ConsoleApplication }.Silent(
        "public static class Program { public static void Main() => Task.Delay(1).ContinueWith(_ => { }).Wait(); }");

    private static async Task<DiagnosticSeverity> SeverityOf(string type)
    {
        var analyzer = new ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.SyncOverAsync()]);
        var analysis = await Analysis.Of(new Case { Library = HostStubs.Source }.Project([new("C.cs", type.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal))], analyzer), analyzer);
        return Assert.Single(analysis.Findings).Severity;
    }
}
