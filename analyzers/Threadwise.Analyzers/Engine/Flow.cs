namespace Threadwise.Analyzers.Engine;

/// <summary>The events of a body in the order control can meet them: a small graph, free of syntax.</summary>
/// <remarks>Control enters at node 0. <see cref="Exit"/> is left by returning, <see cref="Thrown"/> by an exception.
/// Every node on which an exception can leave names the nodes that continue: handlers, a copy of a finally region, or <see cref="Thrown"/>.</remarks>
internal sealed class Flow(ImmutableArray<Flow.Node> nodes, int exit, int thrown)
{
    public ImmutableArray<Node> Nodes { get; } = nodes;

    /// <summary>The events of all nodes.</summary>
    public ImmutableArray<Event> Events { get; } = nodes.Length == 3 && nodes[1].Events.IsEmpty && nodes[2].Events.IsEmpty
        ? nodes[0].Events
        : ImmutableArray.CreateRange(nodes.SelectMany(node => node.Events));

    public int Exit { get; } = exit;

    public int Thrown { get; } = thrown;

    private static readonly ImmutableArray<int> s_toExit = ImmutableArray.Create(1);

    /// <summary>Nothing happens.</summary>
    public static Flow Nothing { get; } = Line(ImmutableArray<Event>.Empty);

    /// <summary>Events one after the other; enough where all locks are statements, which nest.</summary>
    public static Flow Line(ImmutableArray<Event> events) => new(
        ImmutableArray.Create(
            new Node(events, s_toExit, ImmutableArray<int>.Empty),
            Node.End,
            Node.End),
        exit: 1,
        thrown: 2);

    /// <summary>The same with one more event at the start.</summary>
    public Flow After(Event first) =>
        new(Nodes.SetItem(0, Nodes[0] with { Events = Nodes[0].Events.Insert(0, first) }), Exit, Thrown);

    /// <summary>The same, with an exception wherever a wait can be given up.</summary>
    public Flow WithFailures() => new(ImmutableArray.CreateRange(Nodes, WithFailures), Exit, Thrown);

    private static Node WithFailures(Node node) =>
        node with { Events = ImmutableArray.CreateRange(node.Events.SelectMany(e => e is Acquire { MayFail: true } ? new[] { new Risk(e.Span), e } : new[] { e })) };

    internal sealed record Node(ImmutableArray<Event> Events, ImmutableArray<int> Next, ImmutableArray<int> OnException)
    {
        public static readonly Node End = new(ImmutableArray<Event>.Empty, ImmutableArray<int>.Empty, ImmutableArray<int>.Empty);
    }
}
