// Fixed by: Change it in one step, or lock every access
using System;
using System.Collections.Generic;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Guests who sign in and out, in a type that has nothing to lock.</summary>
[ThreadSafe]
internal sealed class House
{
    private readonly HashSet<int> _guests = new();

    public int Count => _guests.Count;

    public void Enter(int guest) => _guests.Add(guest);

    public void Leave(int guest)
    {
        _guests.Remove(guest);
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of House.Enter on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var house = new House();
        for (var i = 0; i < size; i++)
        {
            house.Enter(i % 10);
        }

        return house.Count;
    }
}

/// <summary>Threads whose guests come and go, and stay in the end.</summary>
public static class Program
{
    private const int Guests = 40_000;

    public static void Main(string[] args)
    {
        var house = new House();
        var next = new int[4];
        var (done, failed) = Crowd.Do(Guests, Crowd.Seed(args), number =>
        {
            var guest = number + 4 * next[number]++;
            house.Enter(guest);
            house.Leave(guest);
            house.Enter(guest);
        });
        Console.WriteLine($"OUTCOME lost-guests={Math.Max(failed, Math.Abs(done - house.Count))} of {done}");
    }
}
