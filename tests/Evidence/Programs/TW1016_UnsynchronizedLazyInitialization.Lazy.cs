// Fixed by: Make it once, by a Lazy<T>
using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>One list of guests for all who ask.</summary>
[ThreadSafe]
internal sealed class House
{
    private ConcurrentBag<int>? _guests;

    public ConcurrentBag<int> Guests
    {
        get
        {
            if (_guests == null)
            {
                _guests = new ConcurrentBag<int>();
            }

            return _guests;
        }
    }
}

/// <summary>What the fix costs when the list is there.</summary>
public static class Scenario
{
    public const string Measures = "one reading of House.Guests on one thread, with the list there";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly House s_house = new();

    public static long Run(int size)
    {
        var (same, first) = (0L, s_house.Guests);
        for (var i = 0; i < size; i++)
        {
            same += ReferenceEquals(s_house.Guests, first) ? 1 : 0;
        }

        return same;
    }
}

/// <summary>Threads enter the same houses at the same time; every guest should be on the list.</summary>
public static class Program
{
    private const int Houses = 20_000;

    public static void Main(string[] args)
    {
        var houses = Enumerable.Range(0, Houses).Select(_ => new House()).ToArray();
        var next = new int[4];
        var (done, _) = Crowd.Do(Houses, Crowd.Seed(args), number => houses[next[number]++].Guests.Add(number));
        Console.WriteLine($"OUTCOME lost-guests={done - houses.Sum(house => house.Guests.Count)} of {done}");
    }
}
