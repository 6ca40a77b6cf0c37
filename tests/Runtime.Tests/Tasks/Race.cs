using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.Race"/> says.</summary>
public class Race_
{
    private readonly TaskCompletionSource<string> _one = new();
    private readonly TaskCompletionSource<string> _other = new();

    [Fact]
    public async Task The_first_that_succeeds_wins_and_the_others_are_cancelled()
    {
        CancellationToken seen = default;
        var race = Race.FirstSuccess(
            token =>
            {
                seen = token;
                return Waits.Forever<string>(token);
            },
            _ => _one.Task,
            token => _other.Task.WaitAsync(token));
        Assert.False(race.IsCompleted);
        _one.SetResult("one");
        Assert.Equal("one", await race.Soon());
        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task Losers_are_waited_for_and_cannot_win_any_more()
    {
        var race = Race.FirstSuccess(_ => _one.Task, _ => _other.Task);
        _other.SetResult("other");
        Assert.False(race.IsCompleted);
        _one.SetResult("one");
        Assert.Equal("other", await race.Soon());
    }

    [Fact]
    public async Task A_failure_is_no_win()
    {
        var race = Race.FirstSuccess(_ => throw new FormatException(), _ => Task.FromException<string>(new FormatException()), _ => Task.FromResult("good"));
        Assert.Equal("good", await race.Soon());
    }

    [Fact]
    public async Task When_none_succeeds_the_first_failure_is_thrown_before_the_others()
    {
        var race = Race.FirstSuccess(_ => _one.Task, _ => _other.Task);
        var (first, second) = (new FormatException(), new InvalidDataException());
        _other.SetException(first);
        _one.SetException(second);
        Assert.Same(first, await race.Thrown());
        Assert.Equal([first, second], race.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task The_callers_token_cancels_all()
    {
        using var outer = new CancellationTokenSource();
        var race = Race.FirstSuccess([Waits.Forever<int>, Waits.Forever<int>], outer.Token);
        await outer.CancelAsync();
        Assert.Equal(outer.Token, Assert.IsAssignableFrom<OperationCanceledException>(await race.Thrown()).CancellationToken);
        Assert.True(Race.FirstSuccess<int>([_ => throw new FormatException()], outer.Token).IsCanceled);
    }

    [Fact]
    public void Names_what_is_missing()
    {
        Assert.Throws<ArgumentNullException>("alternatives", () => { _ = Race.FirstSuccess<int>(null!); });
        Assert.Throws<ArgumentException>("alternatives", () => { _ = Race.FirstSuccess<int>(); });
        Assert.Throws<ArgumentException>("alternatives", () => { _ = Race.FirstSuccess(_ => Task.FromResult(1), null!); });
    }
}
