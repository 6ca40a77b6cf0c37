using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.AsyncLazy{T}"/> says.</summary>
public class AsyncLazy_
{
    private readonly List<(TaskCompletionSource<int> End, CancellationToken Token)> _works = [];
    private readonly AsyncLazy<int> _lazy;

    public AsyncLazy_() => _lazy = new AsyncLazy<int>(Work);

    [Fact]
    public async Task Is_made_once_for_all_who_ask()
    {
        Assert.Empty(_works);
        var (one, other) = (_lazy.GetAsync(), _lazy.GetAsync());
        Assert.False(_lazy.HasValue);
        Assert.Single(_works).End.SetResult(7);
        Assert.Equal((7, 7, 7), (await one.Soon(), await other.Soon(), await _lazy.GetAsync().Soon()));
        Assert.True(_lazy.HasValue);
        Assert.Single(_works);
        Assert.Same(_lazy.GetAsync(), _lazy.GetAsync());
    }

    [Fact]
    public async Task A_failure_goes_to_all_who_wait_and_the_next_caller_starts_anew()
    {
        var (one, other) = (_lazy.GetAsync(), _lazy.GetAsync());
        var failure = new FormatException();
        _works[0].End.SetException(failure);
        Assert.Same(failure, await one.Thrown());
        Assert.Same(failure, await other.Thrown());
        var again = _lazy.GetAsync();
        _works[1].End.SetResult(2);
        Assert.Equal(2, await again.Soon());
    }

    [Fact]
    public async Task A_failure_can_be_kept_until_it_is_reset()
    {
        var lazy = new AsyncLazy<int>(Work, OnFailure.Cache);
        var first = lazy.GetAsync();
        var failure = new FormatException();
        _works[0].End.SetException(failure);
        Assert.Same(failure, await first.Thrown());
        Assert.Same(failure, await lazy.GetAsync().Thrown());
        Assert.False(lazy.HasValue);
        Assert.Single(_works);
        lazy.Reset();
        _ = lazy.GetAsync();
        Assert.Equal(2, _works.Count);
    }

    [Theory, InlineData(OnFailure.Retry, 2), InlineData(OnFailure.Cache, 1)]
    public async Task Work_that_throws_before_it_returns_a_task_or_returns_none_has_failed(OnFailure onFailure, int calls)
    {
        var called = 0;
        var throwing = new AsyncLazy<int>(_ => called++ < 2 ? throw new FormatException() : Task.FromResult(1), onFailure);
        Assert.IsType<FormatException>(await throwing.GetAsync().Thrown());
        Assert.IsType<FormatException>(await throwing.GetAsync().Thrown());
        Assert.Equal(calls, called);
        Assert.IsType<InvalidOperationException>(await new AsyncLazy<int>(_ => null!, onFailure).GetAsync().Thrown());
    }

