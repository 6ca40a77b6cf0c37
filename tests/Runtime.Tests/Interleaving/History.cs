namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>What a thread did, from when to when, and what came of it.</summary>
/// <param name="Asked">When it was asked for.</param>
/// <param name="Told">When its outcome was known.</param>
internal sealed record Operation(string Name, int Key, bool Outcome, int Asked, int Told)
{
    public bool Overlaps(Operation other) => Asked < other.Told && other.Asked < Told;
}

/// <summary>The operations of a few threads on one thing, and whether some order of them, one after the other, explains all outcomes.</summary>
/// <remarks>Wing and Gong, <i>Testing and verifying concurrent objects</i>, 1993, with a memory of the states that were in vain.</remarks>
internal sealed class History
{
    private readonly List<Operation> _operations = [];
    private int _clock;

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Does it, and notes when. Threads of a model, of which one moves at a time, need no lock for that.</summary>
    public bool Do(string name, int key, Func<bool> operation)
    {
        var asked = _clock++;
        var outcome = operation();
        _operations.Add(new Operation(name, key, outcome, asked, _clock++));
        return outcome;
    }

    /// <param name="next">The state after an operation with its outcome; nothing if it is impossible in this state.</param>
    public bool IsExplained<TState>(TState initial, Func<TState, Operation, TState?> next) where TState : struct
    {
        var inVain = new HashSet<(ulong, TState)>();
        return Goes(0, initial);

        bool Goes(ulong done, TState state)
        {
            if (done == (1UL << _operations.Count) - 1)
                return true;
            if (!inVain.Add((done, state)))
                return false;
            var first = Left(done).Min(static operation => operation.Told);
            foreach (var operation in Left(done).Where(operation => operation.Asked < first).ToList())
                if (next(state, operation) is { } after && Goes(done | (1UL << _operations.IndexOf(operation)), after))
                    return true;
            return false;
        }
    }

    public override string ToString() => string.Join('\n', _operations.Select(static operation => operation.ToString()));

    private IEnumerable<Operation> Left(ulong done) => _operations.Where((_, index) => (done >> index & 1) == 0);
}
