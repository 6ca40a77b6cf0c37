namespace Threadwise;

/// <summary>The same result, sought in several ways at once.</summary>
public static class Race
{
    /// <summary>Starts all alternatives, gives the result of the first that succeeds, and cancels the others.</summary>
    /// <param name="alternatives">The work. Each is called at once, on the thread of the caller, and given a token that is cancelled when its result is not needed any more.</param>
    /// <returns>A task that succeeds when the others are over too. When none succeeds it throws the first failure; those that followed are in its
    /// <see cref="AggregateException.InnerExceptions"/> after it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="alternatives"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="alternatives"/> is empty, or one of them is null.</exception>
    public static Task<T> FirstSuccess<T>(params Func<CancellationToken, Task<T>>[] alternatives) => FirstSuccess(alternatives, default);

    /// <summary>Starts all alternatives, gives the result of the first that succeeds, and cancels the others.</summary>
    /// <remarks>Losers are waited for, so that nothing runs on: an alternative that ignores its token delays the result. One that succeeds too late should dispose of what it
    /// made when it sees that its token is cancelled: nobody gets it.</remarks>
    /// <param name="alternatives">The work. Each is called at once, on the thread of the caller, and given a token that is cancelled when its result is not needed any more.</param>
    /// <param name="cancellationToken">Cancels all. If it is cancelled already, nothing is called.</param>
    /// <returns>A task that succeeds when the others are over too. When none succeeds it throws the first failure; those that followed are in its
    /// <see cref="AggregateException.InnerExceptions"/> after it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="alternatives"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="alternatives"/> is empty, or one of them is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before one succeeded.</exception>
    public static Task<T> FirstSuccess<T>(IEnumerable<Func<CancellationToken, Task<T>>> alternatives, CancellationToken cancellationToken)
    {
        var all = Works.Checked(alternatives);
        if (all.Length == 0)
            throw new ArgumentException("There is nothing to choose from.", nameof(alternatives));
        return TaskGroup.First(all, cancellationToken);
    }
}
