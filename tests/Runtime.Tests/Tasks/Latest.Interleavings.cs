extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>The newest input is served last and one at a time, in every schedule of a few threads that post, dispose and end the work.</summary>
public class Latest_Interleavings
{
    [Fact]
    public void The_last_input_is_served_last_and_no_two_at_once() => Exploration.Of(static () =>
    {
        var (inside, served) = (new Inside(), new List<int>());
        var latest = new Latest<int>((input, _) =>
        {
            inside.Visit();
            served.Add(input);
            return Task.CompletedTask;
        });
        return new Model(() => latest.Post(1), () =>
        {
            latest.Post(2);
            latest.Post(3);
            Waiting.Result(latest.WhenIdleAsync());
        })
        {
            Holds = () => inside.IsRight && latest.IsIdle && served[^1] is 3 or 1 && !served.SkipWhile(input => input != 3).Contains(2),
        };
    }).Passes();

    [Fact]
    public void Work_that_is_cancelled_and_not_waited_for_overlaps_with_the_next() => Exploration.Of(static () =>
    {
        var inside = new Inside();
        void Post() => Schedule.Fork(inside.Visit);
        return new Model(Post, Post) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    [Fact]
    public void After_it_was_disposed_of_nothing_runs() => Exploration.Of(static () =>
    {
        var (inside, isDisposed, isLate) = (new Inside(), false, false);
        var latest = new Latest<int>((_, _) =>
        {
            isLate |= isDisposed;
            inside.Visit();
            return Task.CompletedTask;
        });
        return new Model(
            () =>
            {
                try
                {
                    latest.Post(1);
                }
                catch (ObjectDisposedException)
                {
                }
            },
            () =>
            {
                Waiting.Result(latest.DisposeAsync());
                isDisposed = true;
            })
        { Holds = () => !isLate && inside.IsRight && latest.IsIdle };
    }, preemptions: 3).Passes();

    [Fact]
    public void Who_sees_it_busy_and_then_idle_sees_the_input_served() => Exploration.Of(static () =>
    {
        var isServed = false;
        var latest = new Latest<int>((_, _) =>
        {
            isServed = true;
            return Task.CompletedTask;
        });
        return new Model(() => latest.Post(1), () =>
        {
            if (!latest.IsIdle && latest.IsIdle)
                Assert.True(isServed);
        });
    }, preemptions: 3).Passes();

    /// <summary>The work ends when it is cancelled, and only then.</summary>
    [Fact]
    public void What_is_posted_as_it_is_disposed_of_is_refused_or_dropped_or_cancelled() => Exploration.Of(static () =>
    {
        var latest = new Latest<int>(static (_, token) =>
        {
            var end = new TaskCompletionSource();
            token.Register(() => end.TrySetResult());
            return end.Task;
        });
        return new Model(
            () =>
            {
                try
                {
                    latest.Post(1);
                }
                catch (ObjectDisposedException)
                {
                }
            },
            () => Waiting.Result(latest.DisposeAsync()));
    }).Passes();

    [Fact]
    public void Who_stops_waiting_as_it_comes_idle_takes_nothing_from_others() => Exploration.Of(static () =>
    {
        var (source, end, leaving, staying) = (new CancellationTokenSource(), new TaskCompletionSource(), (Task?)null, (Task?)null);
        var latest = new Latest<int>((_, _) => end.Task);
        return new Model(
            () =>
            {
                latest.Post(1);
                leaving = latest.WhenIdleAsync(source.Token);
                staying = latest.WhenIdleAsync();
                end.SetResult();
            },
            () =>
            {
                Schedule.Await(() => staying is not null);
                source.Cancel();
            }) { Holds = () => leaving!.IsCompleted && staying!.IsCompletedSuccessfully };
    }).Passes();

    [Fact]
    public void An_input_that_comes_as_the_quiet_time_is_over_has_a_quiet_time_of_its_own() => Exploration.Of(static () =>
    {
        var (time, quiet, served) = (new ManualTime(), TimeSpan.FromSeconds(1), new List<int>());
        var latest = new Latest<int>((input, _) =>
        {
            served.Add(input);
            return Task.CompletedTask;
        }, quiet, time);
        latest.Post(1);
        return new Model(() => time.Advance(quiet), () =>
        {
            Schedule.Await(() => time.GetTimestamp() > 0);
            latest.Post(2);
        }) { Holds = () => !served.Contains(2) };
    }).Passes();
}
