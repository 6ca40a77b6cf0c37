using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Hands numbers to whoever waits for them.</summary>
internal sealed class Handover
{
    private readonly ManualResetEventSlim _ready = new();
    private List<int>? _numbers;

    public void Put(IEnumerable<int> numbers)
    {
        _ready.Set();
        _numbers = new List<int>(numbers);
    }

    public List<int>? Take()
    {
        _ready.Wait();
        return _numbers;
    }
}

/// <summary>What the fix costs: nothing, the same is done in another order.</summary>
public static class Scenario
{
    public const string Measures = "one list of one number put and taken on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            var handover = new Handover();
            handover.Put([i]);
            sum += handover.Take()![0];
        }

        return sum;
    }
}

/// <summary>Two threads that hand lists to each other; each should get the one it was given.</summary>
public static class Program
{
    private const int Rounds = 30;

    public static void Main()
    {
        var there = Enumerable.Range(0, Rounds).Select(_ => new Handover()).ToArray();
        var back = Enumerable.Range(0, Rounds).Select(_ => new Handover()).ToArray();
        var missing = new int[2];
        var numbers = Enumerable.Range(0, 1).Select(number => Effort.Elsewhere(number, 1));
        var other = new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                missing[0] += there[i].Take() is null ? 1 : 0;
                back[i].Put(numbers);
            }
        });
        other.Start();
        for (var i = 0; i < Rounds; i++)
        {
            there[i].Put(numbers);
            missing[1] += back[i].Take() is null ? 1 : 0;
        }

        other.Join();
        Console.WriteLine($"OUTCOME missing-lists={missing.Sum()} of {2 * Rounds}");
    }
}
