using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.TransitiveBlockingFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlocking>;

namespace Analyzers.Tests.Rules;

public partial class TW3003_TransitiveBlocking
{
    private static string Chain(string call, string members) => $$"""
        using System.IO;
        public class C(Task<int> task, Task<string> text, SemaphoreSlim gate)
        {
            private int _sum;
            public async Task M(int n)
            {
                await Task.Yield();
                {{call}}
            }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("[|Load()|]; // kept", "await LoadAsync(); // kept", "private void Load() { task.Wait(); /* why */ }", "private async Task LoadAsync() { await task; /* why */ }")]
    [InlineData("[|Load()|];", "await LoadAsync();", "private void Load() => task.Wait();", "private async Task LoadAsync() => await task;")]
    [InlineData("n += [|Load()|];", "n += await LoadAsync();", "private int Load() => task.Result;", "private async Task<int> LoadAsync() => await task;")]
    [InlineData("n = -[|Load()|] + [|Load2()|];", "n = -await LoadAsync() + await Load2Async();", "private int Load() => task.Result; private int Load2() => task.GetAwaiter().GetResult();", "private async Task<int> LoadAsync() => await task; private async Task<int> Load2Async() => await task;")]
    [InlineData("n = [|Load()|].Length;", "n = (await LoadAsync()).Length;", "private string? Load() { return text.Result; }", "private async Task<string?> LoadAsync() { return await text; }")]
    [InlineData("n = [|this.Load()|][0];", "n = (await this.LoadAsync())[0];", "private string Load() => text.Result;", "private async Task<string> LoadAsync() => await text;")]
    [InlineData("n = [|C.Load(text)|][0];", "n = (await C.LoadAsync(text))[0];", "private static string Load(Task<string> t) => t.Result;", "private static async Task<string> LoadAsync(Task<string> t) => await t;")]
    [InlineData("Console.WriteLine($\"{[|Load(n)|]:N}\");", "Console.WriteLine($\"{await LoadAsync(n):N}\");", "private T Load<T>(T t) { task.Wait(); return t; }", "private async Task<T> LoadAsync<T>(T t) { await task; return t; }")]
    [InlineData("[|Pause()|];", "await PauseAsync();", "private static void Pause() => Thread.Sleep(100);", "private static async Task PauseAsync() => await Task.Delay(100);")]
    [InlineData("[|Enter()|];", "await EnterAsync();", "private void Enter() => gate.Wait();", "private async Task EnterAsync() => await gate.WaitAsync();")]
    [InlineData("[|Enter(default)|];", "await EnterAsync(default);", "private void Enter(CancellationToken stop) => gate.Wait(stop);", "private async Task EnterAsync(CancellationToken stop) => await gate.WaitAsync(stop);")]
    [InlineData("n = [|Read(default)|].Length;", "n = (await ReadAsync(default)).Length;", "private string Read(CancellationToken stop) => File.ReadAllText(\"a\");", "private async Task<string> ReadAsync(CancellationToken stop) => await File.ReadAllTextAsync(\"a\", stop);")]
    [InlineData("[|LoadAsync()|];", "await LoadAsync();", "private void LoadAsync() => task.Wait();", "private async Task LoadAsync() => await task;")]
    [InlineData("n = [|Inner()|]; int Inner() => task.Result;", "n = await InnerAsync(); async Task<int> InnerAsync() => await task;", "", "")]
    [InlineData("var all = Enumerable.Range(0, n).Select(async i => [|Load(i)|]); await Task.WhenAll(all);", "var all = Enumerable.Range(0, n).Select(async i => await LoadAsync(i)); await Task.WhenAll(all);", "private int Load(int i) => task.Result + i;", "private async Task<int> LoadAsync(int i) => await task + i;")]
    [InlineData("try { [|Load()|]; } catch (InvalidOperationException) { }", "try { await LoadAsync(); } catch (InvalidOperationException) { }", "private void Load() => task.Wait();", "private async Task LoadAsync() => await task;")]
    [InlineData("try { [|Load()|]; } catch (AggregateException) { }", "try { await LoadAsync(); } catch (AggregateException) { }", "private void Load() => task.GetAwaiter().GetResult();", "private async Task LoadAsync() => await task;")]
    public Task Fixes_a_helper_by_making_it_async(string call, string awaited, string member, string async) => Verify.Fixes<Fix>(Chain(call, member), Chain(awaited, async));

    [Fact]
    public Task Fixes_the_whole_way_and_all_who_call_on_it() => Verify.Fixes<Fix>("""
        public class C(Func<int, Task<int>> fetch)
        {
            public async Task<int> First(int i)
            {
                await Task.Yield();
                return Price(i); // of one
            }

            public async Task<int> Second() => await fetch(Price(2)) + [|Load(3)|];

            // What it costs.
            private int Price(int item)
            {
                /* at least nothing */
                return Math.Max(0, Load(item) + (item > 0 ? Price(item - 1) : 0)); // kept
            }

            /// <summary>What it costs there.</summary>
            private int Load(int item) => fetch(item)
                .Result;

            private string Load(string other) => other;
        }
        """, """
        public class C(Func<int, Task<int>> fetch)
        {
            public async Task<int> First(int i)
            {
                await Task.Yield();
                return await PriceAsync(i); // of one
            }

            public async Task<int> Second() => await fetch(await PriceAsync(2)) + await LoadAsync(3);

            // What it costs.
            private async Task<int> PriceAsync(int item)
            {
                /* at least nothing */
                return Math.Max(0, await LoadAsync(item) + (item > 0 ? await PriceAsync(item - 1) : 0)); // kept
            }

            /// <summary>What it costs there.</summary>
            private async Task<int> LoadAsync(int item) => await fetch(item);

