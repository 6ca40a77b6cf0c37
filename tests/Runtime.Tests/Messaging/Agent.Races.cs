using System.Threading.Channels;
using Threadwise.Runtime.Tests.Tasks;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

/// <summary>Whoever asks an agent while it ends is answered or told, on real threads that begin together.</summary>
public class Agent_Races
{
    private const int Rounds = 300;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_asks_as_it_ends_is_answered_or_told(bool isDisposed)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var agent = new Agent<Reply<int>>(static (reply, _) => new ValueTask(Task.FromResult(reply.Set(1))), capacity: 1);
            using var start = new Barrier(2);
            var asking = Task.Run(() =>
            {
                start.SignalAndWait();
                return Outcome.Of(agent.AskAsync<int>(static reply => reply));
            });
            var ending = Task.Run(async () =>
            {
                start.SignalAndWait();
                if (isDisposed)
                    await agent.DisposeAsync();
                else
                    agent.Complete();
            });
            var answer = await asking.Soon();
            Assert.True(answer is { IsSuccess: true, Value: 1 } || answer.Exception is ChannelClosedException, answer.ToString());
            await ending.Soon();
            await agent.Completion.Soon();
        }
    }

    [Fact]
    public async Task Who_stops_asking_as_it_is_answered_has_the_answer_or_its_cancellation()
    {
        await using var agent = new Agent<Reply<int>>(static (reply, _) => new ValueTask(Task.FromResult(reply.Set(1))));
        for (var round = 0; round < Rounds; round++)
        {
            using var source = new CancellationTokenSource();
            var asking = Outcome.Of(agent.AskAsync<int>(static reply => reply, source.Token));
            await Task.WhenAll(source.CancelAsync(), asking).Soon();
            var answer = await asking;
            Assert.True(answer.IsSuccess || (answer.Exception is OperationCanceledException left && left.CancellationToken == source.Token), answer.ToString());
        }

        Assert.False(agent.Completion.IsCompleted);
    }

    [Fact]
    public async Task No_message_is_lost_or_handled_twice_however_many_senders_are_cancelled()
    {
        var (handled, accepted) = (0, 0);
        var agent = new Agent<int>((_, _) =>
        {
            handled++;
            return default;
        }, capacity: 2);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                using var source = new CancellationTokenSource();
                var sending = agent.SendAsync(i, source.Token).AsTask();
                if ((i + sender) % 2 == 0)
                    await source.CancelAsync();
                try
                {
                    await sending;
                    Interlocked.Increment(ref accepted);
                }
                catch (OperationCanceledException)
                {
                }
            }
        }))).Soon();
        agent.Complete();
        await agent.Completion.Soon();
        Assert.Equal(accepted, handled);
    }
}
