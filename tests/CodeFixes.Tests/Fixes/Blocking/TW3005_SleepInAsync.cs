using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW3005_SleepInAsync
{
    private static readonly Trial<SleepInAsyncFix> Fix = new(new StandIn("TW3005", Finds));

    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model) =>
        node is InvocationExpressionSyntax && StandIn.IsInAsyncCode(node)
        && model.GetSymbolInfo(node).Symbol is { Name: "Sleep" or "SpinUntil" or "Wait", ContainingNamespace.Name: "Threading" or "Tasks" } ? StandIn.Nothing : null;

    [Theory]
    [InlineData("[|Thread.Sleep(10)|];", "await Task.Delay(10);")]
    [InlineData("[|System.Threading.Thread.Sleep(TimeSpan.FromSeconds(1))|];", "await Task.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("[|Thread.Sleep(millisecondsTimeout: 10)|]; // kept", "await Task.Delay(10); // kept")]
    [InlineData("[|Thread.Sleep(/* ms */ 10)|];", "await Task.Delay(/* ms */ 10);")]
    [InlineData("[|Thread.Sleep(1)|]; [|Thread.Sleep(2)|];", "await Task.Delay(1); await Task.Delay(2);")]
    [InlineData("Func<Task> f = async () => [|Thread.Sleep(1)|];", "Func<Task> f = async () => await Task.Delay(1);")]
    [InlineData("try { } catch { [|Thread.Sleep(1)|]; } finally { [|Thread.Sleep(1)|]; }", "try { } catch { await Task.Delay(1); } finally { await Task.Delay(1); }")]
    [InlineData("[|Task.Delay(10).Wait()|];", "await Task.Delay(10);")]
    [InlineData("async Task L() => [|Thread.Sleep(await u)|];", "async Task L() => await Task.Delay(await u);")]
    [InlineData("_sum++; while (_sum < 3) [|Thread.Sleep(1)|];", "_sum++; while (_sum < 3) await Task.Delay(1);")]
    public Task Awaits_a_delay(string before, string after) => Fix.Statement(before, after);

    [Theory]
    [InlineData("lock (this) { [|Thread.Sleep(1)|]; }")]
    [InlineData("unsafe { [|Thread.Sleep(1)|]; }")]
    [InlineData("Span<int> a = new int[1]; [|Thread.Sleep(1)|]; a[0] = 1;")]
    [InlineData("Monitor.Enter(this); [|Thread.Sleep(1)|]; Monitor.Exit(this);")]
    [InlineData("[|SpinWait.SpinUntil(() => true)|];")]
    [InlineData("[|Thread/* odd */.Sleep(1)|];")]
    public Task Nothing_where_no_delay_can_be_awaited(string statement) => Fix.NoFixInStatement(statement);

    [Fact]
    public Task Qualifies_the_name_where_no_using_brings_it() => Fix.Fixes("""
        using System.Threading;
        class Task { }
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                [|Thread.Sleep(1)|];
                await System.Threading.Tasks.Task.Yield();
            }
        }
        """, """
        using System.Threading;
        class Task { }
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                await System.Threading.Tasks.Task.Delay(1);
                await System.Threading.Tasks.Task.Yield();
            }
        }
        """, new Case { Language = LanguageVersion.CSharp8 });

    [Fact]
    public Task Qualifies_the_name_without_usings() => Fix.Fixes("""
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                [|System.Threading.Thread.Sleep(1)|];
                await System.Threading.Tasks.Task.Yield();
            }
        }
        """, """
        class C
        {
            async System.Threading.Tasks.Task M()
            {
                await System.Threading.Tasks.Task.Delay(1);
                await System.Threading.Tasks.Task.Yield();
            }
        }
        """, new Case { Language = LanguageVersion.CSharp8 });

    [Fact]
    public Task Awaits_in_top_level_code_and_follows_its_awaits() => Fix.Fixes("""
        await Task.Yield();
        [|Thread.Sleep(args.Length)|];
        """, """
        await Task.Yield();
        await Task.Delay(args.Length);
        """, new Case { Output = OutputKind.ConsoleApplication });

    [Fact]
    public Task Leaves_the_context_as_the_type_does() => Fix.Fixes("""
        class C
        {
            async Task M(Task t) { [|Thread.Sleep(1)|]; await t.ConfigureAwait(false); }
        }
        """, """
        class C
        {
            async Task M(Task t) { await Task.Delay(1).ConfigureAwait(false); await t.ConfigureAwait(false); }
        }
        """);
}
