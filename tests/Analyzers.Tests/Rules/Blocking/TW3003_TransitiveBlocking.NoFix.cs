using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.TransitiveBlockingFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TransitiveBlocking>;

namespace Analyzers.Tests.Rules;

public partial class TW3003_TransitiveBlocking
{
    [Theory]
    [InlineData("public void Load() => task.Wait();")]
    [InlineData("protected void Load() => task.Wait();")]
    [InlineData("internal void Load() => task.Wait();")]
    [InlineData("private void Load() => Deeper(); public void Deeper() => task.Wait();")]
    [InlineData("private void Load() => task.Wait(); public void Other() => Load();")]
    [InlineData("private void Load() => task.Wait(); private void Other() => Load(); public void Another() => Other();")]
    [InlineData("private void Load() => task.Wait(); private void Unused() => Load();")]
    [InlineData("private void Load() => task.Wait(); public int Value { get { Load(); return 1; } }")]
    [InlineData("private void Load() => task.Wait(); public C() : this(null!, null!, null!) => Load();")]
    [InlineData("private static void Load() => Thread.Sleep(9); private static bool Started() { Load(); return true; } private readonly bool _started = Started();")]
    [InlineData("private void Load() => task.Wait(); public Task Other() { Load(); return Task.CompletedTask; }")]
    [InlineData("private void Load() => task.Wait(); public IEnumerable<int> Other() { Load(); yield return 1; }")]
    public Task No_fix_where_others_can_call_it(string members) => Verify.NoFix<Fix>(Chain("[|Load()|];", members));

    [Theory]
    [InlineData("Action later = Load; later();")]
    [InlineData("Console.WriteLine(nameof(Load));")]
    [InlineData("Console.WriteLine(\"Load\");")]
    [InlineData("new Thread(Load).Start();")]
    [InlineData("Action later = () => Load(); later();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Load());")]
    [InlineData("System.Linq.Expressions.Expression<Action> tree = () => Load(); Console.WriteLine(tree);")]
    [InlineData("lock (gate) Load();")]
    [InlineData("Monitor.Enter(gate); Load(); Monitor.Exit(gate);")]
    [InlineData("unsafe { Load(); }")]
    [InlineData("try { } catch (Exception) when (Is()) { } bool Is() { Load(); return true; }")]
    [InlineData("try { Load(); } catch (AggregateException) { }")]
    [InlineData("Span<int> a = new int[1]; Load(); a[0] = 1;")]
    public Task No_fix_where_another_use_of_it_cannot_be_awaited(string use) =>
        Verify.NoFix<Fix>(Chain("[|Load()|]; Other();", $"private void Load() => task.Wait(); private void Other() {{ {use} }}"));

    [Theory]
    [InlineData("lock (gate) [|Load()|];")]
    [InlineData("Monitor.Enter(gate); [|Load()|]; Monitor.Exit(gate);")]
    [InlineData("unsafe { [|Load()|]; }")]
    [InlineData("[|Load()|]; try { } catch (Exception) when (Load() > 0) { }")]
    [InlineData("try { [|Load()|]; } catch (AggregateException) { }")]
    [InlineData("try { [|Load()|]; } catch (Exception e) { Console.WriteLine(e.InnerException); }")]
    [InlineData("_sum += [|Load()|];")]
    [InlineData("Span<int> a = new int[1]; [|Load()|]; a[0] = 1;")]
    [InlineData("C? other = this; n = other?[|.Load()|] ?? 0;")]
    [InlineData("[|Load()|]; Console.WriteLine(from i in new[] { 1 } where i > Load() select i);")]
    [InlineData("using var scope = new TransactionScope(); [|Load()|]; } private class TransactionScope : IDisposable { public void Dispose() { }")]
    public Task No_fix_where_the_call_cannot_be_awaited(string call) => Verify.NoFix<Fix>(Chain(call, "private int Load() => task.Result;"));

    [Theory]
    [InlineData("private int Load(out int i) { i = 1; return task.Result; }", "Load(out _)")]
    [InlineData("private int Load(in int i) => task.Result + i;", "Load(1)")]
    [InlineData("private int Load(ref int i) => task.Result + i;", "Load(ref n)")]
    [InlineData("private int Load(ReadOnlySpan<int> a) => task.Result + a.Length;", "Load(default)")]
    [InlineData("private ref int Load() { task.Wait(); return ref _sum; }", "Load()")]
    [InlineData("private Span<int> Load() { task.Wait(); return default; }", "Load()")]
    [InlineData("private int Load() { Span<int> a = new int[1]; a[0] = task.Result; return a[0]; }", "Load()")]
    [InlineData("private int Load() { lock (gate) return task.Result; }", "Load()")]
    [InlineData("private int Load() { Monitor.Enter(gate); try { return task.Result; } finally { Monitor.Exit(gate); } }", "Load()")]
    [InlineData("private int Load() => _sum += task.Result;", "Load()")]
    [InlineData("private int Load() { try { return task.Result; } catch (AggregateException) { return 0; } }", "Load()")]
    [InlineData("private int Load() { Func<int> get = () => task.Result; return get(); }", "Load()")]
    [InlineData("private unsafe int Load() => task.Result;", "Load()")]
    [InlineData("private IEnumerable<int> Load() { yield return task.Result; }", "Load().ToList()")]
    [InlineData("private int Load => task.Result;", "Load")]
    [InlineData("[Obsolete] private int Load() => task.Result;", "Load()")]
    [InlineData("private int Load() { task.Wait(100); return 1; }", "Load()")]
    [InlineData("private int Load() => Task.WaitAny(task, text);", "Load()")]
    [InlineData("private int Load() { new Thread(() => { }).Join(); return 1; }", "Load()")]
    [InlineData("private partial int Load(); private partial int Load() => task.Result;", "Load()")]
    public Task No_fix_where_the_helper_cannot_be_async(string member, string call) =>
        Verify.NoFix<Fix>(Chain($"_ = [|{call}|];", member).Replace("class C", "partial class C", StringComparison.Ordinal).Replace($"[|{call}|]", call.EndsWith("ToList()", StringComparison.Ordinal) ? "[|Load()|].ToList()" : $"[|{call}|]", StringComparison.Ordinal));

