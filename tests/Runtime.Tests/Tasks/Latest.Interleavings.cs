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
}
