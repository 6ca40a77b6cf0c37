using System.Diagnostics;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What every line of waits must do, whatever it is a line for.</summary>
public class WaitLines
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static TheoryData<string> All => [.. WaitLine.Names];

    [Theory, MemberData(nameof(All))]
    public async Task One_is_inside_at_a_time(string name)
    {
        var (line, inside, overlaps, count) = (WaitLine.Named(name), 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
                using (await line.EnterAsync(default))
                {
                    overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                    if (i % 4 == 0)
                        await Task.Yield();
                    count++;
                    Interlocked.Decrement(ref inside);
                }
        }))).WaitAsync(Long);
        Assert.Equal((0, 1600), (overlaps, count));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Who_comes_first_goes_first_and_who_is_cancelled_is_passed_over(string name)
    {
        var (line, order) = (WaitLine.Named(name), new List<int>());
        using var source = new CancellationTokenSource();
        var first = await line.EnterAsync(default);
        var waits = Enumerable.Range(0, 20).Select(number => EnterAsync(line.EnterAsync(number % 3 == 0 ? source.Token : default), number)).ToList();
        source.Cancel();
        first.Dispose();
        await Task.WhenAll(waits).WaitAsync(Long);
        Assert.Equal(Enumerable.Range(0, 20).Where(number => number % 3 != 0), order);

        async Task EnterAsync(ValueTask<IDisposable> entering, int number)
        {
            try
            {
                using (await entering)
                    order.Add(number);
            }
            catch (OperationCanceledException cancelled)
            {
                Assert.Equal(source.Token, cancelled.CancellationToken);
            }
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task After_a_storm_of_cancellations_it_is_free(string name)
    {
        var (line, got, cancelled) = (WaitLine.Named(name), 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 100; i++)
            {
                using var source = new CancellationTokenSource();
                var entering = line.EnterAsync(source.Token);
                var cancelling = random.Next(3) == 0 ? Task.CompletedTask : Task.Run(source.Cancel);
                try
                {
                    using (await entering)
                        Interlocked.Increment(ref got);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }

                await cancelling;
            }
        }))).WaitAsync(Long);
        Assert.Equal(1600, got + cancelled);
        Assert.True(line.TryEnter(out var scope));
        scope.Dispose();
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_is_cancelled_as_it_is_handed_over_is_not_lost(string name)
    {
        var line = WaitLine.Named(name);
        for (var i = 0; i < 500; i++)
        {
            using var source = new CancellationTokenSource();
            var first = await line.EnterAsync(default);
            var entering = line.EnterAsync(source.Token);
            await Task.WhenAll(Task.Run(first.Dispose), Task.Run(source.Cancel)).WaitAsync(Long);
            try
            {
                (await entering).Dispose();
            }
            catch (OperationCanceledException)
            {
            }

            Assert.True(line.TryEnter(out var scope));
            scope.Dispose();
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_token_that_is_cancelled_already_never_gets_in(string name)
    {
        var line = WaitLine.Named(name);
        var token = new CancellationToken(canceled: true);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await line.EnterAsync(token))).CancellationToken);
        Assert.True(line.TryEnter(out var scope));
        using (scope)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await line.EnterAsync(token));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Disposing_again_gives_nothing_back(string name)
    {
        var line = WaitLine.Named(name);
        var first = await line.EnterAsync(default);
        first.Dispose();
        var second = await line.EnterAsync(default);
        first.Dispose();
        Assert.False(line.TryEnter(out var none));
        none.Dispose();
        var third = line.EnterAsync(default);
        first.Dispose();
        Assert.False(third.IsCompleted);
        second.Dispose();
        second.Dispose();
        using (await third)
            Assert.False(line.TryEnter(out _));
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_is_kept_to_be_used_again_stays_bounded(string name)
    {
        var line = WaitLine.Named(name);
        for (var i = 0; i < 200_000; i++)
            (await line.EnterAsync(default)).Dispose();
        Assert.InRange(line.Spares, 0, 1);
        for (var round = 0; round < 3; round++)
        {
            var first = await line.EnterAsync(default);
            var waits = Enumerable.Range(0, 1_000).Select(_ => line.EnterAsync(default).AsTask()).ToList();
            first.Dispose();
            foreach (var wait in waits)
                (await wait).Dispose();
        }

        Assert.InRange(line.Spares, 1, 257);
    }

    [Fact]
    public async Task Works_on_a_pool_of_two_threads()
    {
        foreach (var name in WaitLine.Names)
        {
            var (line, count) = (WaitLine.Named(name), 0);
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
            {
                using (await line.EnterAsync(default))
                {
                    await Task.Yield();
                    count++;
                }
            }))).WaitAsync(Long);
            Assert.Equal(50, count);
        }
    }

    [Fact]
    public async Task Works_in_a_process_that_has_no_more_than_two_threads()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(WaitLines).Assembly.Location);
        foreach (var argument in new[] { "-noColor", "-method", $"{typeof(WaitLines).FullName}.{nameof(Works_on_a_pool_of_two_threads)}" })
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "2";
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), output);
    }
}

