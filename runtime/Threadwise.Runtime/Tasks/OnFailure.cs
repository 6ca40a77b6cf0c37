namespace Threadwise;

/// <summary>What an <see cref="AsyncLazy{T}"/> does when its work fails.</summary>
public enum OnFailure
{
    /// <summary>Whoever waits gets the exception; the next caller starts the work again.</summary>
    Retry,

    /// <summary>Whoever waits and all later callers get the exception, until <see cref="AsyncLazy{T}.Reset"/>.</summary>
    Cache,
}
