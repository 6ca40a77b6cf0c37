namespace Threadwise.Analyzers.Engine;

/// <summary>In which way state is known: a value, any but that value, much, little.</summary>
internal enum StateKind : byte { Unknown, Is, IsNot, More, Less }

/// <summary>What a test tells about a piece of state, or a change makes of it: <c>_done</c> is true, <c>_queue.Count</c> is more than it was.</summary>
internal sealed record State(StateKind Kind, object? Value = null)
{
    public static readonly State Unknown = new(StateKind.Unknown), More = new(StateKind.More), Less = new(StateKind.Less);

    public static State Is(object? value) => new(StateKind.Is, value);

    public static State IsNot(object? value) => new(StateKind.IsNot, value);

    /// <summary>What the same test tells when it turns out the other way.</summary>
    public State Opposite => Kind switch
    {
        StateKind.Is when Value is bool value => Is(!value),
        StateKind.Is => IsNot(Value),
        StateKind.IsNot => Is(Value),
        StateKind.More => Less,
        StateKind.Less => More,
        _ => this,
    };

    /// <summary>Whoever waits as long as this is so may go on when it becomes <paramref name="other"/>.</summary>
    public bool MayEndWith(State other) => Kind switch
    {
        StateKind.Is => other.Kind == StateKind.Is && !Equals(Value, other.Value) || other.Kind == StateKind.IsNot && Equals(Value, other.Value),
        StateKind.IsNot => other.Kind == StateKind.Is && Equals(Value, other.Value),
        StateKind.More => other.Kind == StateKind.Less,
        StateKind.Less => other.Kind == StateKind.More,
        _ => false,
    };
}
