using System.Globalization;
using System.Text;
using Threadwise.Evidence;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>Measures the locks of the runtime library beside what people use otherwise, and writes <c>locking.md</c> and <c>locking.svg</c>.</summary>
internal static class LockCosts
{
    private const string Folder = "tests/Benchmarks/Runtime/";
    private const int Operations = 1_000;
    private const int Contenders = 16;
    private const int Visits = 2_000;

    public static void Measure(int rounds)
    {
        var ways = new Locks().All.Select(static one => new Way(one.Name, Operations, () => one.Batch(Operations))).ToList();
        var costs = FastestBatch.Of(ways, rounds);
        var text = new StringBuilder($"""
            # What locks cost

            Written by `tests/Benchmarks/run.sh locking`; do not edit. {Framework.Machine}; the fastest of {rounds} batches of {Operations}, taken in turn.

            ## Entering and leaving while nobody else wants to

            | | beside | ratio | promised | bytes |
            |---|---|---:|---:|---:|

            """);
        var chart = new Chart("Entering and leaving, beside what people use otherwise (1 = the line)", 3, new HashSet<string> { "ratio" });
        foreach (var (ours, with, most) in Locks.Pairs)
        {
            var ratio = costs[ours] / costs[with];
            var bytes = Pairs.Bytes(ways.Single(way => way.Name == ours));
            text.Append(CultureInfo.InvariantCulture, $"| `{ours}` | `{with}` | {ratio:0.00} | {(most is null ? "" : "≤ " + most.Value.ToString("0.00", CultureInfo.InvariantCulture))} | {bytes:0} |\n");
            chart.Group($"{ours} / {with}", [("ratio", ratio)]);
        }

        text.Append($"\n## {Contenders} tasks, each inside across an `await`\n\nBytes of one visit.\n\n| | bytes | bytes with a token |\n|---|---:|---:|\n");
        foreach (var (name, visits) in Contended())
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {BytesOf(visits, default):0} | {BytesOf(visits, new CancellationTokenSource().Token):0} |\n");
        File.WriteAllText(Folder + "locking.md", text.ToString());
        File.WriteAllText(Folder + "locking.svg", chart.Svg(mark: 1));
        Console.Write(text);
    }

    private static IEnumerable<(string Name, Func<CancellationToken, Task> Visits)> Contended()
    {
        var (slim, ours, semaphore, keys, readers) = (new SemaphoreSlim(1, 1), new AsyncLock(), new AsyncSemaphore(1), new KeyedLock<string>(), new AsyncReaderWriterLock());
        yield return ("SemaphoreSlim", async token =>
        {
            for (var i = 0; i < Visits; i++)
            {
                await slim.WaitAsync(token);
                await Task.Yield();
                slim.Release();
            }
        });
        yield return ("AsyncLock", token => VisitAsync(() => ours.EnterAsync(token)));
        yield return ("AsyncSemaphore", token => VisitAsync(() => semaphore.EnterAsync(token)));
        yield return ("KeyedLock", token => VisitAsync(() => keys.EnterAsync("a user", token)));
        yield return ("AsyncReaderWriterLock, writing", token => VisitAsync(() => readers.WriteAsync(token)));
    }

    private static async Task VisitAsync<T>(Func<ValueTask<T>> enter) where T : struct, IDisposable
    {
        for (var i = 0; i < Visits; i++)
            using (await enter())
                await Task.Yield();
    }

    /// <summary>The least of a few times: at first what is used again has to be made.</summary>
    private static double BytesOf(Func<CancellationToken, Task> visits, CancellationToken token)
    {
        var least = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Task.WaitAll([.. Enumerable.Range(0, Contenders).Select(_ => Task.Run(() => visits(token), CancellationToken.None))], CancellationToken.None);
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / (Contenders * Visits));
        }

        return least;
    }
}
