// Fixed by: Make it once, by a Lazy<T>
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Codes that are written down by who asks first.</summary>
internal sealed class Codes
{
    private readonly object _gate = new();
    private Dictionary<string, int>? _all;

    public int Of(string name)
    {
        if (_all == null)
        {
            lock (_gate)
            {
                if (_all == null)
                {
                    _all = new Dictionary<string, int>();
                    _all.Add("one", 1);
                    _all.Add("two", 2);
                    _all.Add("three", 3);
                    _all.Add("four", 4);
                    _all.Add("five", 5);
                    _all.Add("six", 6);
                    _all.Add("seven", 7);
                    _all.Add("eight", 8);
                }
            }
        }

        return _all["eight"] - _all[name];
    }
}

/// <summary>What the fix costs when all is there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Codes.Of on one thread, with all codes there";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly Codes s_codes = new();

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += s_codes.Of("one");
        }

        return sum;
    }
}

/// <summary>Threads ask for the first code together, many times; counted are the answers that threw.</summary>
public static class Program
{
    private const int Rounds = 20_000;

    public static void Main(string[] args)
    {
        var codes = Enumerable.Range(0, Rounds).Select(_ => new Codes()).ToArray();
        var next = new int[4];
        var at = 0;
        var (done, failed) = Crowd.Do(Rounds, Crowd.Seed(args), number =>
        {
            var mine = next[number]++;
            // Whoever comes late looks for the one that has just been begun.
            mine = Math.Max(mine, Volatile.Read(ref at));
            Volatile.Write(ref at, mine);
            codes[Math.Min(mine, Rounds - 1)].Of("one");
        });
        Console.WriteLine($"OUTCOME answers-that-threw={failed} of {done}");
    }
}
