using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Never more workers than the degree says, also when it changes meanwhile; and never more than the budget, however maps are nested.</summary>
public class Degrees
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    public static TheoryData<Partitioning, int> All => Failures.All;

    [Theory, MemberData(nameof(All))]
    public async Task Are_never_exceeded(Partitioning partitioning, int degree)
    {
        var meter = new Meter();
        var options = new MapOptions { Partitioning = partitioning, Degree = degree };
        ParallelMap.ForEach(new int[200], _ => meter.Count(static () => Thread.Sleep(0)), options);
        Assert.InRange(meter.Most, 1, degree);
        await ParallelMap.ForEachAsync(new int[200], async (_, _) => await meter.CountAsync(async () => await Task.Yield()), options);
        Assert.InRange(meter.Most, 1, degree);
        if (partitioning is Partitioning.Auto or Partitioning.One or Partitioning.FreshPerItem)
            await foreach (var _ in ParallelMap.StreamAsync(new int[200], async (item, _) => await meter.CountAsync(async () => await Task.Yield()), options))
                Assert.InRange(meter.Most, 1, degree);
    }

    [Theory, InlineData(Partitioning.Auto), InlineData(Partitioning.One), InlineData(Partitioning.Guided), InlineData(Partitioning.Cyclic), InlineData(Partitioning.Blocks)]
    public async Task Are_followed_down_and_up_within_an_item(Partitioning partitioning)
    {
        var (degree, items) = (new Degree(3), new Held());
        var map = ParallelMap.ForEachAsync(new int[60], items.Run, new MapOptions { Degree = degree, Partitioning = partitioning });
        Assert.Equal(3, await items.Running(3));

        degree.Value = 1;
        items.LetGo(3);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, await items.Running(1));
            items.LetGo(1);
        }

        degree.Value = 4;
        // Of fixed parts two were given back; whether the third worker shares its own depends on when those two are taken.
        if (partitioning is not (Partitioning.Blocks or Partitioning.Cyclic))
            Assert.Equal(4, await items.Running(4));
        items.LetGo(100);
        await map.WaitAsync(Long);
        Assert.Equal(60, items.Done);
    }

    [Theory, InlineData(Partitioning.Auto), InlineData(Partitioning.One), InlineData(Partitioning.Guided), InlineData(Partitioning.Cyclic), InlineData(Partitioning.Blocks)]
    public async Task Are_followed_by_threads_too(Partitioning partitioning)
    {
        var (degree, items) = (new Degree(1), new Held());
        var map = Task.Factory.StartNew(() => ParallelMap.ForEach(new int[20], _ => items.Run(0, default).AsTask().Wait(), new MapOptions { Degree = degree, Partitioning = partitioning }), TaskCreationOptions.LongRunning);
        Assert.Equal(1, await items.Running(1));
        degree.Value = 2;
        LetGoOfAPart(items, partitioning);
        Assert.Equal(2, await items.Running(2));
        degree.Value = 1;
        items.LetGo(2);
        Assert.Equal(1, await items.Running(1));
        items.LetGo(100);
        await map.WaitAsync(Long);
        Assert.Equal(20, items.Done);
    }

    [Fact]
    public async Task Of_a_stream_are_followed()
    {
        var (degree, items) = (new Degree(1), new Held());
        var stream = ParallelMap.StreamAsync(new int[30], async (item, cancel) =>
        {
            await items.Run(item, cancel);
            return item;
        }, new MapOptions { Degree = degree });
        var reading = Task.Run(() => stream.ToBlockingEnumerable().Count());
        Assert.Equal(1, await items.Running(1));
        degree.Value = 3;
        Assert.Equal(3, await items.Running(3));
        degree.Value = 1;
        items.LetGo(3);
        Assert.Equal(1, await items.Running(1));
        items.LetGo(100);
        Assert.Equal(30, await reading.WaitAsync(Long));
    }

    [Fact]
    public void Follow_the_processors_that_the_process_may_use()
    {
        Assert.Equal(Environment.ProcessorCount, Degree.Auto.Value);
        Assert.Contains("processor", Degree.Auto.Reason);
        Assert.Equal("3, as set", new Degree(3).Reason);
        Assert.Equal(3, ((Degree)3).Value);
    }

    /// <summary>Where all items are dealt out, a worker shares its part with a new one when it comes to its next item.</summary>
    private static void LetGoOfAPart(Held items, Partitioning partitioning)
    {
        if (partitioning is Partitioning.Blocks or Partitioning.Cyclic)
            items.LetGo(1);
    }

    /// <summary>Some items hold the others up until they are let go.</summary>
    private sealed class Held
    {
        private readonly SemaphoreSlim _go = new(0);
        private int _running;
        private int _done;

        public int Done => _done;

        public async ValueTask Run(int item, CancellationToken cancel)
        {
            Interlocked.Increment(ref _running);
            await _go.WaitAsync(cancel);
            Interlocked.Decrement(ref _running);
            Interlocked.Increment(ref _done);
        }

        public void LetGo(int count) => _go.Release(count);

        /// <summary>How many run, once they are so many and stay so.</summary>
        public async Task<int> Running(int expected)
        {
            var begin = Environment.TickCount64;
            for (var calm = 0; calm < 5 && Environment.TickCount64 - begin < Long.TotalMilliseconds; await Task.Delay(2))
                calm = Volatile.Read(ref _running) == expected && _go.CurrentCount == 0 ? calm + 1 : 0;
            return Volatile.Read(ref _running);
        }
    }
}

/// <summary>Counts how many are inside at a time.</summary>
internal sealed class Meter
{
    private int _now;
    private int _most;

    public int Most => _most;

    public void Count(Action body)
    {
        Enter();
        body();
        Interlocked.Decrement(ref _now);
    }

    public async ValueTask<int> CountAsync(Func<Task> body)
    {
        Enter();
        await body();
        Interlocked.Decrement(ref _now);
        return 0;
    }

    private void Enter()
    {
        var now = Interlocked.Increment(ref _now);
        for (var most = _most; now > most; most = _most)
            Interlocked.CompareExchange(ref _most, now, most);
    }
}