            private string Load(string other) => other;
        }
        """);

    [Fact]
    public Task Fixes_two_who_come_to_the_same_wait_at_once() => Verify.Fixes<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> A() { await Task.Yield(); return [|Load()|]; }
            public async Task<int> B() { await Task.Yield(); return [|Load()|]; }
            private int Load() => task.Result;
        }
        """, """
        public class C(Task<int> task)
        {
            public async Task<int> A() { await Task.Yield(); return await LoadAsync(); }
            public async Task<int> B() { await Task.Yield(); return await LoadAsync(); }
            private async Task<int> LoadAsync() => await task;
        }
        """);

    [Fact]
    public Task Leaves_the_context_as_the_type_does() => Verify.Fixes<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> A() { await task.ConfigureAwait(false); return [|Price()|]; }
            private int Price() => Load();
            private int Load() => task.Result;
        }
        """, """
        public class C(Task<int> task)
        {
            public async Task<int> A() { await task.ConfigureAwait(false); return await PriceAsync().ConfigureAwait(false); }
            private async Task<int> PriceAsync() => await LoadAsync().ConfigureAwait(false);
            private async Task<int> LoadAsync() => await task.ConfigureAwait(false);
        }
        """);

    [Theory]
    [InlineData("public int Load(int i) => LoadAsync(i).Result;")]
    [InlineData("internal int Load(int i) { return this.LoadAsync(i).GetAwaiter().GetResult(); }")]
    [InlineData("public int Load(int i) => LoadAsync(i).ConfigureAwait(false).GetAwaiter().GetResult();")]
    public Task Awaits_the_twin_of_a_method_that_only_waits_for_it(string load) => Verify.Fixes<Fix>(
        Chain("n += [|Load(n)|];", load + " public Task<int> LoadAsync(int i) => task; public int Other() => Load(1);"),
        Chain("n += await LoadAsync(n);", load + " public Task<int> LoadAsync(int i) => task; public int Other() => Load(1);"));

    [Fact]
    public Task Passes_the_token_on_to_the_twin() => Verify.Fixes<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> M(CancellationToken stop) { await Task.Yield(); return [|Load()|]; }
            public int Load() => LoadAsync().Result;
            public Task<int> LoadAsync(CancellationToken stop = default) => task;
        }
        """, """
        public class C(Task<int> task)
        {
            public async Task<int> M(CancellationToken stop) { await Task.Yield(); return await LoadAsync(stop); }
            public int Load() => LoadAsync().Result;
            public Task<int> LoadAsync(CancellationToken stop = default) => task;
        }
        """);

    [Theory]
    [InlineData("Task.Run(() => Load())", "Task.Run(async () => await LoadAsync())")]
    [InlineData("Task.Run(() => { Load(); })", "Task.Run(async () => { await LoadAsync(); })")]
    [InlineData("Task.Run(delegate { return Load(); })", "Task.Run(async delegate { return await LoadAsync(); })")]
    [InlineData("Task.Run(Load)", "Task.Run(LoadAsync)")]
    [InlineData("Task.Run(this.Load)", "Task.Run(this.LoadAsync)")]
    [InlineData("Task.Run(() => Inner()); int Inner() => Load()", "Task.Run(async () => await InnerAsync()); async Task<int> InnerAsync() => await LoadAsync()")]
    public Task Fixes_what_the_pool_runs_too(string run, string runAsync) => Verify.Fixes<Fix>(
        Chain("[|Load()|];", $"private int Load() => task.Result; public void Other() {{ {run}; }}"),
        Chain("await LoadAsync();", $"private async Task<int> LoadAsync() => await task; public void Other() {{ {runAsync}; }}"));

    [Fact]
    public Task Fixes_two_ways_to_two_waits_in_one_expression() => Verify.Fixes<Fix>("""
        public class C(Task<C> task)
        {
            public async Task<C> M() { await Task.Yield(); return [|[|Load(1)|].Store(Math.Abs(2))|].Store(3); }
            private C Load(int i) => task.Result;
            private C Store(int i) => task.Result;
        }
        """, """
        public class C(Task<C> task)
        {
            public async Task<C> M() { await Task.Yield(); return await (await (await LoadAsync(1)).StoreAsync(Math.Abs(2))).StoreAsync(3); }
            private async Task<C> LoadAsync(int i) => await task;
            private async Task<C> StoreAsync(int i) => await task;
        }
        """);

    [Fact]
    public Task Fixes_the_functions_of_a_program() => new Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlocking>.Case { Output = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication }.Fixes<Fix>("""
        await Task.Yield();
        Console.WriteLine([|Load()|]);

        static int Load() => Deeper(Task.Run(() => 1));
        static int Deeper(Task<int> task) => task.Result;
        """, """
        await Task.Yield();
        Console.WriteLine(await LoadAsync());

        static async Task<int> LoadAsync() => await DeeperAsync(Task.Run(() => 1));
        static async Task<int> DeeperAsync(Task<int> task) => await task;
        """);

    [Fact]
    public Task Qualifies_the_task_where_its_name_is_taken() => Verify.Fixes<Fix>("""
        namespace N;
        public class Task;
        public class C(System.Threading.Tasks.Task<int> task)
        {
            public async System.Threading.Tasks.Task<int> M() { await System.Threading.Tasks.Task.Yield(); return [|Load()|]; }
            private int Load() => task.Result;
        }
        """, """
        namespace N;
        public class Task;
        public class C(System.Threading.Tasks.Task<int> task)
        {
            public async System.Threading.Tasks.Task<int> M() { await System.Threading.Tasks.Task.Yield(); return await LoadAsync(); }
            private async System.Threading.Tasks.Task<int> LoadAsync() => await task;
        }
        """);
}
