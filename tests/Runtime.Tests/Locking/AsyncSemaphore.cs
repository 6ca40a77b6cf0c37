using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.AsyncSemaphore"/> says.</summary>
public class AsyncSemaphore_
{
    private readonly AsyncSemaphore _semaphore = new(2);

    [Fact]
    public async Task Lets_so_many_in()
    {
        var first = await _semaphore.EnterAsync();
        Assert.True(_semaphore.TryEnter(out var second));
        Assert.False(_semaphore.TryEnter(out var none));
        Assert.True(first.IsHeld && second.IsHeld && !none.IsHeld);
        var waiting = _semaphore.EnterAsync();
        none.Dispose();
        Assert.False(waiting.IsCompleted);
        second.Dispose();
        var third = await waiting;
        Assert.True(third.IsHeld && !second.IsHeld);
        first.Dispose();
        third.Dispose();
    }

    [Fact]
    public async Task Permits_can_become_more_while_others_wait()
    {
        var scopes = new List<AsyncSemaphore.Scope> { await _semaphore.EnterAsync(), await _semaphore.EnterAsync() };
        var waits = Enumerable.Range(0, 3).Select(_ => _semaphore.EnterAsync()).ToList();
        _semaphore.Permits = 4;
        Assert.Equal(4, _semaphore.Permits);
        Assert.Equal([true, true, false], waits.Select(static wait => wait.IsCompleted));
        scopes.Add(await waits[0]);
        scopes.Add(await waits[1]);
        scopes[0].Dispose();
        (await waits[2]).Dispose();
        scopes.ForEach(static scope => scope.Dispose());
    }

    [Fact]
    public async Task With_less_permits_nobody_gets_in_until_enough_have_left()
    {
        var (first, second) = (await _semaphore.EnterAsync(), await _semaphore.EnterAsync());
        _semaphore.Permits = 1;
        Assert.True(first.IsHeld && second.IsHeld);
        var waiting = _semaphore.EnterAsync();
        first.Dispose();
        Assert.False(waiting.IsCompleted);
        second.Dispose();
        using (await waiting)
            Assert.False(_semaphore.TryEnter(out _));
    }

    [Fact]
    public async Task A_wait_ends_without_a_permit_when_its_time_is_up()
    {
        var time = new ManualTime();
        var semaphore = new AsyncSemaphore(1, time);
        var first = await semaphore.EnterAsync();
        var (inVain, patient) = (semaphore.TryEnterAsync(TimeSpan.FromSeconds(1)), semaphore.TryEnterAsync(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False((await inVain).IsHeld);
        first.Dispose();
        Assert.True((await patient).IsHeld);
        Assert.Equal(0, time.Pending);
    }

    [Fact]
    public async Task Disposing_again_gives_no_other_permit_back()
    {
        var first = await _semaphore.EnterAsync();
        first.Dispose();
        var (second, third) = (await _semaphore.EnterAsync(), await _semaphore.EnterAsync());
        first.Dispose();
        default(AsyncSemaphore.Scope).Dispose();
        Assert.False(_semaphore.TryEnter(out _));
        Assert.True(second.IsHeld && third.IsHeld && !first.IsHeld);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(int.MinValue)]
    public void There_is_at_least_one(int permits)
    {
        Assert.Equal("permits", Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncSemaphore(permits)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => _semaphore.Permits = permits).ParamName);
        Assert.Equal(2, _semaphore.Permits);
    }

    [Fact]
    public void A_timeout_that_no_timer_can_wait_for_is_refused() =>
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = _semaphore.TryEnterAsync(TimeSpan.FromDays(50))).ParamName);
}
