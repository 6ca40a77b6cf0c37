using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>The scope of a <see cref="Threadwise.TaskGroup"/>: when it begins, what it waits for and when it is over.</summary>
public class TaskGroup_
{
    private readonly TaskCompletionSource _one = new();
    private readonly TaskCompletionSource<int> _other = new();

    [Fact]
    public async Task Gives_what_the_method_returns()
    {
        var sum = await TaskGroup.Run(async group =>
        {
            var a = group.Start(_ => Task.FromResult(1));
            var b = group.Start(async token =>
            {
                await Task.Yield();
                return 2;
            });
            return await a + await b;
        }).Soon();
        Assert.Equal(3, sum);
    }

    [Fact]
    public async Task Waits_for_all_that_was_started_even_if_the_method_does_not()
    {
        var run = TaskGroup.Run(group =>
        {
            _ = group.Start(_ => _one.Task);
            _ = group.Start(_ => _other.Task);
            return Task.FromResult("returned");
        });
        _one.SetResult();
        Assert.False(run.IsCompleted);
        _other.SetResult(0);
        Assert.Equal("returned", await run.Soon());
    }

    [Fact]
    public async Task Waits_for_what_work_starts_after_the_method_has_returned()
    {
        var late = new TaskCompletionSource();
        var run = TaskGroup.Run(group =>
        {
            _ = group.Start(async token =>
            {
                await _one.Task;
                _ = group.Start(_ => late.Task);
            });
            return Task.CompletedTask;
        });
        _one.SetResult();
        Assert.False(run.IsCompleted);
        late.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task Calls_the_method_and_the_work_at_once_on_the_thread_of_the_caller()
    {
        var caller = Environment.CurrentManagedThreadId;
        var seen = new List<int>();
        var run = TaskGroup.Run(group =>
        {
            seen.Add(Environment.CurrentManagedThreadId);
            _ = group.Start(_ =>
            {
                seen.Add(Environment.CurrentManagedThreadId);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
        Assert.Equal([caller, caller], seen);
        await run.Soon();
    }

    [Fact]
    public async Task Counts_what_runs()
    {
        TaskGroup? seen = null;
        var run = TaskGroup.Run(group =>
        {
            seen = group;
            Assert.Equal(0, group.Running);
            _ = group.Start(_ => _one.Task);
            _ = group.Start(_ => _other.Task);
            Assert.Equal(2, group.Running);
            return Task.CompletedTask;
        });
        Assert.Equal(2, seen!.Running);
        _one.SetResult();
        Assert.Equal(1, seen.Running);
        _other.SetResult(0);
        await run.Soon();
        Assert.Equal(0, seen.Running);
    }

    [Fact]
    public async Task Nothing_can_be_started_once_it_is_over()
    {
        TaskGroup? kept = null;
        await TaskGroup.Run(group =>
        {
            kept = group;
            return Task.CompletedTask;
        }).Soon();
        Assert.Throws<InvalidOperationException>(() => { _ = kept!.Start(_ => Task.CompletedTask); });
        Assert.Throws<InvalidOperationException>(() => { _ = kept!.Start(_ => Task.FromResult(1)); });
        kept!.Cancel();
        Assert.Equal(0, kept.Running);
    }

    [Fact]
    public async Task A_group_without_a_method_ends_when_it_is_completed()
    {
        await using var group = new TaskGroup();
        _ = group.Start(_ => _one.Task);
        var end = group.CompleteAsync();
        Assert.Same(end, group.CompleteAsync());
        Assert.False(end.IsCompleted);
        var late = group.Start(_ => _other.Task);
        _one.SetResult();
        Assert.False(end.IsCompleted);
        _other.SetResult(7);
        await end.Soon();
        Assert.Equal(7, await late);
        Assert.Throws<InvalidOperationException>(() => { _ = group.Start(_ => Task.CompletedTask); });
    }

    [Fact]
    public async Task Disposing_of_it_cancels_the_work_and_waits_for_it()
    {
        var group = new TaskGroup();
        _ = group.Start(async token =>
        {
            await Waits.Forever(token).ContinueWith(_ => { }, TaskScheduler.Default);
            await _one.Task;
        });
        var end = group.DisposeAsync().AsTask();
        Assert.True(group.Token.IsCancellationRequested);
        Assert.False(end.IsCompleted);
        _one.SetResult();
        await end.Soon();
        await group.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Disposing_of_it_throws_what_failed_unless_that_was_asked_for_before()
    {
        var failure = new FormatException();
        var group = new TaskGroup();
        _ = group.Start(_ => Task.FromException(failure));
        Assert.Same(failure, await group.DisposeAsync().AsTask().Thrown());
        await group.DisposeAsync().Soon();

        var completed = new TaskGroup();
        _ = completed.Start(_ => Task.FromException(failure));
        Assert.Same(failure, await completed.CompleteAsync().Thrown());
        await completed.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Disposing_of_it_throws_nothing_when_it_was_only_cancelled()
    {
        using var outer = new CancellationTokenSource();
        var group = new TaskGroup(outer.Token);
        _ = group.Start(Waits.Forever);
        await outer.CancelAsync();
        await group.DisposeAsync().Soon();
        Assert.Equal(outer.Token, Assert.IsType<TaskCanceledException>(await group.CompleteAsync().Thrown()).CancellationToken);
    }

    [Fact]
    public async Task The_group_of_a_method_ends_with_it_and_not_before()
    {
        await TaskGroup.Run(async group =>
        {
            Assert.Throws<InvalidOperationException>(() => { _ = group.CompleteAsync(); });
            await group.DisposeAsync();
            Assert.True(group.Token.IsCancellationRequested);
        }).Soon();
    }

    [Fact]
    public void Names_what_is_missing_or_wrong()
    {
        Assert.Throws<ArgumentNullException>("body", () => { _ = TaskGroup.Run(null!); });
        Assert.Throws<ArgumentNullException>("body", () => { _ = TaskGroup.Run<int>(null!); });
        Assert.Throws<ArgumentNullException>("body", () => { _ = TaskGroup.Run(GroupPolicy.All, null!); });
        Assert.Throws<ArgumentNullException>("body", () => { _ = TaskGroup.Run<int>(GroupPolicy.All, null!); });
        Assert.Throws<ArgumentOutOfRangeException>("policy", () => { _ = TaskGroup.Run((GroupPolicy)3, _ => Task.CompletedTask); });
        Assert.Throws<ArgumentOutOfRangeException>("policy", () => new TaskGroup((GroupPolicy)(-1)));
        Assert.Throws<ArgumentNullException>("work", () => { _ = new TaskGroup().Start((Func<CancellationToken, Task>)null!); });
        Assert.Throws<ArgumentNullException>("work", () => { _ = new TaskGroup().Start((Func<CancellationToken, Task<int>>)null!); });
        Assert.Throws<ArgumentNullException>("works", () => { _ = TaskGroup.Settle<int>(null!); });
        Assert.Throws<ArgumentException>("works", () => { _ = TaskGroup.Settle<int>([null!]); });
    }

    [Fact]
    public async Task Is_not_kept_alive_by_the_token_it_was_given()
    {
        using var outer = new CancellationTokenSource();
        var seen = await Run(outer.Token);
        for (var i = 0; i < 10 && seen.IsAlive; i++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(seen.IsAlive);

        static async Task<WeakReference> Run(CancellationToken token)
        {
            WeakReference? seen = null;
            await TaskGroup.Run(group =>
            {
                seen = new WeakReference(group);
                return Task.CompletedTask;
            }, token).Soon();
            return seen!;
        }
    }
}
