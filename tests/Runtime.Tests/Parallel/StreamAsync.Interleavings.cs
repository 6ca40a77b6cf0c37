extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>Streams of results in many schedules of their workers and their reader: each item comes out once, in order where that is promised, and nothing runs after the end.</summary>
public class StreamAsync_Interleavings
{
    [Fact]
    public void Every_item_comes_out_once_and_in_order() => Explore(static () => Reading([1, 2, 3], ordered: true, static results => results is "1 2 3 "));

    [Fact]
    public void Every_item_comes_out_once() => Explore(static () => Reading([1, 2, 3], ordered: false, static results => results.Length == 6 && results.Contains('1') && results.Contains('2') && results.Contains('3')));

    [Fact]
    public void Items_that_are_each_done_elsewhere_come_out_once_and_in_order() => Explore(static () => Reading([1, 2, 3], ordered: true, static results => results is "1 2 3 ", partitioning: Partitioning.FreshPerItem));

    [Fact]
    public void A_failure_comes_out_and_nothing_runs_after_it() => Explore(static () => Reading([1, -2, 3, 4], ordered: true, static results => results is "FormatException" or "1 FormatException"));

    [Fact]
    public void A_reader_that_leaves_early_leaves_nothing_running() => Explore(static () => Reading([1, 2, 3, 4], ordered: true, static results => results is "1 ", atMost: 1));

    [Fact]
    public void A_stream_that_is_cancelled_ends_as_such() => Explore(static () =>
    {
        var source = new CancellationTokenSource();
        return Reading([1, 2, 3, 4], ordered: true, static results => results.EndsWith("OperationCanceledException", StringComparison.Ordinal) && "1 2 3 4 ".StartsWith(results[..^26], StringComparison.Ordinal), cancel: source);
    });

    /// <summary>The broken control: results come as they are ready, where they are to come in order.</summary>
    [Fact]
    public void Without_the_order_results_overtake_each_other() =>
        Exploration.OfRandom(static () => Reading([1, 2, 3], ordered: false, static results => results is "1 2 3 ")).Fails("the outcome is wrong");

    /// <summary>The broken control: a stream whose reader does not wait for the workers when it leaves.</summary>
    [Fact]
    public void A_reader_that_leaves_without_a_word_leaves_a_worker_running() => Exploration.Of(static () =>
    {
        var (inside, results, wasRunning) = (new Inside(2), new Queue<int>(), false);
        void Work()
        {
            inside.Visit();
            results.Enqueue(1);
        }

        return new Model(Work, Work, () =>
        {
            Schedule.Await(() => results.Count > 0);
            wasRunning = !inside.IsRight || inside.Visits != results.Count;
        }) { Holds = () => !wasRunning };
    }).Fails("the outcome is wrong");

    private static void Explore(Func<Model> model) => Exploration.OfRandom(model, schedules: 1_000).Passes();

    /// <summary>Items of which two at a time are under way, read as a text of what came out; one that is negative fails, and the second cancels, if anything does.</summary>
    private static Model Reading(int[] items, bool ordered, Func<string, bool> isRight, int atMost = int.MaxValue, CancellationTokenSource? cancel = null, Partitioning partitioning = Partitioning.One)
    {
        var (inside, results, wasRunning) = (new Inside(2), "", false);
        async Task Read()
        {
            await foreach (var result in ParallelMap.StreamAsync(items, Map, new MapOptions { Degree = 2, Partitioning = partitioning }, ordered, cancel?.Token ?? default).ConfigureAwait(false))
            {
                results += $"{result} ";
                if (--atMost == 0)
                    break;
            }
        }

        async ValueTask<int> Map(int item, CancellationToken token)
        {
            inside.Enter();
            var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Schedule.Fork(wait.SetResult);
            await wait.Task.ConfigureAwait(false);
            if (item == 2)
                cancel?.Cancel();
            inside.Leave();
            return item > 0 ? item : throw new FormatException();
        }

        return new Model(() =>
        {
            try
            {
                Waiting.Result(Read());
            }
            catch (Exception exception) when (exception is FormatException or OperationCanceledException)
            {
                results += exception.GetType().Name;
            }

            wasRunning = !inside.IsRight;
        }) { Holds = () => !wasRunning && inside.IsRight && isRight(results) };
    }
}
