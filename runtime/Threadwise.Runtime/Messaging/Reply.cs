namespace Threadwise;

/// <summary>A question to an <see cref="Agent{T}"/>, whatever its answer is.</summary>
internal interface IQuestion
{
    CancellationToken CancellationToken { get; }

    bool Fail(Exception exception);
}

/// <summary>Where the answer to a question goes that was sent with <see cref="Agent{T}.AskAsync"/>. It takes one answer, from any thread, at once or later.</summary>
/// <typeparam name="T">What is answered.</typeparam>
public sealed class Reply<T> : IQuestion
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Reply(CancellationToken cancellationToken) => CancellationToken = cancellationToken;

    /// <summary>Cancelled when the one who asked does not wait any more.</summary>
    public CancellationToken CancellationToken { get; }

    internal Task<T> Task => _answer.Task;

    /// <summary>Answers.</summary>
    /// <returns>False, and nothing happens, when the question was answered before, or nobody waits any more.</returns>
    public bool Set(T answer) => _answer.TrySetResult(answer);

    /// <summary>Answers with an exception, which the one who asked gets thrown.</summary>
    /// <returns>False, and nothing happens, when the question was answered before, or nobody waits any more.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public bool Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return _answer.TrySetException(exception);
    }

    internal void Leave() => _answer.TrySetCanceled(CancellationToken);
}
