using Threadwise.Runtime.Tests.Interleaving;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What a few threads called, when, and what each call returned.</summary>
internal sealed class History<TOperation>
{
    private readonly List<Call> _calls = [];
    private int _clock;

    /// <summary>Does it, between two points, and notes what it returned.</summary>
    public void Do(TOperation operation, Func<TOperation, object?> act)
    {
        var begun = _clock++;
        Schedule.Point();
        var result = act(operation);
        Schedule.Point();
        _calls.Add(new Call(operation, result, begun, _clock++));
    }

    /// <summary>Whether the calls can be put in a row, those that had returned before others began before them, so that each does what the model says.</summary>
    /// <param name="initial">The model before the first call.</param>
    /// <param name="step">The states that a call which returned this can lead to; none if it cannot have. States that print alike are alike.</param>
    /// <param name="isEnd">Whether the model may be in this state after the last call.</param>
    public bool HasAnOrder<TState>(TState initial, Func<TState, TOperation, object?, IEnumerable<TState>> step, Func<TState, bool> isEnd) where TState : notnull
    {
        var seen = new HashSet<(long, string?)>();
        return Search(0, initial);

        bool Search(long done, TState state)
        {
            if (done == (1L << _calls.Count) - 1)
                return isEnd(state);
            if (!seen.Add((done, state.ToString())))
                return false;
            var open = Enumerable.Range(0, _calls.Count).Where(i => (done & (1L << i)) == 0).ToList();
            var first = open.Min(i => _calls[i].Returned);
            return open.Any(i => _calls[i].Begun < first && step(state, _calls[i].Operation, _calls[i].Result).Any(next => Search(done | (1L << i), next)));
        }
    }

    public override string ToString() => string.Join(", ", _calls.OrderBy(call => call.Begun).Select(call => $"[{call.Begun}-{call.Returned}] {call.Operation} = {call.Result}"));

    private sealed record Call(TOperation Operation, object? Result, int Begun, int Returned);
}
