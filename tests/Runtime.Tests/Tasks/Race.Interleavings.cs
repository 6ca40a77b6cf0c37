extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>A race has one winner, and ends when all are over, in every schedule of alternatives that end at the same time.</summary>
public class Race_Interleavings
{
    [Fact]
    public void It_ends_with_one_of_the_results_when_all_are_over() => Exploration.Of(static () => TwoSucceed(static (one, other) => Race.FirstSuccess(_ => one, _ => other)), preemptions: 3).Passes();

    /// <summary>The broken control: the first that ends ends the race.</summary>
    [Fact]
    public void Where_losers_are_not_waited_for_one_runs_on_after_the_end() => Exploration.Of(static () => TwoSucceed(static (one, other) => Task.WhenAny(one, other).Unwrap())).Fails("the outcome is wrong");

    [Fact]
    public void A_failure_at_the_same_time_takes_nothing_from_who_succeeds() => Exploration.Of(static () =>
    {
        TaskCompletionSource<int> good = new(), bad = new();
        var race = Race.FirstSuccess(_ => bad.Task, _ => good.Task);
        return new Model(() => good.SetResult(1), () => bad.TrySetException(new FormatException())) { Holds = () => race.Result == 1 };
    }, preemptions: 4).Passes();

    /// <summary>The broken control: what ends first decides, however it has ended.</summary>
    [Fact]
    public void Where_the_first_to_end_decides_a_failure_wins() => Exploration.Of(static () =>
    {
        TaskCompletionSource<int> good = new(), bad = new();
        var race = Task.WhenAny(bad.Task, good.Task).Unwrap();
        return new Model(() => good.SetResult(1), () => bad.TrySetException(new FormatException())) { Holds = () => race.IsCompletedSuccessfully };
    }).Fails("the outcome is wrong");

    [Fact]
    public void A_token_that_comes_as_one_succeeds_leaves_its_result_or_ends_the_race_with_that_token() => Exploration.Of(static () =>
    {
        var (source, one, loser) = (new CancellationTokenSource(), new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var race = Race.FirstSuccess(
            [
                token =>
                {
                    token.Register(() => one.TrySetCanceled(token));
                    return one.Task;
                },
                token =>
                {
                    token.Register(() => loser.TrySetCanceled(token));
                    return loser.Task;
                },
            ],
            source.Token);
        return new Model(() => one.TrySetResult(1), source.Cancel)
        {
            Holds = () => loser.Task.IsCanceled && (one.Task.IsCanceled ? IsCancelledBy(source.Token, race) : race.Result == 1),
        };
    }, preemptions: 3).Passes();

    private static Model TwoSucceed(Func<Task<int>, Task<int>, Task<int>> run)
    {
        TaskCompletionSource<int> one = new(), other = new();
        var (race, isLate) = (run(one.Task, other.Task), false);
        return new Model(() => one.SetResult(1), () => other.SetResult(2), () =>
        {
            var result = Waiting.Result(race);
            isLate = result is not (1 or 2) || !one.Task.IsCompleted || !other.Task.IsCompleted;
        }) { Holds = () => !isLate };
    }

    private static bool IsCancelledBy(CancellationToken token, Task race) => race.IsCanceled && new TaskCanceledException(race).CancellationToken == token;
}
