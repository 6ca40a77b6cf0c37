using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SyncOverAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncOverAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3008_SyncOverAsync
{
    [Theory]
    [InlineData("public void M() => Task.Run(() => Load()); private int Load() => [|_task.Result|];", "public void M() => Task.Run(async () => await LoadItAsync()); private async Task<int> LoadItAsync() => await _task;")]
    [InlineData("public Task<int> M() => Task.Run(Load); private int Load() => [|_task.Result|]; // kept", "public Task<int> M() => Task.Run(LoadItAsync); private async Task<int> LoadItAsync() => await _task; // kept")]
    [InlineData("public Task M() => Task.Run(() => { Console.WriteLine([|_task.Result|]); });", "public Task M() => Task.Run(async () => { Console.WriteLine(await _task); });")]
    [InlineData("public Task<int> M() => Task.Run(() => [|_task.Result|]);", "public Task<int> M() => Task.Run(async () => await _task);")]
    [InlineData("public async Task M() { await Task.Yield(); Load(); } private void Load() => [|Task.WaitAll(_task, LoadAsync())|];", "public async Task M() { await Task.Yield(); await LoadItAsync(); } private async Task LoadItAsync() => await Task.WhenAll(_task, LoadAsync());")]
    [InlineData("public async Task M() { await Task.Yield(); Sum(); } private int Sum() => Load() + Load(); private int Load() => [|_task.Result|];", "public async Task M() { await Task.Yield(); await SumAsync(); } private async Task<int> SumAsync() => await LoadItAsync() + await LoadItAsync(); private async Task<int> LoadItAsync() => await _task;")]
    public Task Fixes_up_to_async_code_and_the_pool(string member, string async) =>
        Verify.Fixes<Fix>(Class(member.Replace("Load()", "LoadIt()", StringComparison.Ordinal).Replace("(Load)", "(LoadIt)", StringComparison.Ordinal)), Class(async));

    [Theory]
    [InlineData("public int Load() => [|_task.Result|];")]
    [InlineData("internal int Load() => [|_task.Result|];")]
    [InlineData("private int Load() => [|_task.Result|];")]
    [InlineData("private int Load() => [|_task.Result|]; public int M() => Load();")]
    [InlineData("private int Load() => [|_task.Result|]; public Task M() => Task.Run(() => Load()); public int N() => Load();")]
    [InlineData("private int Load() => [|_task.Result|]; public Task M() => Task.Factory.StartNew(() => Load());")]
    [InlineData("private int Load() => [|_task.Result|]; public void M() => ThreadPool.QueueUserWorkItem(_ => Load());")]
    [InlineData("private int Load() => [|_task.Result|]; public void M() => new Thread(() => Load()).Start();")]
    [InlineData("private int Load() => [|_task.Result|]; public Lazy<int> M() => new(Load);")]
    [InlineData("private int Load() => [|_task.Result|]; public async Task M() { try { await Task.Run(() => Load()); } catch (AggregateException) { } }")]
    [InlineData("private int Load() => [|_task.Result|]; public Task M() => Task.Run((Action)(() => Load()));")]
    [InlineData("private int Load() => [|_task.Result|]; public Task M() => Task.Run(() => { lock (_task) Load(); });")]
    [InlineData("private int Load() => [|_task.Result|]; public Task M(bool sync) => Task.Run(() => sync ? Load() : 0);")]
    [InlineData("private int Load { get => [|_task.Result|]; } public Task<int> M() => Task.Run(() => Load);")]
    [InlineData("private Task Load() { [|_task.Wait()|]; return Task.CompletedTask; } public Task M() => Task.Run(() => Load());")]
    [InlineData("private void Load(object sender, EventArgs e) => [|_task.Wait()|]; public event EventHandler? Loads; public C() => Loads += Load;")]
    [InlineData("private int Load(int n) => [|_task.Wait(n)|] ? 1 : 0; public Task M() => Task.Run(() => Load(1));")]
    [InlineData("public C() => [|_task.Wait()|];")]
    public Task No_fix_where_somebody_needs_it_as_it_is(string member) => Verify.NoFix<Fix>(Class(member));
}
