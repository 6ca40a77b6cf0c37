using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Whose code blocks: synchronous code, endpoints, the start of a program, iterators; and who says that it does not.</summary>
public sealed class BlockingByContext
{
    [Fact]
    public async Task C6_191_Synchronous_code_that_blocks_throughout()
    {
        const string Code = """
            public class C(Task<int> source)
            {
                public int Read() => Load();
                private int Load() => source.Result;
            }
            """;
        await Verify<TransitiveBlocking>.Silent(Code);
        await Verify<BlockingWaitInAsync>.Silent(Code);
    }

    [Fact]
    public Task C6_192_An_async_lambda_of_an_endpoint() => Verify<TransitiveBlockingAcrossTypes>.Fires("""
        public class App { public void MapGet(string pattern, Func<Task<int>> handler) { } }
        public class Store(Task<int> source) { public int Load() => source.Result; }
        public class Endpoints
        {
            public void Map(App app, Store store) => app.MapGet("/", async () => { await Task.Yield(); return [|store.Load()|]; });
        }
        """);

    [Fact]
    public Task C6_193_Somebody_says_that_it_does_not_block() => Verify<TransitiveBlocking>.Silent("""
        public class C(Task<int> source)
        {
            public async Task M() { await Task.Yield(); Console.WriteLine(Load() + Value); }
            [NonBlocking] private int Load() => source.Result;
            [NonBlocking] private int Value => source.Result;
        }
        """);

    [Fact]
    public Task C6_194_A_collection_that_waits_for_what_comes() => Verify<BlockingPrimitiveInAsync>.Fires("""
        using System.Collections.Concurrent;
        public class C
        {
            public async Task M(BlockingCollection<int> queue)
            {
                await Task.Yield();
                Console.WriteLine([|queue.Take()|]);
                foreach (var item in [|queue.GetConsumingEnumerable()|])
                    Console.WriteLine(item);
            }
        }
        """);

    [Theory]
    [InlineData("Console.WriteLine(File.ReadAllText(args[0]));")]
    [InlineData("Thread.Sleep(100);")]
    [InlineData("gate.Wait();")]
    [InlineData("task.Wait();")]
    [InlineData("Pause();")]
    public async Task C6_195_The_start_of_a_program_is_an_information(string statement)
    {
        var program = $$"""
            using System.IO;
            public static class Program
            {
                public static async Task Main(string[] args)
                {
                    using var gate = new SemaphoreSlim(1);
                    var task = Task.Delay(1);
                    {{statement}}
                    await Task.Yield();
                }
                private static void Pause() => Thread.Sleep(100);
            }
            """;
        Assert.All(await Found(program, OutputKind.ConsoleApplication), finding => Assert.Equal(DiagnosticSeverity.Info, finding.Severity));
        Assert.All(await Found(program.Replace("Main", "Start", StringComparison.Ordinal), OutputKind.DynamicallyLinkedLibrary), finding => Assert.Equal(DiagnosticSeverity.Warning, finding.Severity));
    }

    [Fact]
    public async Task C6_196_A_delay_that_is_waited_for_between_Wait_and_Release()
    {
        const string Code = """
            public class C
            {
                private readonly SemaphoreSlim _sem = new(1, 1);
                public async Task M() { await _sem.WaitAsync(); try { Task.Delay(10).Wait(); } finally { _sem.Release(); } }
            }
            """;
        // A semaphore is made to be held for long: that others wait for it is no second finding.
        Assert.Equal(["TW3005"], (await Found(Code)).Select(finding => finding.Id));
    }

    [Fact]
    public Task C6_197_Dispose_is_not_async() => Verify<BlockingWaitInAsync>.Silent("public class C : IDisposable { public void Dispose() => Task.Delay(1).GetAwaiter().GetResult(); }");

    private const string Iterator = "private IEnumerable<int> All() { Thread.Sleep(10); yield return 1; }";

    [Fact]
    public Task C6_198_An_iterator_that_blocks_is_gone_through() => Verify<TransitiveBlocking>.Fires(
        $"public class C {{ public async Task M() {{ await Task.Yield(); foreach (var item in [|All()|]) Console.WriteLine(item); }} {Iterator} }}");

    [Fact]
    public Task C6_199_An_iterator_that_blocks_is_handed_on() => Verify<TransitiveBlocking>.Silent(
        $"public class C {{ public async Task<IEnumerable<int>> M() {{ await Task.Yield(); return All(); }} {Iterator} }}");

    [Fact]
    public async Task C6_200_Said_at_the_call_of_the_async_body_alone()
    {
        const string Code = """
            public class C(Task<int> source)
            {
                public async Task Outer() { await Middle(); }
                public async Task Middle() { await Task.Yield(); Console.WriteLine([|Load()|]); }
                private int Load() => Fetch();
                private int Fetch() => source.Result;
            }
            """;
        await Verify<TransitiveBlocking>.Fires(Code);
        await Verify<TransitiveBlockingAcrossTypes>.Silent(Code.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
    }

    private static async Task<ImmutableArray<Diagnostic>> Found(string source, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        var analyzer = new ThreadwiseAnalyzer();
        var analysis = await Analysis.Of(new Case { Output = output }.Project([new("C.cs", source)], analyzer), analyzer);
        Assert.Empty(analysis.Errors);
        Assert.NotEmpty(analysis.Findings);
        return analysis.Findings;
    }
}
