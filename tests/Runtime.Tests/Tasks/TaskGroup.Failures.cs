using System.Diagnostics;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What a <see cref="Threadwise.TaskGroup"/> throws, and when it cancels.</summary>
public class TaskGroup_Failures
{
    private readonly FormatException _first = new("first");
    private readonly InvalidDataException _second = new("second");

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_is_thrown()
    {
        var trigger = new TaskCompletionSource();
        Task? sibling = null;
        var run = TaskGroup.Run(async group =>
        {
            sibling = group.Start(Waits.Forever);
            _ = group.Start(_ => trigger.Task);
            await Waits.Forever(group.Token);
        });
        Assert.False(run.IsCompleted);
        trigger.SetException(_first);
        Assert.Same(_first, await run.Thrown());
        Assert.True(sibling!.IsCanceled);
        Assert.Same(_first, Assert.Single(run.Exception!.InnerExceptions));
    }

    [Fact]
    public async Task A_failure_of_the_method_cancels_the_work()
    {
        Task? work = null;
        var run = TaskGroup.Run(group =>
        {
            work = group.Start(Waits.Forever);
            throw _first;
        });
        Assert.Same(_first, await run.Thrown());
        Assert.True(work!.IsCanceled);
    }

    [Fact]
    public async Task Failures_that_follow_come_after_the_first_and_none_twice()
    {
        var run = TaskGroup.Run(async group =>
        {
            _ = group.Start(async token =>
            {
                try
                {
                    await Waits.Forever(token);
                }
                catch (OperationCanceledException)
                {
                    throw _second;
                }
            });
            var failing = group.Start(_ => Task.FromException(_first));
            _ = group.Start(async _ => await failing);
            await failing;
        });
        Assert.Same(_first, await run.Thrown());
        Assert.Equal([_first, _second], run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task All_exceptions_of_one_task_count()
    {
        var run = TaskGroup.Run(group => Task.WhenAll(group.Start(_ => Task.FromException(_first)), group.Start(_ => Task.FromException(_second))));
        Assert.Same(_first, await run.Thrown());
        Assert.Single(run.Exception!.InnerExceptions);

        var both = TaskGroup.Run(group => group.Start(_ => Task.WhenAll(Task.FromException(_first), Task.FromException(_second))));
        Assert.Same(_first, await both.Thrown());
        Assert.Equal([_first, _second], both.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Work_that_throws_before_it_returns_a_task_has_failed_and_so_has_work_without_one()
    {
        var run = TaskGroup.Run(group =>
        {
            var thrown = group.Start((Func<CancellationToken, Task>)(_ => throw _first));
            Assert.True(thrown.IsFaulted);
            return Task.CompletedTask;
        });
        Assert.Same(_first, await run.Thrown());
        Assert.IsType<InvalidOperationException>(await TaskGroup.Run(group => group.Start(_ => (Task<int>)null!)).Thrown());
        Assert.IsType<InvalidOperationException>(await TaskGroup.Run(_ => (Task<int>)null!).Thrown());
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var timeout = new TaskCanceledException("timeout");
        Task? sibling = null;
        var run = TaskGroup.Run(group =>
        {
            sibling = group.Start(Waits.Forever);
            _ = group.Start(_ => Task.FromException(timeout));
            return Task.CompletedTask;
        });
        Assert.Same(timeout, await run.Thrown());
        Assert.True(run.IsFaulted && sibling!.IsCanceled);
    }

    [Fact]
    public async Task The_callers_token_cancels_all_and_is_in_the_exception()
    {
        using var outer = new CancellationTokenSource();
        Task? work = null;
        var run = TaskGroup.Run(async group =>
        {
            work = group.Start(Waits.Forever);
            await work;
        }, outer.Token);
        await outer.CancelAsync();
        Assert.Equal(outer.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);
        Assert.True(run.IsCanceled && work!.IsCanceled);
    }

    [Fact]
    public async Task Work_that_looks_at_the_callers_token_itself_is_cancelled_by_it_all_the_same()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.Run(group => group.Start(_ => Waits.Forever(outer.Token)), outer.Token);
        await outer.CancelAsync();
        Assert.Equal(outer.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task With_a_token_that_is_cancelled_already_nothing_is_called()
    {
        var token = new CancellationToken(canceled: true);
        Assert.Equal(token, Assert.IsType<TaskCanceledException>(await TaskGroup.Run(_ => throw new UnreachableException(), token).Thrown()).CancellationToken);
        await using var group = new TaskGroup(token);
        var work = group.Start((Func<CancellationToken, Task>)(_ => throw new UnreachableException()));
        Assert.True(work.IsCanceled);
        Assert.Equal(token, Assert.IsAssignableFrom<OperationCanceledException>(await group.CompleteAsync().Thrown()).CancellationToken);
    }

    [Fact]
    public async Task A_token_that_changed_nothing_is_not_thrown()
    {
        using var outer = new CancellationTokenSource();
        var end = new TaskCompletionSource();
        var run = TaskGroup.Run(async group =>
        {
            await group.Start(_ => end.Task);
            return 1;
        }, outer.Token);
        await outer.CancelAsync();
        end.SetResult();
        Assert.Equal(1, await run.Soon());
    }

    [Fact]
    public async Task Whatever_was_first_is_thrown_the_callers_token_or_a_failure()
    {
        using var outer = new CancellationTokenSource();
        var cancelled = TaskGroup.Run(group => group.Start(async token =>
        {
            _ = group.Start(Waits.Forever);
            await Waits.Forever(token).ContinueWith(_ => { }, TaskScheduler.Default);
            throw _first;
        }), outer.Token);
        var end = new TaskCompletionSource();
        var failed = TaskGroup.Run(group =>
        {
            _ = group.Start(_ => Task.FromException(_first));
            return end.Task;
        }, outer.Token);
        await outer.CancelAsync();
        end.SetCanceled(outer.Token);
        Assert.Equal(outer.Token, Assert.IsType<OperationCanceledException>(await cancelled.Thrown()).CancellationToken);
        Assert.Same(_first, cancelled.Exception!.InnerExceptions[1]);
        Assert.Same(_first, await failed.Thrown());
        Assert.Single(failed.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Cancelling_it_is_no_failure()
    {
        var run = TaskGroup.Run(group =>
        {
            _ = group.Start(Waits.Forever);
            group.Cancel();
            Assert.True(group.Start((Func<CancellationToken, Task>)(_ => throw new UnreachableException())).IsCanceled);
            return Task.FromResult(5);
        });
        Assert.Equal(5, await run.Soon());
        await TaskGroup.Run(async group =>
        {
            group.Cancel();
            await Waits.Forever(group.Token);
        }).Soon();
    }

    [Fact]
    public async Task A_method_that_cancels_itself_has_no_result()
    {
        CancellationToken token = default;
        var run = TaskGroup.Run(group =>
        {
            token = group.Token;
            group.Cancel();
            return Waits.Forever<int>(token);
        });
        Assert.Equal(token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);
    }

    [Fact]
    public async Task Callbacks_of_the_token_run_elsewhere_and_are_waited_for_and_what_they_throw_is_not_lost()
    {
        using var release = new ManualResetEventSlim();
        var canceller = 0;
        var run = TaskGroup.Run(group =>
        {
            group.Token.Register(() =>
            {
                release.Wait();
                throw _second;
            });
            canceller = Environment.CurrentManagedThreadId;
            group.Cancel();
            return Task.CompletedTask;
        });
        Assert.Equal(Environment.CurrentManagedThreadId, canceller);
        Assert.False(run.IsCompleted);
        release.Set();
        Assert.Same(_second, await run.Thrown());
    }

    [Fact]
    public async Task What_follows_never_runs_on_the_stack_of_the_work_that_ended_last()
    {
        var last = new TaskCompletionSource();
        var run = TaskGroup.Run(group => group.Start(_ => last.Task));
        var isHere = false;
        var follows = run.ContinueWith(_ => Assert.False(Volatile.Read(ref isHere) && Environment.CurrentManagedThreadId == _here), TaskContinuationOptions.ExecuteSynchronously);
        _here = Environment.CurrentManagedThreadId;
        Volatile.Write(ref isHere, true);
        last.SetResult();
        Volatile.Write(ref isHere, false);
        await follows.Soon();
    }

    private int _here;
}
