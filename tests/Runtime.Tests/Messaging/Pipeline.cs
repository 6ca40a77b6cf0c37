using System.Collections.Concurrent;
using System.Threading.Channels;
using Threadwise.Runtime.Tests.Tasks;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

/// <summary>What the documentation of <see cref="Threadwise.Pipeline{T}"/> says.</summary>
public class Pipeline_
{
    [Theory, InlineData(1, true), InlineData(4, true), InlineData(1, false), InlineData(4, false)]
    public async Task Every_item_goes_through_every_stage_once(int degree, bool ordered)
    {
        var result = await Pipeline.From(Enumerable.Range(0, 500), capacity: 2)
            .Then(async (item, _) =>
            {
                await Task.Yield();
                return item * 2;
            }, degree, capacity: 3, ordered)
            .Then((item, _) => ValueTask.FromResult($"{item}"), degree, capacity: 1, ordered)
            .ToListAsync().Soon();
        var expected = Enumerable.Range(0, 500).Select(item => $"{item * 2}");
        if (ordered)
            Assert.Equal(expected, result);
        else
            Assert.Equal(expected.Order(), result.Order());
    }

    [Fact]
    public async Task Results_keep_the_order_of_the_items_however_long_each_takes()
    {
        var ends = new ConcurrentDictionary<int, TaskCompletionSource<int>>();
        var results = Channel.CreateUnbounded<int>();
        var run = Pipeline.From([0, 1, 2]).Then((item, _) => new ValueTask<int>(End(item).Task), degree: 3).Run((item, token) => results.Writer.WriteAsync(item, token));
        End(2).SetResult(2);
        End(1).SetResult(1);
        Assert.False(results.Reader.TryRead(out _));
        End(0).SetResult(0);
        await run.Soon();
        results.Writer.Complete();
        Assert.Equal(new[] { 0, 1, 2 }, await results.Reader.ReadAllAsync().ToArrayAsync());

        TaskCompletionSource<int> End(int item) => ends.GetOrAdd(item, _ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_stage_works_on_as_many_items_at_once_as_its_degree_and_no_more(bool ordered)
    {
        var (inside, most) = (0, 0);
        var allInside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Pipeline.From(Enumerable.Range(0, 50)).Then(async (item, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            lock (allInside)
                most = Math.Max(most, now);
            if (now == 3)
                allInside.TrySetResult();
            await allInside.Task;
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return item;
        }, degree: 3, capacity: 1, ordered).Run().Soon();
        Assert.Equal(3, most);
    }

    [Theory, InlineData(1, true), InlineData(2, true), InlineData(2, false)]
    public async Task A_slow_end_stops_the_source_before_memory_grows(int degree, bool ordered)
    {
        var taken = 0;
        var end = new TaskCompletionSource();
        using var source = new CancellationTokenSource();
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Pipeline.From(Endless(), capacity: 2).Then((item, _) => ValueTask.FromResult(item), degree, capacity: 2, ordered).Run(async (_, token) =>
        {
            full.TrySetResult();
            await Waits.Forever(token);
        }, source.Token);
        await full.Task.Soon();
        for (var i = 0; i < 1_000; i++)
            await Task.Yield();
        Assert.InRange(Volatile.Read(ref taken), 1, 16);
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);

        IEnumerable<int> Endless()
        {
            while (true)
                yield return Interlocked.Increment(ref taken);
        }
    }

    public static TheoryData<string, int, bool> Places => new() { { "source", 1, true }, { "stage", 1, true }, { "stage", 3, true }, { "stage", 3, false }, { "end", 1, true }, { "thrown at once", 3, true } };

    [Theory, MemberData(nameof(Places))]
    public async Task One_failure_stops_all_and_is_thrown_once(string place, int degree, bool ordered)
    {
        var failure = new FormatException();
        var (stopped, live) = (0, 0);
        var run = Pipeline.From(Failing(place == "source", failure, () => Interlocked.Increment(ref stopped)))
            .Then(async (item, token) =>
            {
                using var inside = new Inside(() => Interlocked.Increment(ref live), () => Interlocked.Decrement(ref live));
                if (item == 20 && place == "stage")
                {
                    await Task.Yield();
                    throw failure;
                }

                return item == 20 && place == "thrown at once" ? throw failure : item;
            }, degree, 4, ordered)
            .Run(async (item, token) =>
            {
                if (item == 10 && place == "end")
                    throw failure;
                if (item >= 15 && place != "end")
                    await Waits.Forever(token);
            });
        Assert.Same(failure, await run.Thrown());
        Assert.Single(run.Exception!.InnerExceptions);
        Assert.Equal((1, 0), (stopped, live));
    }

    private static async IAsyncEnumerable<int> Failing(bool fails, Exception failure, Action stopped)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await Task.Yield();
                if (i == 20 && fails)
                    throw failure;
                yield return i;
            }
        }
        finally
        {
            stopped();
        }
    }

    [Fact]
    public async Task A_source_gets_a_token_and_is_stopped_while_it_waits()
    {
        using var source = new CancellationTokenSource();
        var channel = Channel.CreateUnbounded<int>();
        var run = Pipeline.From(channel.Reader.ReadAllAsync()).Run(source.Token);
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);
    }

    [Fact]
    public async Task With_a_token_that_is_cancelled_already_nothing_is_read()
    {
        var token = new CancellationToken(canceled: true);
        var pipeline = Pipeline.From(Throwing());
        Assert.True(pipeline.Run(token).IsCanceled);
        Assert.IsAssignableFrom<OperationCanceledException>(await pipeline.ToListAsync(token).Thrown());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in pipeline.ReadAllAsync(token))
            {
            }
        });

        static IEnumerable<int> Throwing()
        {
            yield return int.Parse("nothing is read");
        }
    }

    [Fact]
    public async Task Results_can_be_enumerated()
    {
        var all = new List<int>();
        await foreach (var item in Pipeline.From(Enumerable.Range(0, 100)).Then((item, _) => ValueTask.FromResult(item + 1), degree: 3).ReadAllAsync())
            all.Add(item);
        Assert.Equal(Enumerable.Range(1, 100), all);
    }

    [Fact]
    public async Task Leaving_an_enumeration_stops_the_run_and_waits_for_it()
    {
        var stopped = false;
        await foreach (var item in Pipeline.From(Source()).ReadAllAsync())
            if (item == 3)
                break;
        Assert.True(Volatile.Read(ref stopped));

        async IAsyncEnumerable<int> Source()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                Volatile.Write(ref stopped, true);
            }
        }
    }

    [Fact]
    public async Task An_enumeration_throws_the_cause_or_for_the_callers_token()
    {
        var failure = new FormatException();
        Assert.Same(failure, await Enumerate(Pipeline.From(Enumerable.Range(0, 100)).Then<int>((_, _) => throw failure, degree: 2), default).Thrown());
        using var source = new CancellationTokenSource();
        var run = Enumerate(Pipeline.From(Channel.CreateUnbounded<int>().Reader.ReadAllAsync()), source.Token);
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);

        static async Task Enumerate(Pipeline<int> pipeline, CancellationToken token)
        {
            await foreach (var _ in pipeline.ReadAllAsync(token))
            {
            }
        }
    }

    [Fact]
    public async Task It_can_be_run_again()
    {
        var pipeline = Pipeline.From([1, 2, 3]).Then((item, _) => ValueTask.FromResult(item * item), degree: 2);
        for (var i = 0; i < 2; i++)
            Assert.Equal(new[] { 1, 4, 9 }, await pipeline.ToListAsync().Soon());
    }

    [Fact]
    public void Names_what_is_missing_or_wrong()
    {
        var pipeline = Pipeline.From([1]);
        Assert.Throws<ArgumentNullException>("source", () => Pipeline.From((IEnumerable<int>)null!));
        Assert.Throws<ArgumentNullException>("source", () => Pipeline.From((IAsyncEnumerable<int>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => Pipeline.From([1], capacity: 0));
        Assert.Throws<ArgumentNullException>("stage", () => pipeline.Then<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("degree", () => pipeline.Then((item, _) => ValueTask.FromResult(item), degree: 0));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => pipeline.Then((item, _) => ValueTask.FromResult(item), capacity: 0));
        Assert.Throws<ArgumentNullException>("end", () => { _ = pipeline.Run((Func<int, CancellationToken, ValueTask>)null!); });
    }

    private sealed class Inside : IDisposable
    {
        private readonly Action _leave;

        public Inside(Action enter, Action leave)
        {
            enter();
            _leave = leave;
        }

        public void Dispose() => _leave();
    }
}
