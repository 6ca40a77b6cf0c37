using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.PoolStarvation>;

namespace Analyzers.Tests.Rules;

public class TW3012_PoolStarvation
{
    private static string Class(string member) => $$"""
        public class C
        {
            private int Compute() => 1;
            private async Task<int> LoadAsync() { await Task.Yield(); return 1; }
            {{member}}
        }
        """;

    [Theory]
    [InlineData("public void M() => Task.Run(() => { var inner = Task.Run(LoadAsync); Console.WriteLine([|inner.Result|]); });")]
    [InlineData("public void M() => Task.Run(() => [|Task.Run(() => LoadAsync()).Wait()|]);")]
    [InlineData("public void M() => Task.Run(() => [|Task.Run(async () => { await Task.Yield(); Compute(); }).Wait()|]);")]
    [InlineData("public void M() => ThreadPool.QueueUserWorkItem(_ => [|Task.Run(LoadAsync).GetAwaiter().GetResult()|]);")]
    [InlineData("public void M() => Task.Factory.StartNew(() => [|Task.Run(LoadAsync).Result|]);")]
    [InlineData("public void M() => Task.Run(Outer); private int Outer() => Inner(); private int Inner() => [|Task.Run(LoadAsync).Result|];")]
    public Task Fires_where_pool_work_waits_for_pool_work(string member) => Verify.Fires(Class(member));

    [Fact]
    public Task Says_who_keeps_the_thread() => Verify.Fires(
        Class("public void M() => Task.Run(Outer); private int Outer() => [|Task.Run(LoadAsync).Result|];"),
        "'Task.Result' in 'C.Outer' keeps a thread of the pool until other work of the pool is done, which needs a thread too; await it");

    [Theory]
    [InlineData("public void M() => Task.Run(() => { var inner = Task.Run(Compute); Console.WriteLine(inner.Result); });")]
    [InlineData("public void M() => Task.Run(() => Task.Run(() => Compute()).Wait());")]
    [InlineData("public void M() => Task.Factory.StartNew(() => Task.Factory.StartNew(Compute).Result);")]
    [InlineData("public void M() => Task.Factory.StartNew(() => Task.Factory.StartNew(LoadAsync).Wait());")]
    public Task Silent_when_the_waiter_runs_the_work_itself(string member) => Verify.Silent(Class(member));

    [Theory]
    [InlineData("public void M() => Task.Run(async () => Console.WriteLine(await Task.Run(LoadAsync)));")]
    [InlineData("public int M() => Task.Run(LoadAsync).Result;")]
    [InlineData("public void M() => new Thread(() => Console.WriteLine(Task.Run(LoadAsync).Result)).Start();")]
    [InlineData("public void M() => Task.Factory.StartNew(() => Task.Run(LoadAsync).Result, TaskCreationOptions.LongRunning);")]
    [InlineData("public void M(TaskCreationOptions how) => Task.Factory.StartNew(() => Task.Run(LoadAsync).Result, how);")]
    [InlineData("public void M() => Task.Run(() => { var inner = Task.Run(LoadAsync); return inner.IsCompleted ? inner.Result : 0; });")]
    [InlineData("public void M(Task<int> given) => Task.Run(() => given.Result);")]
    public Task Silent(string member) => Verify.Silent(Class(member));
}
