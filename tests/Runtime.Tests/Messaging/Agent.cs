using System.Threading.Channels;
using Threadwise.Runtime.Tests.Tasks;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

/// <summary>How an <see cref="Agent{T}"/> takes and handles messages, and how it ends.</summary>
public class Agent_
{
    private readonly Channel<(int Message, TaskCompletionSource End, CancellationToken Token)> _handled = Channel.CreateUnbounded<(int, TaskCompletionSource, CancellationToken)>();

    [Fact]
    public async Task Messages_are_handled_one_after_the_other_in_their_order()
    {
        var seen = new List<int>();
        var inside = 0;
        var agent = new Agent<int>(async (message, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            seen.Add(message);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        });
        for (var i = 0; i < 1_000; i++)
            await agent.SendAsync(i);
        agent.Complete();
        await agent.Completion.Soon();
        Assert.Equal(Enumerable.Range(0, 1_000), seen);
    }

    [Fact]
    public async Task What_the_handler_keeps_needs_no_lock()
    {
        var sum = 0;
        var agent = new Agent<int>((message, _) =>
        {
            sum += message;
            return default;
        }, capacity: 8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
                await agent.SendAsync(1);
        }))).Soon();
        agent.Complete();
        await agent.Completion.Soon();
        Assert.Equal(8_000, sum);
    }

    [Fact]
    public async Task When_the_mailbox_is_full_senders_wait_for_room_the_oldest_first()
    {
        await using var agent = new Agent<int>(Handle, capacity: 1);
        await agent.SendAsync(0);
        var first = await Handled();
        await agent.SendAsync(1);
        Assert.False(agent.TrySend(9));
        Assert.Equal(1, agent.Count);
        var (two, three) = (agent.SendAsync(2).AsTask(), agent.SendAsync(3).AsTask());
        Assert.False(two.IsCompleted || three.IsCompleted);
        first.End.SetResult();
        (await Handled()).End.SetResult();
        await two.Soon();
        Assert.Equal(2, await Next());
        await three.Soon();
        Assert.Equal(3, await Next());

        async Task<int> Next()
        {
            var (message, end, _) = await Handled();
            end.SetResult();
            return message;
        }
    }

    [Fact]
    public async Task A_sender_that_is_cancelled_has_sent_nothing()
    {
        await using var agent = new Agent<int>(Handle, capacity: 1);
        Assert.True(agent.SendAsync(8, new CancellationToken(true)).IsCanceled);
        await agent.SendAsync(0);
        var first = await Handled();
        await agent.SendAsync(1);
        using var source = new CancellationTokenSource();
        var waiting = agent.SendAsync(2, source.Token).AsTask();
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await waiting.Thrown()).CancellationToken);
        first.End.SetResult();
        var second = await Handled();
        Assert.Equal((1, 0), (second.Message, agent.Count));
        second.End.SetResult();
    }

    [Fact]
    public async Task When_completed_it_handles_what_waits_and_takes_no_more()
    {
        var agent = new Agent<int>(Handle);
        await agent.SendAsync(1);
        await agent.SendAsync(2);
        agent.Complete();
        await Assert.ThrowsAsync<ChannelClosedException>(() => agent.SendAsync(3).AsTask());
        Assert.False(agent.TrySend(3));
        (await Handled()).End.SetResult();
        Assert.False(agent.Completion.IsCompleted);
        (await Handled()).End.SetResult();
        await agent.Completion.Soon();
        agent.Complete();
        await agent.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Disposing_of_it_cancels_the_handler_drops_what_waits_and_waits_for_its_end()
    {
        var agent = new Agent<int>(Handle, capacity: 1);
        await agent.SendAsync(1);
        var first = await Handled();
        await agent.SendAsync(2);
        var waiting = agent.SendAsync(3).AsTask();
        var end = agent.DisposeAsync().AsTask();
        Assert.True(first.Token.IsCancellationRequested);
        Assert.False(end.IsCompleted);
        Assert.IsType<ChannelClosedException>(await waiting.Thrown());
        first.End.SetCanceled(first.Token);
        await end.Soon();
        await agent.Completion.Soon();
        Assert.False(_handled.Reader.TryRead(out _));
        await agent.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_failure_stops_it_and_everybody_is_told_why()
    {
        var agent = new Agent<int>(Handle, capacity: 1);
        await agent.SendAsync(1);
        var first = await Handled();
        await agent.SendAsync(2);
        var waiting = agent.SendAsync(3).AsTask();
        var failure = new FormatException();
        first.End.SetException(failure);
        Assert.Same(failure, await agent.Completion.Thrown());
        Assert.Same(failure, Assert.IsType<ChannelClosedException>(await waiting.Thrown()).InnerException);
        Assert.Same(failure, Assert.IsType<ChannelClosedException>(await agent.SendAsync(4).AsTask().Thrown()).InnerException);
        Assert.False(agent.TrySend(5));
        Assert.False(_handled.Reader.TryRead(out _));
        await agent.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure_and_not_taken_for_the_senders()
    {
        var agent = new Agent<int>((_, _) => throw new OperationCanceledException());
        await agent.SendAsync(1);
        var failure = Assert.IsType<OperationCanceledException>(await agent.Completion.Thrown());
        Assert.Same(failure, Assert.IsType<ChannelClosedException>(await agent.SendAsync(2).AsTask().Thrown()).InnerException!.InnerException);
    }

    [Fact]
    public async Task With_a_sink_it_goes_on_after_a_failure_until_the_sink_throws_too()
    {
        var failures = new List<Exception>();
        var agent = new Agent<int>((message, _) => throw new FormatException($"{message}"), onError: failure =>
        {
            failures.Add(failure);
            if (failures.Count == 2)
                throw new InvalidDataException();
        });
        await agent.SendAsync(1);
        await agent.SendAsync(2);
        Assert.IsType<InvalidDataException>(await agent.Completion.Thrown());
        Assert.Equal(["1", "2"], failures.Select(failure => failure.Message));
    }

    [Fact]
    public async Task Sending_where_there_is_room_allocates_nothing()
    {
        var agent = new Agent<int>(Handle, capacity: 16_384);
        await agent.SendAsync(0);
        var first = await Handled();
        using var source = new CancellationTokenSource();
        for (var i = 0; i < 8_200; i++)
            agent.TrySend(i);
        Assert.Equal(0, Allocated.By(() => agent.TrySend(1)));
        Assert.Equal(0, Allocated.By(() => _ = agent.SendAsync(1, source.Token).IsCompleted));
        first.End.SetResult();
    }

    [Fact]
    public void Names_what_is_missing_or_wrong()
    {
        Assert.Throws<ArgumentNullException>("handler", () => new Agent<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new Agent<int>(Handle, capacity: 0));
    }

    private ValueTask Handle(int message, CancellationToken token)
    {
        var end = new TaskCompletionSource();
        _handled.Writer.TryWrite((message, end, token));
        return new ValueTask(end.Task);
    }

    private Task<(int Message, TaskCompletionSource End, CancellationToken Token)> Handled() => _handled.Reader.ReadAsync().AsTask().Soon();
}
