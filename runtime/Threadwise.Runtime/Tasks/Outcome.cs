using System.Runtime.ExceptionServices;

namespace Threadwise;

/// <summary>How work ended: with a value, or with an exception that was not thrown yet.</summary>
/// <remarks>The default is the success of a default value.</remarks>
/// <typeparam name="T">What the work results in.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T _value;

    internal Outcome(T value, Exception? exception) => (_value, Exception) = (value, exception);

    /// <summary>Whether there is a value.</summary>
    public bool IsSuccess => Exception is null;

    /// <summary>Whether the work was cancelled.</summary>
    public bool IsCanceled => Exception is OperationCanceledException;

    /// <summary>What the work threw; null when it succeeded.</summary>
    public Exception? Exception { get; }

    /// <summary>What the work resulted in. Throws what the work threw when it did not succeed.</summary>
    public T Value
    {
        get
        {
            if (Exception is not null)
                ExceptionDispatchInfo.Throw(Exception);
            return _value;
        }
    }

    /// <summary>The value, or the type and the message of the exception.</summary>
    public override string ToString() => Exception is null ? $"{_value}" : $"{Exception.GetType().Name}: {Exception.Message}";
}

/// <summary>Makes outcomes of tasks.</summary>
public static class Outcome
{
    /// <summary>Waits until the task is over, and throws nothing that the task threw.</summary>
    /// <param name="task">The task. Where it failed more than once, the first failure is the outcome's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public static Task<Outcome<T>> Of<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Wait(task);

        static async Task<Outcome<T>> Wait(Task<T> task)
        {
            try
            {
                return new Outcome<T>(await task.ConfigureAwait(false), null);
            }
            catch (Exception exception)
            {
                return new Outcome<T>(default!, exception);
            }
        }
    }
}
