using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>The policies of a <see cref="Threadwise.TaskGroup"/> in which one task's end means something else for the others.</summary>
public class TaskGroup_Policies
{
    private readonly FormatException _first = new("first");
    private readonly InvalidDataException _second = new("second");

    [Fact]
    public async Task With_first_success_a_failure_cancels_nothing_and_a_success_the_rest()
    {
        var winner = new TaskCompletionSource();
        Task? loser = null;
        var run = TaskGroup.Run(GroupPolicy.FirstSuccess, group =>
        {
            loser = group.Start(Waits.Forever);
            _ = group.Start(_ => Task.FromException(_first));
            _ = group.Start(_ => winner.Task);
            Assert.False(group.Token.IsCancellationRequested);
            return loser;
        });
        winner.SetResult();
        await run.Soon();
        Assert.True(loser!.IsCanceled);
    }

    [Fact]
    public async Task With_first_success_all_failures_are_thrown_when_none_succeeded()
    {
        var run = TaskGroup.Run(GroupPolicy.FirstSuccess, group =>
        {
            _ = group.Start(_ => Task.FromException(_first));
            _ = group.Start(_ => Task.FromException(_second));
            return Task.CompletedTask;
        });
        Assert.Same(_first, await run.Thrown());
        Assert.Equal([_first, _second], run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task With_first_success_a_failure_of_the_method_is_thrown_even_so()
    {
        var run = TaskGroup.Run(GroupPolicy.FirstSuccess, group =>
        {
            _ = group.Start(_ => Task.CompletedTask);
            throw _first;
        });
        Assert.Same(_first, await run.Thrown());
    }

    [Fact]
    public async Task When_settling_no_failure_cancels_anything_and_each_stays_in_its_task()
    {
        var end = new TaskCompletionSource<int>();
        Task<int>? failed = null, succeeded = null;
        var run = TaskGroup.Run(GroupPolicy.Settle, group =>
        {
            failed = group.Start(_ => Task.FromException<int>(_first));
            succeeded = group.Start(_ => end.Task);
            Assert.False(group.Token.IsCancellationRequested);
            return Task.CompletedTask;
        });
        Assert.False(run.IsCompleted);
        end.SetResult(2);
        await run.Soon();
        Assert.Equal(2, await succeeded!);
        Assert.Same(_first, await failed!.Thrown());
    }

    [Fact]
    public async Task When_settling_a_failure_of_the_method_cancels_all()
    {
        Task? work = null;
        var run = TaskGroup.Run(GroupPolicy.Settle, group =>
        {
            work = group.Start(Waits.Forever);
            throw _first;
        });
        Assert.Same(_first, await run.Thrown());
        Assert.True(work!.IsCanceled);
    }

    [Fact]
    public async Task Settling_gives_how_each_ended_in_the_order_of_the_work()
    {
        var late = new TaskCompletionSource<string>();
        var run = TaskGroup.Settle<string>([_ => late.Task, _ => Task.FromException<string>(_first), _ => throw _second, _ => Task.FromCanceled<string>(new CancellationToken(true))]);
        late.SetResult("done");
        var outcomes = await run.Soon();
        Assert.Equal("done", outcomes[0].Value);
        Assert.True(outcomes[0] is { IsSuccess: true, IsCanceled: false, Exception: null });
        Assert.Same(_first, outcomes[1].Exception);
        Assert.Same(_second, Assert.Throws<InvalidDataException>(() => outcomes[2].Value));
        Assert.True(outcomes[3] is { IsSuccess: false, IsCanceled: true });
        Assert.Equal(["done", "FormatException: first", "InvalidDataException: second"], outcomes[..3].Select(outcome => outcome.ToString()));
        Assert.Empty(await TaskGroup.Settle<int>([]).Soon());
    }

    [Fact]
    public async Task Settling_that_is_cancelled_throws_for_the_callers_token()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.Settle<int>([_ => Task.FromResult(1), Waits.Forever<int>], outer.Token);
        await outer.CancelAsync();
        Assert.Equal(outer.Token, Assert.IsAssignableFrom<OperationCanceledException>(await run.Thrown()).CancellationToken);
        Assert.True(TaskGroup.Settle<int>([_ => throw _first], new CancellationToken(true)).IsCanceled);
    }

    [Fact]
    public async Task An_outcome_is_a_success_by_default_and_wants_a_task()
    {
        Assert.Equal(0, default(Outcome<int>).Value);
        Assert.Equal(3, (await Outcome.Of(Task.FromResult(3)).Soon()).Value);
        Assert.Throws<ArgumentNullException>("task", () => { _ = Outcome.Of<int>(null!); });
    }
}