/// <summary>Something that one at a time gets, asked for in one way.</summary>
internal abstract class WaitLine
{
    public static IEnumerable<string> Names => ["AsyncLock", "AsyncSemaphore", "KeyedLock", "AsyncReaderWriterLock", "AsyncGuarded"];

    public abstract int Spares { get; }

    public static WaitLine Named(string name) => name switch
    {
        "AsyncLock" => new OfLock(),
        "AsyncSemaphore" => new OfSemaphore(),
        "KeyedLock" => new OfKeys(),
        "AsyncReaderWriterLock" => new OfWriters(),
        _ => new OfGuarded(),
    };

    public abstract ValueTask<IDisposable> EnterAsync(CancellationToken token);

    public abstract bool TryEnter(out IDisposable scope);

    private static async ValueTask<IDisposable> Of<T>(ValueTask<T> entering) where T : struct, IDisposable => await entering.ConfigureAwait(false);

    private static bool Of<T>(bool isTaken, T scope, out IDisposable disposable) where T : struct, IDisposable
    {
        disposable = scope;
        return isTaken;
    }

    private sealed class OfLock : WaitLine
    {
        private readonly AsyncLock _it = new();

        public override int Spares => _it.SpareWaits;

        public override ValueTask<IDisposable> EnterAsync(CancellationToken token) => Of(_it.EnterAsync(token));

        public override bool TryEnter(out IDisposable scope) => Of(_it.TryEnter(out var taken), taken, out scope);
    }

    private sealed class OfSemaphore : WaitLine
    {
        private readonly AsyncSemaphore _it = new(1);

        public override int Spares => _it.SpareWaits;

        public override ValueTask<IDisposable> EnterAsync(CancellationToken token) => Of(_it.EnterAsync(token));

        public override bool TryEnter(out IDisposable scope) => Of(_it.TryEnter(out var taken), taken, out scope);
    }

    private sealed class OfKeys : WaitLine
    {
        private readonly KeyedLock<string> _it = new();

        public override int Spares => _it.Spares;

        public override ValueTask<IDisposable> EnterAsync(CancellationToken token) => Of(_it.EnterAsync("key", token));

        public override bool TryEnter(out IDisposable scope) => Of(_it.TryEnter("key", out var taken), taken, out scope);
    }

    private sealed class OfWriters : WaitLine
    {
        private readonly AsyncReaderWriterLock _it = new();

        public override int Spares => _it.SpareWaits;

        public override ValueTask<IDisposable> EnterAsync(CancellationToken token) => Of(_it.WriteAsync(token));

        public override bool TryEnter(out IDisposable scope) => Of(_it.TryWrite(out var taken), taken, out scope);
    }

    private sealed class OfGuarded : WaitLine
    {
        private readonly AsyncGuarded<int> _it = new(0);

        public override int Spares => _it.SpareWaits;

        public override ValueTask<IDisposable> EnterAsync(CancellationToken token) => Of(_it.EnterAsync(token));

        public override bool TryEnter(out IDisposable scope) => Of(_it.TryEnter(out var taken), taken, out scope);
    }
}
