namespace Threadwise;

/// <summary>Places that one worker goes through: the first, how many, and how far apart.</summary>
internal readonly record struct Chunk(int First, int Count, int Step)
{
    public bool IsWhole => Step == 1;
}

/// <summary>How large the next chunk is.</summary>
/// <param name="Least">Smaller ones cost more to hand out than they are worth.</param>
/// <param name="Most">Larger ones would keep others waiting at the end.</param>
internal readonly record struct Pace(int Least, int Most)
{
    public static readonly Pace Guided = new(1, int.MaxValue);

    public static readonly Pace One = new(1, 1);

    /// <summary>Half of what each worker would get of the rest, within the bounds.</summary>
    public int Size(int rest, int workers) => Math.Min(rest, Math.Max(Least, Math.Min(Most, rest / 2 / workers)));
}

/// <summary>Work that workers come for.</summary>
internal interface IWork
{
    /// <summary>Whether there was some at the moment of asking.</summary>
    bool HasMore { get; }
}

/// <summary>Hands out the places 0 to n - 1 in chunks, each place once, to whoever asks.</summary>
/// <param name="count">How many places there are.</param>
/// <param name="partitioning">Blocks and Cyclic hand out equal parts; with the others the pace says how much.</param>
/// <param name="workers">How many are expected to ask.</param>
internal sealed class Dispenser(int count, Partitioning partitioning, int workers) : IWork
{
    private int _next;
    private Returned? _returned;

    /// <summary>Whether all is divided at once, so that who comes too late finds nothing unless the others share.</summary>
    public bool IsDealt { get; } = partitioning is Partitioning.Blocks or Partitioning.Cyclic;

    /// <summary>How many chunks there can be at most.</summary>
    public int Units { get; } = partitioning is Partitioning.Blocks or Partitioning.Cyclic ? Math.Min(workers, count) : count;

    // After a volatile read, what is read is not from before.
    public bool HasMore => Volatile.Read(ref _next) < Units || _returned is not null;

    /// <summary>How many places nobody has taken yet; those that were returned do not count.</summary>
    public int Untaken => IsDealt ? 0 : count - Volatile.Read(ref _next);

    public bool TryTake(Pace pace, out Chunk chunk)
    {
        if (TryTakeReturned(out chunk))
            return true;
        // As new as the volatile read of what was returned, and once older than others know, the exchange fails.
        while (_next is var next && next < Units)
        {
            var size = IsDealt ? 1 : pace.Size(count - next, workers);
            if (Interlocked.CompareExchange(ref _next, next + size, next) != next)
                continue;
            chunk = IsDealt ? Part(next) : new Chunk(next, size, 1);
            return true;
        }

        return false;
    }

    /// <summary>Takes back what a worker has not come to.</summary>
    public void Return(Chunk rest)
    {
        var mine = new Returned(rest);
        do
            // Any guess will do: if it is wrong the exchange fails.
            mine.Below = _returned;
        while (Interlocked.CompareExchange(ref _returned, mine, mine.Below) != mine.Below);
    }

    /// <summary>Takes back the second half.</summary>
    /// <returns>How many places that is.</returns>
    public int ReturnHalf(Chunk rest)
    {
        var half = rest.Count / 2;
        Return(new Chunk(rest.First + ((rest.Count - half) * rest.Step), half, rest.Step));
        return half;
    }

    private bool TryTakeReturned(out Chunk chunk)
    {
        while (Volatile.Read(ref _returned) is { } top)
            if (Interlocked.CompareExchange(ref _returned, top.Below, top) == top)
            {
                chunk = top.Rest;
                return true;
            }

        chunk = default;
        return false;
    }

    private Chunk Part(int part)
    {
        if (partitioning == Partitioning.Cyclic)
            return new Chunk(part, ((count - 1 - part) / Units) + 1, Units);
        var from = (int)((long)part * count / Units);
        return new Chunk(from, (int)((part + 1L) * count / Units) - from, 1);
    }

    /// <summary>Never linked in twice, so a head that is still the same has the same below it.</summary>
    private sealed class Returned(Chunk rest)
    {
        public Chunk Rest => rest;

        public Returned? Below { get; set; }
    }
}
