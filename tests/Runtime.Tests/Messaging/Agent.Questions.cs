using System.Threading.Channels;
using Threadwise.Runtime.Tests.Tasks;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

/// <summary>How an <see cref="Agent{T}"/> is asked, and what the one who asked gets.</summary>
public class Agent_Questions
{
    private readonly Channel<Reply<int>> _asked = Channel.CreateUnbounded<Reply<int>>();

    [Fact]
    public async Task Who_asks_gets_the_answer()
    {
        var balance = 0;
        await using var account = new Agent<object>((message, _) =>
        {
            if (message is int amount)
                balance += amount;
            else
                ((Reply<int>)message).Set(balance);
            return default;
        });
        await account.SendAsync(100);
        await account.SendAsync(-30);
        Assert.Equal(70, await account.AskAsync<int>(reply => reply).Soon());
    }

    [Fact]
    public async Task The_answer_may_come_later_and_only_once()
    {
        await using var agent = new Agent<Reply<int>>(Keep);
        var question = agent.AskAsync<int>(reply => reply);
        var reply = await Asked();
        Assert.False(question.IsCompleted);
        Assert.True(reply.Set(1));
        Assert.False(reply.Set(2) || reply.Fail(new FormatException()));
        Assert.Equal(1, await question.Soon());
    }

    [Fact]
    public async Task What_the_handler_throws_goes_to_the_one_who_asked_and_the_agent_goes_on()
    {
        var failure = new FormatException();
        var calls = 0;
        await using var agent = new Agent<Reply<int>>((reply, _) => calls++ == 0 ? throw failure : new ValueTask(Task.FromResult(reply.Set(5))));
        Assert.Same(failure, await agent.AskAsync<int>(reply => reply).Thrown());
        Assert.Equal(5, await agent.AskAsync<int>(reply => reply).Soon());
        Assert.False(agent.Completion.IsCompleted);
    }

    [Fact]
    public async Task An_answer_can_be_an_exception()
    {
        await using var agent = new Agent<Reply<int>>((reply, _) =>
        {
            reply.Fail(new FormatException());
            return default;
        });
        Assert.IsType<FormatException>(await agent.AskAsync<int>(reply => reply).Thrown());
    }

    [Fact]
    public async Task What_the_handler_throws_after_its_answer_stops_the_agent()
    {
        var agent = new Agent<Reply<int>>((reply, _) =>
        {
            reply.Set(1);
            throw new FormatException();
        });
        Assert.Equal(1, await agent.AskAsync<int>(reply => reply).Soon());
        var failure = Assert.IsType<FormatException>(await agent.Completion.Thrown());
        Assert.Same(failure, Assert.IsType<ChannelClosedException>(await agent.AskAsync<int>(reply => reply).Thrown()).InnerException);
    }

    [Fact]
    public async Task Who_stops_waiting_is_known_to_the_handler_and_gets_its_token()
    {
        using var source = new CancellationTokenSource();
        await using var agent = new Agent<Reply<int>>(async (reply, token) =>
        {
            _asked.Writer.TryWrite(reply);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(token, reply.CancellationToken);
            await Waits.Forever(both.Token);
        });
        var question = agent.AskAsync<int>(reply => reply, source.Token);
        var asked = await Asked();
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await question.Thrown()).CancellationToken);
        Assert.False(asked.Set(1));
        _ = agent.AskAsync<int>(reply => reply);
        await Asked();
        Assert.True(agent.AskAsync<int>(_ => throw new FormatException(), source.Token).IsCanceled);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Nobody_waits_for_an_agent_that_has_ended(bool isHandled)
    {
        var agent = new Agent<Reply<int>>(isHandled ? Keep : async (reply, token) =>
        {
            _asked.Writer.TryWrite(reply);
            await Waits.Forever(token);
        });
        var (one, other) = (agent.AskAsync<int>(reply => reply), agent.AskAsync<int>(reply => reply));
        await Asked();
        await agent.DisposeAsync().Soon();
        Assert.IsType<ChannelClosedException>(await one.Thrown());
        Assert.IsType<ChannelClosedException>(await other.Thrown());
        Assert.IsType<ChannelClosedException>(await agent.AskAsync<int>(reply => reply).Thrown());
    }

    [Fact]
    public async Task A_question_that_cannot_be_made_is_the_askers_failure()
    {
        await using var agent = new Agent<Reply<int>>(Keep);
        Assert.IsType<FormatException>(await agent.AskAsync<int>(_ => throw new FormatException()).Thrown());
        Assert.Throws<ArgumentNullException>("question", () => { _ = agent.AskAsync<int>(null!); });
        _ = agent.AskAsync<int>(reply => reply);
        Assert.Throws<ArgumentNullException>("exception", () => _asked.Reader.ReadAsync().AsTask().GetAwaiter().GetResult().Fail(null!));
    }

    private ValueTask Keep(Reply<int> reply, CancellationToken token)
    {
        _asked.Writer.TryWrite(reply);
        return default;
    }

    private Task<Reply<int>> Asked() => _asked.Reader.ReadAsync().AsTask().Soon();
}
