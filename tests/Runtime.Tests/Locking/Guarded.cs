using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.Guarded{T}"/> and <see cref="Threadwise.AsyncGuarded{T}"/> says.</summary>
public class Guarded_
{
    private readonly Guarded<int> _count = new(1);
    private readonly AsyncGuarded<int> _later = new(1);

    [Fact]
    public void The_value_is_read_and_changed_in_its_place()
    {
        _count.Update(static (ref count) => count++);
        Assert.Equal(2, _count.Read(static count => count));
        Assert.Equal(20, _count.Update(static (ref count) => count *= 10));
        using (var scope = _count.Enter())
        {
            scope.Value++;
            Assert.Equal(21, scope.Value);
        }

        Assert.Equal(21, _count.Read(static count => count));
    }

    [Fact]
    public void Others_wait_while_it_is_in_use()
    {
        using var scope = _count.Enter();
        var other = new Thread(() => _count.Update(static (ref count) => count = 7));
        other.Start();
        Assert.False(other.Join(50));
        Assert.Equal(1, scope.Value);
        scope.Dispose();
        Assert.True(other.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal(7, _count.Read(static count => count));
    }

    [Fact]
    public void A_delegate_that_throws_gives_the_lock_back_and_its_exception_comes_out_once()
    {
        Assert.Equal("one", Assert.Throws<InvalidTimeZoneException>(() => _count.Read<int>(static _ => throw new InvalidTimeZoneException("one"))).Message);
        Assert.Equal("two", Assert.Throws<InvalidTimeZoneException>(() => _count.Update(Fail)).Message);
        Assert.Equal("three", Assert.Throws<InvalidTimeZoneException>(() => _count.Update<int>(FailToTell)).Message);
        Assert.True(IsFreeElsewhere());
        Assert.Equal(5, _count.Read(static count => count));

        static void Fail(ref int count)
        {
            count = 5;
            throw new InvalidTimeZoneException("two");
        }

        static int FailToTell(ref int count) => throw new InvalidTimeZoneException("three");
    }

    [Fact]
    public void A_thread_may_take_it_again()
    {
        using (_count.Enter())
            _count.Update(static (ref count) => count++);
        Assert.True(IsFreeElsewhere());
        Assert.Equal(2, _count.Read(static count => count));
    }

    [Fact]
    public void A_scope_that_is_over_has_no_value_and_gives_nothing_back()
    {
        var scope = _count.Enter();
        scope.Dispose();
        scope.Dispose();
        default(Guarded<int>.Scope).Dispose();
        var thrown = false;
        try
        {
            scope.Value++;
        }
        catch (InvalidOperationException)
        {
            thrown = true;
        }

        Assert.True(thrown);
        Assert.Equal(1, _count.Read(static count => count));
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Equal("read", Assert.Throws<ArgumentNullException>(() => _count.Read<int>(null!)).ParamName);
        Assert.Equal("update", Assert.Throws<ArgumentNullException>(() => _count.Update(null!)).ParamName);
        Assert.Equal("update", Assert.Throws<ArgumentNullException>(() => _count.Update<int>(null!)).ParamName);
        Assert.True(IsFreeElsewhere());
    }

    [Fact]
    public void An_interrupted_wait_takes_nothing()
    {
        using (_count.Enter())
            Assert.IsType<ThreadInterruptedException>(Elsewhere.Interrupted(() => _count.Enter().Dispose()));
        Assert.True(IsFreeElsewhere());
    }

    [Fact]
    public async Task A_value_is_held_across_an_await()
    {
        using (var scope = await _later.EnterAsync())
        {
            scope.Value++;
            await Task.Yield();
            Assert.False(_later.TryEnter(out var none));
            Assert.False(none.IsHeld);
            Assert.Throws<InvalidOperationException>(() => none.Value);
            scope.Value++;
        }

        Assert.True(_later.TryEnter(out var last));
        Assert.Equal(3, last.Value);
        last.Dispose();
        last.Dispose();
        Assert.False(last.IsHeld);
        Assert.Throws<InvalidOperationException>(() => last.Value++);
        Assert.Throws<InvalidOperationException>(static () => default(AsyncGuarded<int>.Scope).Value);
    }

    [Fact]
    public async Task Whoever_waits_gets_the_value_of_before()
    {
        var first = await _later.EnterAsync();
        var waiting = _later.EnterAsync();
        var inVain = await _later.TryEnterAsync(TimeSpan.Zero);
        Assert.False(inVain.IsHeld || waiting.IsCompleted);
        first.Value = 8;
        first.Dispose();
        using var second = await waiting;
        Assert.Equal(8, second.Value);
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = _later.TryEnterAsync(TimeSpan.FromSeconds(-1))).ParamName);
    }

    private bool IsFreeElsewhere()
    {
        var reader = new Thread(() => _count.Read(static count => count));
        reader.Start();
        return reader.Join(TimeSpan.FromSeconds(30));
    }
}
