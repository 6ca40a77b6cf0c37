namespace Threadwise;

/// <summary>What happens to the other items when one has failed.</summary>
public enum FailurePolicy
{
    /// <summary>No further item begins, the token of those that run is cancelled, and when they have ended the first failure is thrown as it is.</summary>
    Stop,

    /// <summary>All items are tried; then an <see cref="AggregateException"/> has every failure, in the order of the items.</summary>
    Continue,
}

/// <summary>How far a map has come.</summary>
/// <param name="Done">Items that are over, with a result or a failure.</param>
/// <param name="Total">All items, where their number is known.</param>
public readonly record struct MapProgress(int Done, int? Total);

/// <summary>How a <see cref="ParallelMap"/> works. What is not set is chosen well for most work.</summary>
/// <remarks><b>Thread safety.</b> It never changes, and can be used by many maps; the degree can change, for all of them.</remarks>
public sealed record MapOptions
{
    private readonly Degree _degree = Degree.Auto;
    private readonly Partitioning _partitioning;
    private readonly FailurePolicy _onFailure;
    private readonly Retry _retry = Retry.None;

    internal static MapOptions Default { get; } = new();

    /// <summary>How many workers there are at most; at first one for each processor.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public Degree Degree
    {
        get => _degree;
        init => _degree = value ?? throw new ArgumentNullException(nameof(Degree));
    }

    /// <summary>Which worker gets which items.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is none.</exception>
    public Partitioning Partitioning
    {
        get => _partitioning;
        init => _partitioning = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Partitioning), value, null);
    }

    /// <summary>What happens to the other items when one has failed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is none.</exception>
    public FailurePolicy OnFailure
    {
        get => _onFailure;
        init => _onFailure = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(OnFailure), value, null);
    }

    /// <summary>How often an item that has failed is tried again.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public Retry Retry
    {
        get => _retry;
        init => _retry = value ?? throw new ArgumentNullException(nameof(Retry));
    }

    /// <summary>Is told how far the map has come: about a hundred times, never twice at once, with growing numbers, at last with all. What it throws fails the map.</summary>
    public IProgress<MapProgress>? Progress { get; init; }
}
