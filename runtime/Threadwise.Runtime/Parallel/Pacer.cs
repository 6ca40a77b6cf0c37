using System.Diagnostics;

namespace Threadwise;

/// <summary>How much one worker takes at a time where nobody has said: by what its last chunk took. It begins with one item and never more than sixteenfold.</summary>
/// <remarks>A chunk has to take long enough to be worth handing out, and not so long that the others wait for it at the end; in between all are equally good.</remarks>
internal struct Pacer(Costs costs)
{
    /// <summary>Long enough that handing out is lost in it, short enough that nobody notices who waits for the last one.</summary>
    private const double LongestChunk = 100_000;

    /// <summary>What the clock measures of a shorter time is mostly itself.</summary>
    private const double ShortestMeasured = 5_000;

    public Pace Next { get; private set; } = Pace.One;

    /// <summary>How long an item took in the last chunk, in nanoseconds.</summary>
    public double Item { get; private set; }

    /// <summary>Whether enough was measured to go by it.</summary>
    public bool IsKnown { get; private set; }

    public static double Nanoseconds(long ticks) => ticks * (1e9 / Stopwatch.Frequency);

    /// <summary>A chunk has taken so long.</summary>
    /// <param name="items">How many it had.</param>
    /// <param name="nanoseconds">The time for all of them.</param>
    /// <param name="isAlone">Whether nobody else would have anything of the items that are left.</param>
    public void Took(int items, double nanoseconds, bool isAlone = false)
    {
        IsKnown |= nanoseconds >= ShortestMeasured;
        Item = nanoseconds / items;
        var most = (int)Math.Clamp(LongestChunk / Item, 1, Math.Min(int.MaxValue, 16L * items));
        Next = new Pace(isAlone ? most : Math.Min(most, Plan.ChunkFor(Item, costs)), most);
    }
}
