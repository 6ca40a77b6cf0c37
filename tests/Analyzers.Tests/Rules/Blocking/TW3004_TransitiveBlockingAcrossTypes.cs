using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlockingAcrossTypes>;

namespace Analyzers.Tests.Rules;

public class TW3004_TransitiveBlockingAcrossTypes
{
    private static string Calls(string call, string others) => $$"""
        using System.IO;
        public class C(Store store, bool async)
        {
            public async Task M(Task<int> task)
            {
                await Task.Yield();
                {{call}}
            }
        }
        {{others}}
        """;

    private const string Store = "public class Store(Task<int> task) { public int Load() => task.Result; public int Value => task.Result; public static void Wait(Task t) => t.Wait(); }";

    [Theory]
    [InlineData("[|store.Load()|];", Store)]
    [InlineData("Console.WriteLine([|store.Value|]);", Store)]
    [InlineData("[|Store.Wait(task)|];", Store)]
    [InlineData("[|new Shop(store).Sell()|];", Store + "public class Shop(Store store) { public int Sell() => store.Load(); }")]
    [InlineData("[|store.Twice()|];", Store + "public static class More { public static int Twice(this Store store) => store.Load() * 2; }")]
    [InlineData("[|store.Load()|];", "public class Base(Task<int> task) { public int Load() => task.Result; } public class Store(Task<int> task) : Base(task);")]
    [InlineData("[|store.Load()|];", "public abstract class Store { public abstract int Load(); } public class Remote(Task<int> task) : Store { public override int Load() => task.Result; }")]
    [InlineData("foreach (var i in [|store.All()|]) Console.WriteLine(i);", "public class Store(Task<int> task) { public IEnumerable<int> All() { yield return task.Result; } }")]
    [InlineData("_ = Task.Run(async () => { await task; [|store.Load()|]; });", Store)]
    public Task Fires_across_types(string call, string others) => Verify.Fires(Calls(call, others));

    [Fact]
    public Task Names_the_way() => Verify.Fires(
        ["public class C { public async Task M(Shop shop) { await Task.Yield(); [|shop.Sell()|]; } }",
         "public class Shop(Store store) { public int Sell() => store.Load(); public Task<int> SellAsync() => Task.FromResult(1); }",
         Store],
        "'Shop.Sell' blocks a thread inside async 'C.M': 'Store.Load' calls 'Task.Result' (Test2.cs:1); await 'Shop.SellAsync'");

    [Fact]
    public Task A_message_is_one_line_however_long_the_names() => Verify.Fires(string.Join('\n',
        Enumerable.Range(0, 4).Select(i => $"public class {new string('T', 40)}{i}(Task t) {{ public void {new string('m', 40)}{i}() => {(i == 3 ? "t.Wait()" : $"new {new string('T', 40)}{i + 1}(t).{new string('m', 40)}{i + 1}()")}; }}")
            .Append($"public class C {{ public async Task M(Task t) {{ await t; [|new {new string('T', 40)}0(Task.Delay(1)).{new string('m', 40)}0()|]; }} }}")));

    [Fact]
    public Task Fires_on_what_disposes_of_it_further_down() => Verify.Fires("""
        public sealed class Store(Task task) : IDisposable, IAsyncDisposable { public void Dispose() => task.Wait(); public ValueTask DisposeAsync() => new(task); }
        public class Shop { public void Sell(Task task) { using var store = new Store(task); } }
        public class C { public async Task M(Shop shop, Task task) { await Task.Yield(); [|shop.Sell(task)|]; } }
        """);

    [Fact]
    public Task Said_where_async_code_is_nearest() => Verify.Fires(Store + """
        public class Near(Store store) { public async Task M() { await Task.Yield(); [|store.Load()|]; } }
        public class Between(Store store) { public int Load() => store.Load(); }
        public class Far(Between between) { public async Task M() { await Task.Yield(); between.Load(); } }
        """);

    [Theory]
    [InlineData("if (!async) store.Load();", Store)]
    [InlineData("try { await task; } catch (Exception) { store.Load(); }", Store)]
    [InlineData("await Task.Run(() => store.Load());", Store)]
    [InlineData("Func<int> load = store.Load; Console.WriteLine(load());", Store)]
    [InlineData("store.Load();", "public abstract class Store { public abstract int Load(); } public class A(Task<int> t) : Store { public override int Load() => t.Result; } public class B : Store { public override int Load() => 1; }")]
    [InlineData("using (store) { }", "public class Store(Task task) : IDisposable { public void Dispose() => task.Wait(); }")]
    [InlineData("await using (store) { }", "public class Store(Task task) : IDisposable, IAsyncDisposable { public void Dispose() => task.Wait(); public ValueTask DisposeAsync() => new(task); }")]
    [InlineData("using (store) { }", "public class Store(Task task) : IDisposable, IAsyncDisposable { public void Dispose() => task.Wait(); public ValueTask DisposeAsync() => new(task); }")]
    [InlineData("store.Dispose();", "public class Store(Task task) : IDisposable, IAsyncDisposable { public void Dispose() => task.Wait(); public ValueTask DisposeAsync() => new(task); }")]
    [InlineData("await store.LoadAsync();", "public class Store(Task task) { public async Task LoadAsync() { await Task.Yield(); task.Wait(); } }")]
    [InlineData("await store.LoadAsync();", "public class Store(Task task) { public Task LoadAsync() { task.Wait(); return task; } }")]
    [InlineData("store.Load();", "public class Store(Task task) { [NonBlocking] public void Load() => task.Wait(); }")]
    [InlineData("store.Load();", "public class Store(Func<int> load) { public int Load() => load(); }")]
    [InlineData("store.Load();", "public class Store(Task<int> task) { public int Load() => task.IsCompleted ? task.Result : 0; }")]
    [InlineData("Console.WriteLine(store.All());", "public class Store(Task<int> task) { public IEnumerable<int> All() { yield return task.Result; } }")]
    public Task Silent(string call, string others) => Verify.Silent(Calls(call, others));

    [Fact]
    public Task Silent_on_what_one_type_does_alone() => Verify.Silent("public class C(Task task) { public async Task M() { await Task.Yield(); Wait(); } private void Wait() => task.Wait(); }");

    [Fact]
    public Task Silent_on_a_log_that_many_write_to() => Verify.Silent(
        "using System.IO; public static class Log { public static void Write(string text) => File.AppendAllText(\"log\", text); }"
        + string.Concat(Enumerable.Range(0, 9).Select(i => $"public class C{i} {{ public async Task M() {{ await Task.Yield(); Log.Write(\"{i}\"); }} }}")));

    [Fact]
    public Task Fires_on_a_file_that_few_come_to() => Verify.Fires(
        "using System.IO; public static class Settings { public static void Write(string text) => File.WriteAllText(\"settings\", text); }"
        + string.Concat(Enumerable.Range(0, 2).Select(i => $"public class C{i} {{ public async Task M() {{ await Task.Yield(); [|Settings.Write(\"{i}\")|]; }} }}")));
}
