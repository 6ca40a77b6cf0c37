using System.Threading.Channels;

namespace Threadwise;

/// <summary>A handler with a mailbox: messages are handled one after the other, so that what the handler keeps needs no lock.</summary>
/// <remarks>
/// <code>
/// var balance = 0m;
/// await using var account = new Agent&lt;Message&gt;((message, token) =>
/// {
///     if (message is Deposit deposit)
///         balance += deposit.Amount;
///     else if (message is GetBalance question)
///         question.Reply.Set(balance);
///     return default;
/// });
///
/// await account.SendAsync(new Deposit(100));
/// var now = await account.AskAsync&lt;decimal&gt;(reply => new GetBalance(reply));
/// </code>
/// <para><b>Order.</b> Messages are handled in the order in which they were accepted, on the thread pool, the next only when the task of the last is over. When the mailbox
/// is full, senders wait without blocking a thread, the oldest first; a message that waits is not lost and not duplicated when its sender's token is cancelled.</para>
/// <para><b>Failure.</b> What the handler throws for a question that it has not answered goes to the one who asked, and the agent goes on. Anything else goes to the error
/// sink, and the agent goes on; without a sink it stops the agent: <see cref="Completion"/> throws it, messages that wait are dropped, and who sends or asks gets a
/// <see cref="ChannelClosedException"/> with it as the inner exception. A question left without an answer is pending until the agent ends.</para>
/// <para><b>A handler waits for others only.</b> To wait for a question to its own agent, or for room in its own mailbox, is to wait for ever: it uses <see cref="TrySend"/>.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// <para><b>Cost.</b> A message for which there is room is sent without an allocation.</para>
/// </remarks>
/// <typeparam name="T">The messages.</typeparam>
public sealed class Agent<T> : IAsyncDisposable
{
    private readonly Channel<Letter> _mailbox;
    private readonly Func<T, CancellationToken, ValueTask> _handler;
    private readonly Action<Exception>? _onError;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;

    /// <summary>An agent that waits for messages.</summary>
    /// <param name="handler">Handles a message. Its token is cancelled when the agent is disposed of.</param>
    /// <param name="capacity">How many messages can wait.</param>
    /// <param name="onError">Gets what the handler throws, unless it is an answer; called between two messages. If it is null, a failure stops the agent.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than one.</exception>
    public Agent(Func<T, CancellationToken, ValueTask> handler, int capacity = 1024, Action<Exception>? onError = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (_handler, _onError) = (handler, onError);
        _mailbox = Channel.CreateBounded<Letter>(new BoundedChannelOptions(capacity) { SingleReader = true });
        ThreadPool.UnsafeQueueUserWorkItem(static agent => _ = agent.Run(), this, preferLocal: false);
    }

    /// <summary>Over when the agent is: it was completed and has handled all messages, or was disposed of, or has failed; then it throws what the handler threw.</summary>
    public Task Completion => _completion.Task;

    /// <summary>How many messages wait.</summary>
    public int Count => _mailbox.Reader.Count;

    /// <summary>Sends a message, and waits for room if the mailbox is full.</summary>
    /// <param name="message">The message. The sender should not change it any more.</param>
    /// <param name="cancellationToken">Ends the wait for room; the message is not sent. If it is cancelled already, the message is not sent in any case.</param>
    /// <exception cref="ChannelClosedException">The agent takes no more messages. The inner exception is what its handler threw, if it stopped for that.</exception>
    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default) => _mailbox.Writer.WriteAsync(new Letter(message, null), cancellationToken);

    /// <summary>Sends a message if there is room, and never waits.</summary>
    /// <param name="message">The message. The sender should not change it any more.</param>
    /// <returns>False when the mailbox is full, or the agent takes no more messages.</returns>
    public bool TrySend(T message) => _mailbox.Writer.TryWrite(new Letter(message, null));

    /// <summary>Sends a question, and waits for the answer.</summary>
    /// <param name="question">Makes the message, given where the answer goes. It is called at once, on the thread of the caller.</param>
    /// <param name="cancellationToken">Ends the wait, for room or for the answer. If it is cancelled already, nothing is sent.</param>
    /// <exception cref="ArgumentNullException"><paramref name="question"/> is null.</exception>
    /// <exception cref="ChannelClosedException">The agent takes no more messages, or ended before it answered. The inner exception is what its handler threw, if it stopped for that.</exception>
    public Task<TReply> AskAsync<TReply>(Func<Reply<TReply>, T> question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<TReply>(cancellationToken) : Ask(question, cancellationToken);
    }

    /// <summary>Takes no more messages. Those that wait are handled; then the agent is over.</summary>
    public void Complete() => _mailbox.Writer.TryComplete();

    /// <summary>Takes no more messages, drops those that wait, cancels the token of the handler, and waits until it is over; so it is not for the handler itself.</summary>
    /// <returns>A task that throws nothing: what the handler threw is in <see cref="Completion"/>.</returns>
    public async ValueTask DisposeAsync()
    {
        Complete();
        _stopping.CancelAsync().Forget(_onError);
        await _ended.Task.ConfigureAwait(false);
    }

    private async Task<TReply> Ask<TReply>(Func<Reply<TReply>, T> question, CancellationToken cancellationToken)
    {
        var reply = new Reply<TReply>(cancellationToken);
        await _mailbox.Writer.WriteAsync(new Letter(question(reply), reply), cancellationToken).ConfigureAwait(false);
        using (cancellationToken.UnsafeRegister(static reply => ((Reply<TReply>)reply!).Leave(), reply))
        using (_over.Token.UnsafeRegister(reply => ((Reply<TReply>)reply!).Fail(new ChannelClosedException("The agent ended before it answered.", _failure)), reply))
            return await reply.Task.ConfigureAwait(false);
    }

    private async Task Run()
    {
        var reader = _mailbox.Reader;
        try
        {
            while (!_stopping.IsCancellationRequested && await reader.WaitToReadAsync().ConfigureAwait(false))
                while (!_stopping.IsCancellationRequested && reader.TryRead(out var letter))
                    await Handle(letter).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        End();
    }

    private async ValueTask Handle(Letter letter)
    {
        try
        {
            await _handler(letter.Message, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested || letter.Question is { CancellationToken.IsCancellationRequested: true })
        {
            // Nobody waits for it any more.
        }
        catch (Exception exception)
        {
            if (letter.Question?.Fail(exception) == true)
                return;
            if (_onError is null)
                throw;
            _onError(exception);
        }
    }

    private void End()
    {
        // A channel would throw a cancellation as it is, and it would look like that of the sender.
        _mailbox.Writer.TryComplete(_failure is OperationCanceledException ? new InvalidOperationException("The handler was cancelled.", _failure) : _failure);
        while (_mailbox.Reader.TryRead(out _))
        {
        }

        _over.Cancel();
        if (_failure is null)
            _completion.SetResult();
        else
            _completion.SetException(_failure);
        _ended.SetResult();
    }

    /// <summary>A message, and where the answer goes if it is a question.</summary>
    private readonly record struct Letter(T Message, IQuestion? Question);
}
