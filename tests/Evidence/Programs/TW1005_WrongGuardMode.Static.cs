// Fixed by: Take a lock that all objects share
using System;
using System.Linq;

/// <summary>Counts visits to all of its objects, under a lock that each has of its own.</summary>
internal sealed class Gate
{
    private static long s_visits;

    private readonly object _gate = new();

    public long Visits
    {
        get
        {
            lock (_gate)
            {
                return s_visits;
            }
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            s_visits++;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of Gate.Enter on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var gate = new Gate();
        for (var i = 0; i < size; i++)
        {
            gate.Enter();
        }

        return gate.Visits;
    }
}

/// <summary>Threads go through a gate each; every visit should be counted.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var gates = Enumerable.Range(0, 4).Select(_ => new Gate()).ToArray();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), number => gates[number].Enter());
        Console.WriteLine($"OUTCOME lost-visits={done - gates[0].Visits} of {done}");
    }
}
