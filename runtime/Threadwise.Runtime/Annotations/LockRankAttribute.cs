namespace Threadwise;

/// <summary>The lock's place in the order of all ranked locks: while a lock is held, only locks of a higher rank are taken.</summary>
/// <param name="rank">Any integer; lower ranks are taken first, and two locks of one rank are never held together.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LockRankAttribute(int rank) : Attribute
{
    /// <summary>The place in the order; lower ranks are taken first.</summary>
    public int Rank { get; } = rank;
}
