extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>Whole asynchronous maps in many schedules of their workers, each of which goes on as another thread after every wait.</summary>
public class MapAsync_Interleavings
{
    [Theory, InlineData(Partitioning.Blocks), InlineData(Partitioning.Cyclic), InlineData(Partitioning.Guided), InlineData(Partitioning.One)]
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

    /// <summary>It is an item that cancels: who ends the map while another thread calls what is registered with its token waits for that thread, and not as the models do.</summary>
    [Fact]
    public void A_map_that_is_cancelled_ends_as_such_and_nothing_runs_after_it() => Exploration.OfRandom(static () =>
    {
        var (inside, source, atEnd) = (new Inside(2), new CancellationTokenSource(), -1);
        return new Model(() =>
        {
            var cancelled = Thrown<OperationCanceledException>(ParallelMap.ForEachAsync([0, 1, 2, 3], async (item, _) =>
            {
                inside.Enter();
                await Wait().ConfigureAwait(false);
                if (item == 1)
                    source.Cancel();
                inside.Leave();
            }, With(Partitioning.One), cancellationToken: source.Token));
            atEnd = inside.IsRight && cancelled?.CancellationToken == source.Token ? inside.Visits : -1;
        }) { Holds = () => atEnd >= 1 && atEnd == inside.Visits };
    }, schedules: 400).Passes();

    /// <summary>The broken control: a map that ends as its last item begins.</summary>
    [Fact]
    public void An_end_at_the_last_beginning_is_caught() => Exploration.Of(static () =>
    {
        var (dispenser, over, begun, done, atEnd) = (new Dispenser(2, Partitioning.One, 2), new TaskCompletionSource(), 0, 0, -1);
        async Task Work()
        {
            while (dispenser.TryTake(Pace.One, out _))
            {
                if (++begun == 2)
                    over.SetResult();
                await Wait().ConfigureAwait(false);
                done++;
            }
        }

        return new Model(() => _ = Work(), () => _ = Work(), () =>
        {
            Waiting.Result(over.Task);
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
