extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>Whole asynchronous maps in many schedules of their workers, each of which goes on as another thread after every wait.</summary>
public class MapAsync_Interleavings
{
    [Theory, InlineData(Partitioning.Blocks), InlineData(Partitioning.Cyclic), InlineData(Partitioning.Guided), InlineData(Partitioning.One), InlineData(Partitioning.FreshPerItem)]
    public void Every_item_is_done_once_before_the_end_and_its_result_is_in_its_place(Partitioning partitioning)
    {
        Exploration.Of(() => Map(2), preemptions: 1).Passes();
        Exploration.OfRandom(() => Map(3), schedules: 200).Passes();

        Model Map(int count)
        {
            var (inside, results) = (new Inside(2), Array.Empty<int>());
            return new Model(() => results = Waiting.Result(ParallelMap.MapAsync([.. Enumerable.Range(1, count)], async (item, _) =>
            {
                inside.Enter();
                await Wait().ConfigureAwait(false);
                inside.Leave();
                return 10 * item;
            }, With(partitioning))))
            {
                Holds = () => inside.IsRight && inside.Visits == count && results.SequenceEqual(Enumerable.Range(1, count).Select(static item => 10 * item)),
            };
        }
    }

    [Fact]
    public void Of_two_failures_one_comes_out_and_nothing_runs_after_it()
    {
        Exploration.Of(static () => Failing(2), preemptions: 1).Passes();
        Exploration.OfRandom(static () => Failing(4), schedules: 300).Passes();

        static Model Failing(int count)
        {
            var (inside, thrown, atEnd) = (new Inside(2), "", -1);
            return new Model(() =>
            {
                thrown = Thrown<FormatException>(ParallelMap.ForEachAsync([.. Enumerable.Range(0, count)], async (item, _) =>
                {
                    inside.Enter();
                    await Wait().ConfigureAwait(false);
                    inside.Leave();
                    throw new FormatException($"{item}");
                }, With(Partitioning.One)))?.Message;
                atEnd = inside.Visits;
            }) { Holds = () => thrown is "0" or "1" && inside.IsRight && atEnd == inside.Visits && atEnd <= 2 };
        }
    }

    [Fact]
    public void A_map_that_one_of_its_items_cancels_ends_as_such_and_nothing_runs_after_it() => Exploration.OfRandom(static () => Cancelled(4, byItem: true), schedules: 400).Passes();

    [Fact]
    public void A_map_that_another_cancels_ends_as_such_or_whole_and_nothing_runs_after_it()
    {
        Exploration.Of(static () => Cancelled(1, byItem: false), preemptions: 2).Passes();
        Exploration.OfRandom(static () => Cancelled(3, byItem: false), schedules: 400).Passes();
    }

    [Fact]
    public void A_degree_that_changes_loses_and_repeats_nothing()
    {
        Exploration.OfRandom(static () => Changing(2, 1), schedules: 300).Passes();
        Exploration.OfRandom(static () => Changing(1, 2), schedules: 300).Passes();

        static Model Changing(int before, int after)
        {
            var (degree, inside) = (new Degree(before), new Inside(2));
            return new Model(() => Waiting.Result(ParallelMap.ForEachAsync([1, 2, 3, 4, 5, 6], async (item, _) =>
            {
                inside.Enter();
                await Wait().ConfigureAwait(false);
                if (item == 2)
                    degree.Value = after;
                inside.Leave();
            }, new MapOptions { Partitioning = Partitioning.Blocks, Degree = degree }))) { Holds = () => inside.IsRight && inside.Visits == 6 };
        }
    }

    /// <summary>The broken control: the crew of a map, whose workers begin their items and do not wait for them.</summary>
    [Fact]
    public void An_end_that_does_not_wait_for_the_items_is_caught() => Exploration.Of(static () =>
    {
        var (dispenser, ending, done, atEnd) = (new Dispenser(2, Partitioning.One, 2), new Ending(FailurePolicy.Stop, default), 0, -1);
        AsyncCrew? crew = null;
        Task<bool> WorkAsync(int number)
        {
            crew!.Begin(number);
            while (dispenser.TryTake(Pace.One, out _))
                _ = DoAsync();
            return Task.FromResult(false);
        }

        async Task DoAsync()
        {
            await Wait().ConfigureAwait(false);
            done++;
        }

        crew = new AsyncCrew(With(Partitioning.One), ending, dispenser, 2, WorkAsync);
        return new Model(() =>
        {
            Waiting.Result(crew.RunAsync());
            atEnd = done;
        }) { Holds = () => atEnd == 2 };
    }).Fails("the outcome is wrong");

    /// <summary>What follows is done by another thread of the model.</summary>
    private static Task Wait()
    {
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Schedule.Fork(wait.SetResult);
        return wait.Task;
    }

    private static Model Cancelled(int count, bool byItem)
    {
        var (inside, source, cancelled, atEnd) = (new Inside(2), new CancellationTokenSource(), default(OperationCanceledException), -1);
        void Map()
        {
            cancelled = Thrown<OperationCanceledException>(ParallelMap.ForEachAsync([.. Enumerable.Range(0, count)], async (item, _) =>
            {
                inside.Enter();
                await Wait().ConfigureAwait(false);
                if (byItem && item == 1)
                    source.Cancel();
                inside.Leave();
            }, With(Partitioning.One), cancellationToken: source.Token));
            atEnd = inside.IsRight ? inside.Visits : -1;
        }

        return new Model(byItem ? [Map] : [Map, source.Cancel])
        {
            Holds = () => atEnd == inside.Visits && (cancelled is null ? !byItem && atEnd == count : cancelled.CancellationToken == source.Token),
        };
    }

    private static TException? Thrown<TException>(Task task) where TException : Exception
    {
        try
        {
            Waiting.Result(task);
            return null;
        }
        catch (TException exception)
        {
            return exception;
        }
    }

    private static MapOptions With(Partitioning partitioning) => new() { Partitioning = partitioning, Degree = 2 };
}
