extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>A lazy value is made once, by one work at a time, and nobody is forgotten, in every schedule of a few threads that ask, cancel, reset and end the work.</summary>
public class AsyncLazy_Interleavings
{
    [Fact]
    public void All_get_the_one_value() => Exploration.Of(static () =>
    {
        var made = 0;
        var lazy = new AsyncLazy<int>(_ =>
        {
            made++;
            Schedule.Point();
            return Task.FromResult(made);
        });
        return new Model(() => Assert.Equal(1, Waiting.Result(lazy.GetAsync())), () => Assert.Equal(1, Waiting.Result(lazy.GetAsync())), () => Assert.Equal(1, Waiting.Result(lazy.GetAsync())))
        {
            Holds = () => made == 1 && lazy.HasValue,
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_there_is_a_value() => Exploration.Of(static () =>
    {
        var lazy = new AsyncLazy<int>(static _ => Task.FromResult(1));
        return new Model(() => Assert.Equal(1, Waiting.Result(lazy.GetAsync())), () =>
        {
            while (!lazy.HasValue)
                Schedule.Yield();
        });
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_gets_the_value_that_is_made_after_a_reset() => Exploration.Of(static () =>
    {
        var made = 0;
        var lazy = new AsyncLazy<int>(_ => Task.FromResult(++made));
        Assert.Equal(1, lazy.GetAsync().Result);
        return new Model(lazy.Reset, () =>
        {
            while (Waiting.Result(lazy.GetAsync()) == 1)
                Schedule.Yield();
        });
    }).Passes();

    [Fact]
    public void Without_a_lock_it_is_made_twice() => Exploration.Of(static () =>
    {
        var made = 0;
        Task<int>? kept = null;
        void Get()
        {
            Schedule.Point();
            if (kept is { } known)
                Assert.Equal(1, Waiting.Result(known));
            else
            {
                Schedule.Point();
                kept = Task.FromResult(++made);
            }
        }

        return new Model(Get, Get) { Holds = () => made == 1 };
    }).Fails("the outcome is wrong");

    [Fact]
    public void Who_leaves_as_the_work_ends_has_the_value_or_its_own_cancellation() => Exploration.Of(static () =>
    {
        var (works, source) = (new Works(), new CancellationTokenSource());
        var lazy = new AsyncLazy<int>(works.Call);
        var leaving = lazy.GetAsync(source.Token);
        return new Model(source.Cancel, () => works.End(0), () => IsValueOrLeft(leaving, source.Token))
        {
            Holds = () => works.IsRight && (works.Count == 1 || leaving.IsCanceled),
        };
    }, preemptions: 4).Passes();

    [Fact]
    public void Who_stays_or_comes_while_the_others_leave_gets_a_value() => Exploration.Of(static () =>
    {
        var (works, source) = (new Works(), new CancellationTokenSource());
        var lazy = new AsyncLazy<int>(works.Call);
        var leaving = lazy.GetAsync(source.Token);
        return new Model(source.Cancel, () => Assert.True(Waiting.Result(lazy.GetAsync()) > 0), works.EndAll)
        {
            Holds = () => works.IsRight && lazy.HasValue && leaving.IsCompleted,
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void When_all_leave_the_work_is_cancelled_and_can_be_started_again() => Exploration.Of(static () =>
    {
        var (works, one, other) = (new Works(), new CancellationTokenSource(), new CancellationTokenSource());
        var lazy = new AsyncLazy<int>(works.Call);
        Task<int>[] leaving = [lazy.GetAsync(one.Token), lazy.GetAsync(other.Token)];
        return new Model(one.Cancel, other.Cancel, () => works.End(0))
        {
            Holds = () => works.IsRight && leaving.All(wait => wait.IsCompleted) && (lazy.HasValue || works.Tokens[0].IsCancellationRequested),
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void After_a_reset_no_older_value_is_given_and_works_do_not_overlap() => Exploration.Of(static () =>
    {
        var works = new Works();
        var lazy = new AsyncLazy<int>(works.Call);
        var before = lazy.GetAsync();
        return new Model(
            () =>
            {
                lazy.Reset();
                Assert.Equal(2, Waiting.Result(lazy.GetAsync()));
            },
            () => Assert.InRange(Waiting.Result(lazy.GetAsync()), 1, 2),
            () =>
            {
                works.End(0);
                Schedule.Await(() => works.Count == 2);
                works.End(1);
            })
        {
            Holds = () => works.IsRight && before.Result == 1 && lazy.GetAsync().Result == 2,
        };
    }, preemptions: 2).Passes();

    [Fact]
    public void Work_that_is_started_beside_work_that_was_abandoned_overlaps_with_it() => Exploration.Of(static () =>
    {
        // What a lazy value does that forgets the work as soon as the last has left.
        var works = new Works();
        Task? current = null;
        void Get()
        {
            Schedule.Point();
            current ??= works.Call(default);
        }

        return new Model(
            () =>
            {
                Get();
                Schedule.Point();
                current = null;
            },
            Get,
            works.EndAll) { Holds = () => works.IsRight };
    }).Fails("two works at once");

    private static void IsValueOrLeft(Task<int> wait, CancellationToken token)
    {
        Schedule.Await(() => wait.IsCompleted);
        Assert.True(wait.IsCompletedSuccessfully || token.IsCancellationRequested);
    }

    /// <summary>The work of a lazy value, one call after the other: it ends when it is told to, with the number of the call, or as cancelled if it was.</summary>
    private sealed class Works
    {
        private readonly List<TaskCompletionSource<int>> _ends = [];

        public List<CancellationToken> Tokens { get; } = [];

        public int Count => _ends.Count;

        public bool IsRight { get; private set; } = true;

        public Task<int> Call(CancellationToken token)
        {
            Assert.True(_ends.TrueForAll(end => end.Task.IsCompleted), "two works at once");
            var end = new TaskCompletionSource<int>();
            Tokens.Add(token);
            _ends.Add(end);
            return end.Task;
        }

        public void End(int call)
        {
            Schedule.Point();
            if (Tokens[call].IsCancellationRequested)
                _ends[call].TrySetCanceled(Tokens[call]);
            else
                _ends[call].TrySetResult(call + 1);
        }

        /// <summary>Ends the first call, and the second if there is to be one.</summary>
        public void EndAll()
        {
            Schedule.Await(() => Count > 0);
            End(0);
            if (_ends[0].Task.IsCanceled)
                Schedule.Fork(() =>
                {
                    Schedule.Await(() => Count == 2);
                    End(1);
                });
        }
    }
}
