using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.AsyncReaderWriterLock"/> says.</summary>
public class AsyncReaderWriterLock_
{
    private readonly AsyncReaderWriterLock _gate = new();

    [Fact]
    public async Task Readers_are_together_and_a_writer_alone()
    {
        var (first, second) = (await _gate.ReadAsync(), await _gate.ReadAsync());
        Assert.False(_gate.TryWrite(out _));
        var writing = _gate.WriteAsync();
        first.Dispose();
        Assert.False(writing.IsCompleted);
        second.Dispose();
        using (await writing)
            Assert.False(_gate.TryRead(out _) || _gate.TryWrite(out _));
        Assert.True(_gate.TryWrite(out var scope));
        scope.Dispose();
    }

    [Fact]
    public async Task A_reader_that_comes_after_a_waiting_writer_waits_too()
    {
        var first = await _gate.ReadAsync();
        var (writing, reading, another) = (_gate.WriteAsync(), _gate.ReadAsync(), _gate.ReadAsync());
        var last = _gate.WriteAsync();
        Assert.False(_gate.TryRead(out _) || reading.IsCompleted);
        first.Dispose();
        var writer = await writing;
        Assert.False(reading.IsCompleted);
        writer.Dispose();
        var (second, third) = (await reading, await another);
        Assert.False(last.IsCompleted);
        second.Dispose();
        third.Dispose();
        (await last).Dispose();
    }

    [Fact]
    public async Task Readers_behind_a_writer_that_is_cancelled_go_in_at_once()
    {
        using var source = new CancellationTokenSource();
        using var first = await _gate.ReadAsync();
        var (writing, reading) = (_gate.WriteAsync(source.Token).AsTask(), _gate.ReadAsync());
        Assert.False(reading.IsCompleted);
        source.Cancel();
        (await reading).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Fact]
    public async Task Waits_end_without_the_lock_when_their_time_is_up()
    {
        var time = new ManualTime();
        var gate = new AsyncReaderWriterLock(time);
        var writer = await gate.TryWriteAsync(TimeSpan.Zero);
        var (reading, writing) = (gate.TryReadAsync(TimeSpan.FromSeconds(1)), gate.TryWriteAsync(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await reading).IsHeld || (await writing).IsHeld);
        writer.Dispose();
        Assert.True((await gate.TryReadAsync(TimeSpan.Zero)).IsHeld);
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = gate.TryReadAsync(TimeSpan.FromSeconds(-1))).ParamName);
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = gate.TryWriteAsync(TimeSpan.FromSeconds(-1))).ParamName);
    }

    [Fact]
    public async Task Disposing_again_gives_nothing_back()
    {
        var first = await _gate.ReadAsync();
        first.Dispose();
        var second = await _gate.ReadAsync();
        first.Dispose();
        Assert.False(_gate.TryWrite(out _));
        second.Dispose();
        var writer = await _gate.WriteAsync();
        first.Dispose();
        second.Dispose();
        default(AsyncReaderWriterLock.Scope).Dispose();
        Assert.True(writer.IsHeld);
        Assert.False(_gate.TryRead(out _) || first.IsHeld || second.IsHeld);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_never_reads()
    {
        var token = new CancellationToken(canceled: true);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _gate.ReadAsync(token))).CancellationToken);
        Assert.True(_gate.TryWrite(out _));
    }
}
