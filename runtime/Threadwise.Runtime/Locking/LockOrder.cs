using System.Collections.Concurrent;
using System.Text;

namespace Threadwise;

/// <summary>Watches in which orders <see cref="OrderedLock"/>s are taken. Two orders that contradict each other are found when the second is first seen: on one thread, with no deadlock needed.</summary>
/// <remarks>
/// <code>
/// LockOrder.Watch(LockOrderMode.Throw);                          // in tests
/// LockOrder.Watch(LockOrderMode.Observe, violation =&gt; log(violation.ToString()));   // in production
/// File.WriteAllText("locks.dot", LockOrder.ToDot());
/// </code>
/// <para><b>What is an order.</b> A lock that is asked for while another is held comes after it. What is asked for by <c>TryEnter</c> never waits and comes after nothing; the
/// locks of one set come in no order among themselves. Which locks count as one is said at <see cref="LockOrderEdge"/>.</para>
/// <para><b>Ranks</b> are always checked, by every <c>Enter</c>. Watching adds where the opposite order was seen, and orders locks that have no rank.</para>
/// <para><b>Cost.</b> Nothing for a lock that is taken while none is held; some ten nanoseconds for each lock held otherwise. A stack is taken once for each order.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. The mode and the orders are those of the process.</para>
/// </remarks>
public static class LockOrder
{
    private static readonly ConcurrentDictionary<string, LockKind> s_kinds = new();
    private static readonly object s_growing = new();
    private static Watching s_watching = new(LockOrderMode.Off, null);

    /// <summary>What is done now.</summary>
    public static LockOrderMode Mode => Volatile.Read(ref s_watching).Mode;

    /// <summary>The orders that were seen since the last <see cref="Forget"/>.</summary>
    public static IReadOnlyList<LockOrderEdge> Edges =>
        [.. s_kinds.Values.SelectMany(static kind => kind.Wanted.Values).OrderBy(static edge => edge.Held, StringComparer.Ordinal)
            .ThenBy(static edge => edge.Wanted, StringComparer.Ordinal)];

    /// <summary>Begins to watch, or ends it. What was seen before is kept.</summary>
    /// <param name="mode">What to do about a violation.</param>
    /// <param name="onViolation">Told of each violation once, by the thread that commits it, before it waits. What it throws comes out of the call that asked for the lock, which is
    /// not taken. It replaces the one given before.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    public static void Watch(LockOrderMode mode, Action<LockOrderViolation>? onViolation = null)
    {
        if (mode is < LockOrderMode.Off or > LockOrderMode.Throw)
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode.");
        s_watching = new Watching(mode, onViolation);
    }

    /// <summary>Forgets all orders that were seen, as between two tests.</summary>
    public static void Forget()
    {
        foreach (var kind in s_kinds.Values)
            kind.Wanted.Clear();
    }

    /// <summary>The orders as a graph for Graphviz. Violations are red.</summary>
    public static string ToDot()
    {
        var text = new StringBuilder("digraph locks {\n");
        foreach (var edge in Edges)
            text.Append($"  \"{Escaped(edge.Held)}\" -> \"{Escaped(edge.Wanted)}\"{(edge.IsViolation ? " [color=red]" : "")};\n");
        return text.Append("}\n").ToString();

        static string Escaped(string name) => name.Replace("\\", "\\\\").Replace("\"", "\\\"");
    }

    /// <summary>The orders as a graph for Mermaid. Violations are dotted.</summary>
    public static string ToMermaid()
    {
        var text = new StringBuilder("graph LR\n");
        var numbers = new Dictionary<string, int>();
        foreach (var edge in Edges)
            text.Append($"  {Node(edge.Held)} {(edge.IsViolation ? "-.->" : "-->")} {Node(edge.Wanted)}\n");
        return text.ToString();

        string Node(string name)
        {
            if (numbers.TryGetValue(name, out var number))
                return $"n{number}";
            numbers.Add(name, number = numbers.Count);
            return $"n{number}[\"{name.Replace("\"", "#quot;")}\"]";
        }
    }

    internal static LockKind KindOf(string name) => s_kinds.GetOrAdd(name, static name => new LockKind(name));

    /// <summary>A thread that holds the one asks for the other. The violation, if it is one that must not be; told if it is new.</summary>
    /// <param name="held">What it holds.</param>
    /// <param name="wanted">What it asks for.</param>
    /// <param name="isForbidden">Its ranks forbid it, whatever was seen.</param>
    internal static LockOrderViolation? Note(LockKind held, LockKind wanted, bool isForbidden)
    {
        if (!held.Wanted.TryGetValue(wanted, out var edge))
        {
            edge = Grow(held, wanted, isForbidden, out var isNew);
            if (isNew && edge.Violation is { } violation)
                // Read after a lock was taken, so not from before.
                s_watching.OnViolation?.Invoke(violation);
        }

        return edge.Violation;
    }

    private static LockOrderEdge Grow(LockKind held, LockKind wanted, bool isForbidden, out bool isNew)
    {
        var grown = new LockOrderEdge(held, wanted, Caller(Environment.StackTrace));
        lock (s_growing)
        {
            isNew = !held.Wanted.TryGetValue(wanted, out var edge);
            if (edge is not null)
                return edge;
            var back = Shortest(wanted, held);
            grown.IsViolation = isForbidden || back is not null;
            if (grown.IsViolation)
                grown.Violation = new LockOrderViolation([grown, .. back ?? []]);
            // Others find it without the lock, so it is whole before.
            return held.Wanted[wanted] = grown;
        }
    }

    /// <summary>The shortest way from one to the other by orders that were no violations; none if it is the same.</summary>
    private static List<LockOrderEdge>? Shortest(LockKind from, LockKind to)
    {
        var reached = new Dictionary<LockKind, LockOrderEdge?> { [from] = null };
        var next = new Queue<LockKind>([from]);
        while (next.Count > 0)
        {
            var kind = next.Dequeue();
            if (kind == to)
                return WayTo(to, reached);
            foreach (var edge in kind.Wanted.Values)
                if (!edge.IsViolation && !reached.ContainsKey(edge.To))
                {
                    reached.Add(edge.To, edge);
                    next.Enqueue(edge.To);
                }
        }

        return null;
    }

    private static List<LockOrderEdge> WayTo(LockKind to, Dictionary<LockKind, LockOrderEdge?> reached)
    {
        var way = new List<LockOrderEdge>();
        for (var edge = reached[to]; edge is not null; edge = reached[edge.From])
            way.Insert(0, edge);
        return way;
    }

    /// <summary>What is done, and who is told; replaced as a whole.</summary>
    private sealed class Watching(LockOrderMode mode, Action<LockOrderViolation>? onViolation)
    {
        public LockOrderMode Mode => mode;

        public Action<LockOrderViolation>? OnViolation => onViolation;
    }

    /// <summary>The stack without what belongs to the library.</summary>
    private static string Caller(string stack) => string.Join("\n", stack.Split('\n').SkipWhile(static line =>
        line.Contains("System.Environment") || line.Contains("Threadwise.LockOrder.") || line.Contains("Threadwise.OrderedLock.")
            || line.Contains("Threadwise.LockSet.")));
}
