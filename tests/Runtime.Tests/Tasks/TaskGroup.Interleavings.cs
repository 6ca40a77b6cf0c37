extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>A group ends once, after all that was started in it, in every schedule of a few threads that end, start, fail and cancel its work.</summary>
public class TaskGroup_Interleavings
{
    [Fact]
    public void It_ends_after_all_work() => Exploration.Of(static () =>
    {
        TaskCompletionSource one = new(), other = new();
        var run = TaskGroup.Run(group =>
        {
            _ = group.Start(_ => one.Task);
            _ = group.Start(_ => other.Task);
            return Task.CompletedTask;
        });
        return new Model(one.SetResult, other.SetResult, () =>
        {
            Schedule.Await(() => run.IsCompleted);
            Assert.True(run.IsCompletedSuccessfully && one.Task.IsCompleted && other.Task.IsCompleted);
        });
    }, preemptions: 4).Passes();

    [Fact]
    public void What_is_started_as_it_ends_is_waited_for_or_refused() => Exploration.Of(static () =>
    {
        TaskCompletionSource one = new(), late = new();
        TaskGroup? kept = null;
        var run = TaskGroup.Run(group =>
        {
            kept = group;
            _ = group.Start(_ => one.Task);
            return Task.CompletedTask;
        });
        var wasStarted = false;
        return new Model(one.SetResult, () =>
        {
            try
            {
                _ = kept!.Start(_ => late.Task);
                wasStarted = true;
            }
            catch (InvalidOperationException)
            {
                return;
            }

            Schedule.Point();
            Assert.False(run.IsCompleted);
            late.SetResult();
        })
        { Holds = () => run.IsCompletedSuccessfully && late.Task.IsCompleted == wasStarted };
    }, preemptions: 4).Passes();

    [Fact]
    public void A_count_without_a_lock_lets_work_outlive_the_group() => Exploration.Of(static () =>
    {
        var (running, isOver, late) = (1, false, false);
        return new Model(
            () =>
            {
                var before = running;
                Schedule.Point();
                running = before - 1;
                isOver = running == 0;
            },
            () =>
            {
                if (isOver)
                    return;
                var before = running;
                Schedule.Point();
                running = before + 1;
                late = true;
            })
        { Holds = () => !late || (running == 1 && !isOver) };
    }).Fails("the outcome is wrong");

    [Fact]
    public void Of_two_failures_one_is_the_cause_and_both_are_told_once() => Exploration.Of(static () =>
    {
        TaskCompletionSource one = new(), other = new();
        var (first, second) = (new FormatException(), new InvalidDataException());
        var run = TaskGroup.Run(group =>
        {
            _ = group.Start(_ => one.Task);
            _ = group.Start(_ => other.Task);
            return Task.CompletedTask;
        });
        return new Model(() => one.SetException(first), () => other.SetException(second))
        {
            Holds = () => run.IsFaulted && run.Exception!.InnerExceptions.Count == 2 && run.Exception.InnerExceptions.Contains(first) && run.Exception.InnerExceptions.Contains(second),
        };
    }, preemptions: 4).Passes();

    [Fact]
    public void A_failure_and_the_callers_token_at_once_end_it_with_one_of_them_first() => Exploration.Of(static () =>
    {
        var (work, failing, source, failure) = (new TaskCompletionSource(), new TaskCompletionSource(), new CancellationTokenSource(), new FormatException());
        CancellationToken token = default;
        var run = TaskGroup.Run(group =>
        {
            token = group.Token;
            _ = group.Start(_ => failing.Task);
            _ = group.Start(_ => work.Task);
            return Task.CompletedTask;
        }, source.Token);
        return new Model(source.Cancel, () => failing.SetException(failure), () =>
        {
            Schedule.Await(() => token.IsCancellationRequested);
            work.SetCanceled(token);
        })
        {
            Holds = () => run.Exception!.InnerExceptions[0] == failure || (run.Exception.InnerExceptions[0] is OperationCanceledException left && left.CancellationToken == source.Token && run.Exception.InnerExceptions[1] == failure),
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void The_first_success_wins_and_the_group_ends_once() => Exploration.Of(static () =>
    {
        TaskCompletionSource<int> one = new(), other = new();
        var race = Race.FirstSuccess(_ => one.Task, _ => other.Task);
        return new Model(() => one.SetResult(1), () => other.SetResult(2)) { Holds = () => race.Result is 1 or 2 };
    }, preemptions: 4).Passes();

    [Fact]
    public void Completing_and_disposing_at_once_ends_it_and_one_of_them_throws() => Exploration.Of(static () =>
    {
        var (work, failure) = (new TaskCompletionSource(), new FormatException());
        var group = new TaskGroup();
        _ = group.Start(_ => work.Task);
        Task? completed = null, disposed = null;
        return new Model(() => completed = group.CompleteAsync(), () => disposed = group.DisposeAsync().AsTask(), () => work.SetException(failure))
        {
            Holds = () => completed!.IsFaulted && group.Running == 0,
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void An_exception_that_two_throw_at_once_counts_once()
    {
        Exploration.Of(static () => Failing(static (group, one, other) =>
        {
            _ = group.Start(_ => one);
            _ = group.Start(_ => other);
            return Task.CompletedTask;
        })).Passes();
        Exploration.Of(static () => Failing(static (group, one, other) =>
        {
            _ = group.Start(_ => one);
            return other;
        })).Passes();

        static Model Failing(Func<TaskGroup, Task, Task, Task> body)
        {
            TaskCompletionSource one = new(), other = new();
            var failure = new FormatException();
            var run = TaskGroup.Run(group => body(group, one.Task, other.Task));
            return new Model(() => one.SetException(failure), () => other.SetException(failure)) { Holds = () => run.Exception!.InnerExceptions.Count == 1 };
        }
    }

    [Fact]
    public void Where_two_cancel_it_ends_when_all_have_returned_who_were_told() => Exploration.Of(static () =>
    {
        var (group, isTold) = (new TaskGroup(), false);
        group.Token.Register(() =>
        {
            Schedule.Point();
            isTold = true;
        });
        return new Model(group.Cancel, group.Cancel, () =>
        {
            Schedule.Await(() => group.Token.IsCancellationRequested);
            Waiting.Result(group.CompleteAsync());
            Assert.True(isTold);
        });
    }, preemptions: 3).Passes();

    [Fact]
    public void What_runs_is_the_work_alone_while_the_scope_is_left_too() => Exploration.Of(static () =>
    {
        var (group, work, seen) = (new TaskGroup(), new TaskCompletionSource(), 0);
        _ = group.Start(_ => work.Task);
        return new Model(() => group.CompleteAsync(), () => seen = group.Running) { Holds = () => seen == 1 };
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_nothing_runs() => Exploration.Of(static () =>
    {
        var (group, work) = (new TaskGroup(), new TaskCompletionSource());
        _ = group.Start(_ => work.Task);
        return new Model(work.SetResult, () =>
        {
            while (group.Running > 0)
                Schedule.Yield();
        });
    }).Passes();
}