    [Fact]
    public async Task All_exceptions_of_the_work_are_passed_on_and_its_own_cancellation_as_it_is()
    {
        var failing = _lazy.GetAsync();
        _works[0].End.SetException([new FormatException(), new InvalidDataException()]);
        await failing.Thrown();
        Assert.Equal(2, failing.Exception!.InnerExceptions.Count);
        using var source = new CancellationTokenSource();
        var cancelled = _lazy.GetAsync();
        await source.CancelAsync();
        _works[1].End.SetCanceled(source.Token);
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await cancelled.Thrown()).CancellationToken);
        _ = _lazy.GetAsync();
        Assert.Equal(3, _works.Count);
    }

    [Fact]
    public async Task A_token_ends_the_wait_of_its_caller_alone()
    {
        using var source = new CancellationTokenSource();
        var (leaving, staying) = (_lazy.GetAsync(source.Token), _lazy.GetAsync());
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await leaving.Thrown()).CancellationToken);
        Assert.False(_works[0].Token.IsCancellationRequested);
        _works[0].End.SetResult(1);
        Assert.Equal(1, await staying.Soon());
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_starts_nothing_and_gets_nothing()
    {
        var token = new CancellationToken(canceled: true);
        Assert.True(_lazy.GetAsync(token).IsCanceled);
        Assert.Empty(_works);
        var value = _lazy.GetAsync();
        _works[0].End.SetResult(1);
        await value.Soon();
        Assert.Equal(token, Assert.IsType<TaskCanceledException>(await _lazy.GetAsync(token).Thrown()).CancellationToken);
    }

    [Fact]
    public async Task When_the_last_who_waits_has_left_the_work_is_cancelled()
    {
        using CancellationTokenSource one = new(), other = new();
        Task[] waits = [_lazy.GetAsync(one.Token), _lazy.GetAsync(other.Token)];
        await one.CancelAsync();
        Assert.False(_works[0].Token.IsCancellationRequested);
        await other.CancelAsync();
        Assert.True(_works[0].Token.IsCancellationRequested);
        Assert.True(waits[0].IsCanceled && waits[1].IsCanceled);
    }

    [Fact]
    public async Task Who_comes_after_work_was_abandoned_waits_for_its_end_and_then_it_starts_again()
    {
        await Leave(_lazy);
        var late = _lazy.GetAsync();
        Assert.Single(_works);
        _works[0].End.SetCanceled(_works[0].Token);
        await Started(2);
        Assert.False(_works[1].Token.IsCancellationRequested);
        _works[1].End.SetResult(2);
        Assert.Equal(2, await late.Soon());
    }

    [Theory, InlineData(OnFailure.Retry), InlineData(OnFailure.Cache)]
    public async Task What_abandoned_work_throws_is_not_kept(OnFailure onFailure)
    {
        var lazy = new AsyncLazy<int>(Work, onFailure);
        await Leave(lazy);
        _works[0].End.SetException(new FormatException());
        var late = lazy.GetAsync();
        _works[1].End.SetResult(2);
        Assert.Equal(2, await late.Soon());
    }

    [Fact]
    public async Task A_value_that_abandoned_work_makes_is_kept()
    {
        await Leave(_lazy);
        var late = _lazy.GetAsync();
        _works[0].End.SetResult(1);
        Assert.Equal(1, await late.Soon());
        Assert.Equal(1, await _lazy.GetAsync());
        Assert.Single(_works);
    }

    [Fact]
    public async Task After_a_reset_it_is_made_anew()
    {
        var first = _lazy.GetAsync();
        _works[0].End.SetResult(1);
        await first.Soon();
        _lazy.Reset();
        Assert.False(_lazy.HasValue);
        var second = _lazy.GetAsync();
        _works[1].End.SetResult(2);
        Assert.Equal((1, 2), (await first, await second.Soon()));
    }

    [Fact]
    public async Task A_reset_takes_nothing_from_those_who_wait_and_two_works_never_overlap()
    {
        var before = _lazy.GetAsync();
        _lazy.Reset();
        var after = _lazy.GetAsync();
        Assert.Single(_works);
        _works[0].End.SetResult(1);
        Assert.Equal(1, await before.Soon());
        await Started(2);
        _works[1].End.SetResult(2);
        Assert.Equal(2, await after.Soon());
        Assert.Equal(2, await _lazy.GetAsync());
    }

    [Fact]
    public async Task Work_that_was_abandoned_before_its_turn_is_never_called()
    {
        var before = _lazy.GetAsync();
        _lazy.Reset();
        await Leave(_lazy);
        _works[0].End.SetResult(1);
        await before.Soon();
        var after = _lazy.GetAsync();
        await Started(2);
        _works[1].End.SetResult(2);
        Assert.Equal(2, await after.Soon());
        Assert.Equal(2, _works.Count);
    }

    [Fact]
    public void Names_what_is_missing_or_wrong()
    {
        Assert.Throws<ArgumentNullException>("work", () => new AsyncLazy<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("onFailure", () => new AsyncLazy<int>(Work, (OnFailure)2));
    }

    [Fact]
    public async Task Asking_for_a_value_that_is_there_allocates_nothing()
    {
        var lazy = new AsyncLazy<int>(_ => Task.FromResult(1));
        using var source = new CancellationTokenSource();
        await lazy.GetAsync();
        Assert.Equal(0, Allocated.By(() => _ = lazy.GetAsync(source.Token)));
    }

    private Task<int> Work(CancellationToken token)
    {
        var end = new TaskCompletionSource<int>();
        lock (_works)
            _works.Add((end, token));
        return end.Task;
    }

    private async Task Started(int count)
    {
        while (true)
        {
            lock (_works)
                if (_works.Count == count)
                    return;
            await Task.Yield();
        }
    }

    private static async Task Leave(AsyncLazy<int> lazy)
    {
        using var source = new CancellationTokenSource();
        var leaving = lazy.GetAsync(source.Token);
        await source.CancelAsync();
        Assert.True(leaving.IsCanceled);
    }
}
