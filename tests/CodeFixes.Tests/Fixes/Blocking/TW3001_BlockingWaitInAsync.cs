using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW3001_BlockingWaitInAsync
{
    private static readonly Trial<BlockingWaitInAsyncFix> Fix = new(new StandIn("TW3001", Finds));

    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model) =>
        StandIn.IsInAsyncCode(node) && node is MemberAccessExpressionSyntax or InvocationExpressionSyntax
        && model.GetSymbolInfo(node).Symbol is { Name: "Result" or "Wait" or "GetResult" or "WaitAll" or "WaitAny", ContainingType.Name: var type } symbol and not IMethodSymbol { ReducedFrom: not null }
        && (type.StartsWith("Task") || type.StartsWith("ValueTask") || type.Contains("Awaiter"))
        && (symbol is IPropertySymbol == node is MemberAccessExpressionSyntax) ? StandIn.Nothing : null;

    [Theory]
    [InlineData("[|t.Wait()|];", "await t;")]
    [InlineData("[|t.GetAwaiter().GetResult()|];", "await t;")]
    [InlineData("var x = [|u.Result|];", "var x = await u;")]
    [InlineData("var x = [|v.Result|];", "var x = await v;")]
    [InlineData("var x = [|s.Result|].Length;", "var x = (await s).Length;")]
    [InlineData("var x = [|s.Result|][0];", "var x = (await s)[0];")]
    [InlineData("var x = [|s.Result|]?.Length;", "var x = (await s)?.Length;")]
    [InlineData("var x = [|s.Result|]!;", "var x = (await s)!;")]
    [InlineData("var x = ([|s.Result|]).Length;", "var x = (await s).Length;")]
    [InlineData("var x = -[|u.Result|] + [|u.Result|] * 2;", "var x = -await u + await u * 2;")]
    [InlineData("var x = (long)[|u.Result|];", "var x = (long)await u;")]
    [InlineData("var x = [|u.Result|] is > 3 and < 5;", "var x = await u is > 3 and < 5;")]
    [InlineData("var x = [|u.Result|] switch { 1 => [|s.Result|], _ => \"\" };", "var x = await u switch { 1 => await s, _ => \"\" };")]
    [InlineData("var x = $\"{[|u.Result|]:N2} and {[|s.Result|].Length}\";", "var x = $\"{await u:N2} and {(await s).Length}\";")]
    [InlineData("Use([|u.Result|], [|s.Result|]);", "Use(await u, await s);")]
    [InlineData("int a = [|u.Result|]; int b = [|u.Result|];", "int a = await u; int b = await u;")]
    [InlineData("Use(new { A = [|u.Result|] });", "Use(new { A = await u });")]
    [InlineData("if ([|u.Result|] > 0) [|t.Wait()|]; else return;", "if (await u > 0) await t; else return;")]
    [InlineData("for (var i = 0; i < [|u.Result|]; i++) [|t.Wait()|];", "for (var i = 0; i < await u; i++) await t;")]
    [InlineData("t.GetAwaiter(); [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];", "t.GetAwaiter(); await t.ConfigureAwait(false);")]
    [InlineData("[|t.Wait(token)|];", "await t.WaitAsync(token);")]
    [InlineData("[|Task.WaitAll(t, u)|];", "await Task.WhenAll(t, u);")]
    [InlineData("[|Task.WaitAll(new[] { t, u })|];", "await Task.WhenAll(new[] { t, u });")]
    [InlineData("[|System.Threading.Tasks.Task.WaitAny(t, u)|];", "await System.Threading.Tasks.Task.WhenAny(t, u);")]
    [InlineData("using var x = [|Task.Run(() => new CancellationTokenSource()).Result|];", "using var x = await Task.Run(() => new CancellationTokenSource());")]
    [InlineData("int L() => 1; async Task<int> A() => [|u.Result|];", "int L() => 1; async Task<int> A() => await u;")]
    [InlineData("Func<Task<int>> f = async () => [|u.Result|];", "Func<Task<int>> f = async () => await u;")]
    [InlineData("Func<Task> f = async () => [|t.Wait()|];", "Func<Task> f = async () => await t;")]
    [InlineData("Func<Task> f = async delegate { [|t.Wait()|]; };", "Func<Task> f = async delegate { await t; };")]
    [InlineData("Use(from i in [|Task.FromResult(new[] { 1 }).Result|] select i);", "Use(from i in await Task.FromResult(new[] { 1 }) select i);")]
    [InlineData("var n = 0; n += [|u.Result|];", "var n = 0; n += await u;")]
    [InlineData("_sum = [|u.Result|];", "_sum = await u;")]
    [InlineData("try { [|t.Wait()|]; } catch (InvalidOperationException) { [|t.Wait()|]; } finally { [|t.Wait()|]; }", "try { await t; } catch (InvalidOperationException) { await t; } finally { await t; }")]
    [InlineData("try { [|t.GetAwaiter().GetResult()|]; } catch (AggregateException) { }", "try { await t; } catch (AggregateException) { }")]
    public Task Awaits(string before, string after) => Fix.Statement(before, after);

    [Theory]
    [InlineData("[|t.Wait(100)|];")]
    [InlineData("[|t.Wait(100, token)|];")]
    [InlineData("[|Task.WaitAll(new[] { t }, 100)|];")]
    [InlineData("[|Task.WaitAll(new[] { t }, token)|];")]
    [InlineData("var first = [|Task.WaitAny(t, u)|];")]
    public Task Nothing_for_waits_that_may_give_up_or_whose_result_is_used(string statement) => Fix.NoFixInStatement(statement);

    [Theory]
    [InlineData("lock (this) { [|t.Wait()|]; }")]
    [InlineData("try { } catch (Exception) when ([|u.Result|] > 0) { }")]
    [InlineData("unsafe { [|t.Wait()|]; }")]
    [InlineData("Use(from i in new[] { 1 } where i > [|u.Result|] select i);")]
    [InlineData("Use(from i in new[] { 1 } join j in new[] { 2 } on i equals [|u.Result|] select i);")]
    [InlineData("Task<Task<int>>? n = null; Use(n?[|.Unwrap().Result|].ToString()!);")]
    public Task Nothing_where_await_is_not_allowed(string statement) => Fix.NoFixInStatement(statement);

    [Theory]
    [InlineData("_sum += [|u.Result|];")]
    [InlineData("try { [|t.Wait()|]; } catch (AggregateException e) { Use(e); }")]
    [InlineData("try { [|t.Wait()|]; } catch (Exception e) when (e.InnerException is InvalidOperationException) { }")]
    [InlineData("Monitor.Enter(this); [|t.Wait()|]; Monitor.Exit(this);")]
    [InlineData("Monitor.Enter(this); try { [|t.Wait()|]; } finally { Monitor.Exit(this); }")]
    public Task Nothing_where_an_await_would_mean_something_else(string statement) => Fix.NoFixInStatement(statement);

    [Theory]
    [InlineData("Span<int> a = new int[1]; [|t.Wait()|]; a[0] = 1;")]
    [InlineData("Span<int> a = new int[1]; a[[|u.Result|]] = 1;")]
    [InlineData("Span<int> a = new int[1]; for (;;) { a[0] = 1; [|t.Wait()|]; }")]
    [InlineData("ref int a = ref _sum; [|t.Wait()|]; a = 1;")]
    [InlineData("foreach (var i in new int[1].AsSpan()) [|t.Wait()|];")]
    [InlineData("foreach (ref var i in new int[1].AsSpan()) { [|t.Wait()|]; i++; }")]
    [InlineData("using (new Lock().EnterScope()) [|t.Wait()|];")]
    [InlineData("using var scope = new Lock().EnterScope(); [|t.Wait()|];")]
    public Task Nothing_across_values_that_live_on_the_stack(string statement) => Fix.NoFixInStatement(statement);

    [Theory]
    [InlineData("Span<int> a = new int[1]; a[0] = 1; [|t.Wait()|];", "Span<int> a = new int[1]; a[0] = 1; await t;")]
    [InlineData("{ Span<int> a = new int[1]; a[0] = 1; } [|t.Wait()|];", "{ Span<int> a = new int[1]; a[0] = 1; } await t;")]
    [InlineData("Use([|s.Result|].AsSpan().Length);", "Use((await s).AsSpan().Length);")]
    [InlineData("Monitor.Enter(this); Monitor.Exit(this); [|t.Wait()|];", "Monitor.Enter(this); Monitor.Exit(this); await t;")]
    public Task Awaits_when_the_lock_or_the_value_is_done_with(string before, string after) => Fix.Statement(before, after);

    [Fact]
    public Task Awaits_a_task_of_a_task() => Fix.Statement("Use([|[|Task.FromResult(u).Result|].Result|]);", "Use(await (await Task.FromResult(u)));");

    [Fact]
    public Task Awaits_inside_the_arguments_of_another_wait() =>
        Fix.Statement("[|Task.WaitAll(t, Task.Delay([|u.Result|]), Task.Delay([|s.Result|].Length))|];", "await Task.WhenAll(t, Task.Delay(await u), Task.Delay((await s).Length));");

    [Fact]
    public Task Awaits_a_member_of_a_result_of_a_result() => Fix.Statement("Use([|Task.FromResult([|s.Result|].Length).Result|].ToString());", "Use((await Task.FromResult((await s).Length)).ToString());");

    [Fact]
    public Task Keeps_comments_directives_and_lines() => Fix.Fixes("""
        class C
        {
            async Task M(Task t, Task<int> u)
            {
                /* first */ [|t.Wait()|]; // kept

        #if DEBUG
                t.Wait();
        #else
                [|t/* a */./* b */Wait(/* c */)|]; // else
        #endif
                var a = [|Task
                    .Run(() => 1) // why
                    .Result|];
                var b = [|Task
                    .Run(() => 1)
                    .Result|]
                    .ToString();
                await t;
            }
        }
        """, """
        class C
        {
            async Task M(Task t, Task<int> u)
            {
                /* first */ await t; // kept

        #if DEBUG
                t.Wait();
        #else
                await t/* a *//* b *//* c */; // else
        #endif
                var a = await Task
                    .Run(() => 1) // why
                    ;
                var b = (await Task
                    .Run(() => 1))
                    .ToString();
                await t;
            }
        }
        """);

    [Fact]
    public Task Follows_the_type_in_leaving_the_context() => Fix.Fixes("""
        class C
        {
            async Task M(Task t, Task<int> u)
            {
                await t.ConfigureAwait(false);
                [|t.Wait()|];
                Console.WriteLine([|u.Result|].ToString());
                [|Task.WaitAll(t, u)|];
                [|t.GetAwaiter().GetResult()|];
                [|t.ConfigureAwait(false).GetAwaiter().GetResult()|];
            }
        }
        """, """
        class C
        {
            async Task M(Task t, Task<int> u)
            {
                await t.ConfigureAwait(false);
                await t.ConfigureAwait(false);
                Console.WriteLine((await u.ConfigureAwait(false)).ToString());
                await Task.WhenAll(t, u).ConfigureAwait(false);
                await t.ConfigureAwait(false);
                await t.ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Awaits_in_top_level_code() => Fix.Fixes("""
        using static System.Threading.Tasks.Task;
        var t = Task.FromResult(args.Length);
        await t;
        [|WaitAll(t)|];
        Console.WriteLine([|t.Result|]);
        """, """
        using static System.Threading.Tasks.Task;
        var t = Task.FromResult(args.Length);
        await t;
        await WhenAll(t);
        Console.WriteLine(await t);
        """, new Case { Output = OutputKind.ConsoleApplication });
}