    [Theory]
    [InlineData("private int Load() { Console.WriteLine(Thread.CurrentThread); return task.Result; }")]
    [InlineData("private int Load() { System.Globalization.CultureInfo.CurrentCulture = null!; return task.Result; }")]
    [InlineData("private int Load() => t_last = task.Result; [ThreadStatic] private static int t_last;")]
    [InlineData("private int Load() => _last.Value = task.Result; private readonly AsyncLocal<int> _last = new();")]
    [InlineData("private int Load() => _last.Value + task.Result; private readonly ThreadLocal<int> _last = new();")]
    [InlineData("private int Load() { Log(); return task.Result; } private static void Log([System.Runtime.CompilerServices.CallerMemberName] string name = \"\") => Console.WriteLine(name);")]
    [InlineData("private int Load() => task.Result; private int LoadAsync() => 1;")]
    [InlineData("private int Load() => task.Result; private Task<int> LoadAsync() => task;")]
    [InlineData("private int Load() => task.Result; private class LoadAsync;")]
    [InlineData("private int Load() => task.Result; /// <summary>Like <see cref=\"Load\"/>.</summary>\n private int _like;")]
    [InlineData("private int Load() => Deeper(); private int Deeper() => task.Result; private int DeeperAsync(int i) => i;")]
    public Task No_fix_where_it_would_mean_something_else(string member) => Verify.NoFix<Fix>(Chain("_ = [|Load()|];", member));

    [Theory]
    [InlineData("public int Load(int i) => LoadAsync(i + 1).Result;")]
    [InlineData("public int Load(int i) => LoadAsync(i).Result + 1;")]
    [InlineData("public int Load(int i) { _sum++; return LoadAsync(i).Result; }")]
    [InlineData("public int Load(int i) => task.Result + i;")]
    [InlineData("public int Load(int i) => LoadAsync(_sum).Result;")]
    public Task No_fix_where_the_twin_does_something_else(string load) => Verify.NoFix<Fix>(Chain("_ = [|Load(n)|];", load + " public Task<int> LoadAsync(int i) => task;"));

    [Fact]
    public Task No_fix_where_the_twin_is_the_caller() => Verify.NoFix<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> LoadAsync() { await Task.Yield(); return [|Load()|]; }
            private int Load() => task.Result;
        }
        """);

    [Fact]
    public Task No_fix_where_half_of_the_caller_is_synchronous() => Verify.NoFix<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> Both(bool async) => async ? await task : Load();
            public async Task<int> M() { await Task.Yield(); return [|Load()|]; }
            private int Load() => task.Result;
        }
        """);

    [Fact]
    public Task No_fix_in_a_value_that_would_be_copied() => Verify.NoFix<Fix>("""
        public struct S
        {
            private int _n;
            private Task<int> _task;
            public async Task<int> M() { await Task.Yield(); return [|Load()|]; }
            private int Load() => _n = _task.Result;
        }
        """);

    [Fact]
    public Task No_fix_where_the_type_goes_on_elsewhere() => Verify.NoFix<Fix>(
        "public partial class C(Task<int> task) { public async Task<int> M() { await Task.Yield(); return [|Load()|]; } private int Load() => task.Result; }",
        "public partial class C { public int Other() => Load(); }");

    [Fact]
    public Task No_fix_where_another_build_names_it() => Verify.NoFix<Fix>("""
        public class C(Task<int> task)
        {
            public async Task<int> M() { await Task.Yield(); return [|Load()|]; }
            private int Load() => task.Result;
        #if OTHER
            public int Other() => Load();
        #endif
        }
        """);

    [Fact]
    public Task No_fix_where_an_interface_or_a_base_asks_for_it() => Verify.NoFix<Fix>("""
        public interface I { int Load(); }
        public abstract class B { protected abstract int Price(); }
        public sealed class C(Task<int> task) : B, I
        {
            public async Task<int> M() { await Task.Yield(); return [|Price()|] + [|Load()|]; }
            protected override int Price() => task.Result;
            public int Load() => task.Result;
        }
        """);
}
