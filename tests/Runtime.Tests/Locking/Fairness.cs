using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Nobody overtakes who waits. <c>fairness.sh</c> measures, beside what people use otherwise, how many turns others get while one waits, and writes <c>fairness.md</c>.</summary>
public class Fairness
{
    private const int Most = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    public static TheoryData<string> All => [.. WaitLine.Names];

    [Theory, MemberData(nameof(All))]
    public async Task One_who_takes_again_and_again_gets_no_turn_while_another_waits(string name)
    {
        var line = WaitLine.Named(name);
        for (var i = 0; i < 50; i++)
        {
            var hog = await line.EnterAsync(default);
            var waits = line.EnterAsync(default);
            hog.Dispose();
            var again = line.EnterAsync(default);
            Assert.False(line.TryEnter(out _) || again.IsCompleted);
            (await waits).Dispose();
            (await again).Dispose();
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task Who_waits_gets_its_turn_after_those_before_it_and_no_others(string name)
    {
        const int Before = 8;
        var (line, turns) = (WaitLine.Named(name), 0);
        var held = await line.EnterAsync(default);
        var others = Enumerable.Range(0, Before).Select(_ => Turn()).ToList();
        var mine = Turn();
        others.AddRange(Enumerable.Range(0, Before).Select(_ => Turn()));
        held.Dispose();
        Assert.Equal(Before, await mine);
        await Task.WhenAll(others);

        async Task<int> Turn()
        {
            using (await line.EnterAsync(default))
                return turns++;
        }
    }

    [Fact]
    public async Task Is_measured_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("FAIRNESS") is null)
            return;
        var page = new StringBuilder(Head);
        foreach (var name in WaitLine.Names)
            page.Append(await Measured(name, WaitLine.Named(name).EnterAsync));
        var semaphore = new SemaphoreSlim(1);
        page.Append(await Measured("`SemaphoreSlim.WaitAsync`", async token =>
        {
            await semaphore.WaitAsync(token).ConfigureAwait(false);
            return new Leaving(() => semaphore.Release());
        }));
        var (gate, ordered, monitor) = (new Lock(), new OrderedLock(1), new object());
        page.Append(Measured("`OrderedLock`", ordered, static gate => gate.Enter().Dispose()));
        page.Append(Measured("`Lock`", gate, static gate => gate.EnterScope().Dispose()));
        page.Append(Measured("`lock` of an object", monitor, static gate =>
        {
            lock (gate)
            {
            }
        }));
        page.Append(Measured("`SemaphoreSlim.Wait`", new SemaphoreSlim(1), static gate =>
        {
            gate.Wait();
            gate.Release();
        }));
        var file = typeof(Fairness).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "PublicApi").Value!;
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "Locking", "fairness.md"), page.ToString());
    }

    private const string Head = """
        # Turns of others while one waits

        Written by `fairness.sh`. One thread or task takes a lock again and again; another asks for it every millisecond, 200 times or for 8 seconds. A turn is one taking by the first while the
        second is in line. Where a lock is awaited, that is from when the call has returned until the second goes on inside; a lock of threads does not say when one is in line, so there it is
        from the call on, and the time until the thread was scheduled counts too. One turn is that of who was inside already.

        | | got in | half waited at most | 99 % | longest |
        |---|---:|---:|---:|---:|

        """;

    private static async Task<string> Measured(string name, Func<CancellationToken, ValueTask<IDisposable>> enter)
    {
        var (turns, isOver, waits, watch) = (0L, false, new List<long>(), Stopwatch.StartNew());
        var hog = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
                using (await enter(default).ConfigureAwait(false))
                    Volatile.Write(ref turns, turns + 1);
        });
        while (waits.Count < Most && watch.Elapsed < s_patience)
        {
            await Task.Delay(1).ConfigureAwait(false);
            var entering = enter(default);
            var before = Volatile.Read(ref turns);
            using (await entering.ConfigureAwait(false))
                waits.Add(Math.Max(0, turns - before));
        }

        Volatile.Write(ref isOver, true);
        await hog;
        return Row(name, waits);
    }

    private static string Measured<T>(string name, T gate, Action<T> enter)
    {
        var (turns, isOver, waits, watch) = (0L, false, new List<long>(), Stopwatch.StartNew());
        var hog = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                enter(gate);
                Volatile.Write(ref turns, turns + 1);
            }
        });
        var victim = new Thread(() =>
        {
            while (waits.Count < Most && watch.Elapsed < s_patience)
            {
                Thread.Sleep(1);
                var before = Volatile.Read(ref turns);
                enter(gate);
                waits.Add(Volatile.Read(ref turns) - before);
            }

            Volatile.Write(ref isOver, true);
        });
        hog.Start();
        victim.Start();
        victim.Join();
        hog.Join();
        return Row(name, waits);
    }

    private static string Row(string name, List<long> waits)
    {
        waits.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {waits.Count} | {waits[waits.Count / 2]} | {waits[waits.Count * 99 / 100]} | {waits[^1]} |\n");
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
