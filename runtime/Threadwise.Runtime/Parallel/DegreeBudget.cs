namespace Threadwise;

/// <summary>How many workers code may have together, through all its parallel maps, however they are nested.</summary>
/// <remarks>
/// <para>Every map that is not inside another's worker or a <see cref="Limit"/> has a budget of its own: one worker for each processor, or its degree if that is more. Maps inside share it:
/// a worker that runs a map is its first worker, and further ones are taken from what the budget has left, also later, as soon as it has some.
/// So eight maps inside a map of eight never have more workers together than one map.</para>
/// <para><b>Limits.</b> A map never has less than one worker. Code that starts several maps side by side in one worker, by tasks of its own, has at least one for each.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. The budget flows with the code, also across an <c>await</c>, and into tasks it starts.</para>
/// </remarks>
public static class DegreeBudget
{
    /// <summary>How many workers the maps of the calling code may have together, if it has a budget.</summary>
    public static int? Current => Budget.Ambient?.Total;

    /// <summary>Gives the calling code, until the result is disposed of, so many workers for all its parallel maps, and no more than are left to it already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public static IDisposable Limit(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return new Scope(new Budget(new Degree(workers), Budget.Ambient));
    }

    /// <summary>Ends the limit.</summary>
    private sealed class Scope : IDisposable
    {
        private readonly Budget? _outer = Budget.Ambient;
        private readonly Budget _mine;

        public Scope(Budget mine) => Budget.Ambient = _mine = mine;

        public void Dispose()
        {
            // Where code has another budget by now, it is not this scope that has to end.
            if (Budget.Ambient == _mine)
                Budget.Ambient = _outer;
        }
    }
}

/// <summary>A number of workers, and how many of them are at work. The code that has the budget is the first.</summary>
/// <param name="most">At most so many.</param>
/// <param name="outer">The budget that every worker here counts against as well.</param>
/// <param name="least">Where the budget is not limited by hand: this is enough whatever the degree.</param>
internal sealed class Budget(Degree most, Budget? outer, int least = 1)
{
    private static readonly AsyncLocal<Budget?> s_ambient = new();

    private int _working = 1;

    public static Budget? Ambient
    {
        get => s_ambient.Value;
        set => s_ambient.Value = value;
    }

    public int Total => Math.Min(Math.Max(least, most.Value), outer?.Total ?? int.MaxValue);

    // What is read after the total is not from before: that reads a degree, which is a volatile read.
    public bool HasFree => Total > _working && outer?.HasFree != false;

    /// <summary>The one that the calling code has, or one for this map and all inside it.</summary>
    public static Budget For(Degree degree) => Ambient ?? new Budget(degree, null, Environment.ProcessorCount);

    /// <summary>The context of the calling code, with this budget; nothing if contexts do not flow here.</summary>
    public ExecutionContext? Context()
    {
        var outer = Ambient;
        Ambient = this;
        try
        {
            return ExecutionContext.Capture();
        }
        finally
        {
            Ambient = outer;
        }
    }

    public bool TryTake()
    {
        int working;
        do
        {
            var total = Total;
            working = _working;
            if (working >= total)
                return false;
        }
        while (Interlocked.CompareExchange(ref _working, working + 1, working) != working);
        if (outer?.TryTake() != false)
            return true;
        Interlocked.Decrement(ref _working);
        return false;
    }

    public void Give(int workers = 1)
    {
        Interlocked.Add(ref _working, -workers);
        outer?.Give(workers);
    }
}
