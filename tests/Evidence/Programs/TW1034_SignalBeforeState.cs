using System;
using System.Linq;
using System.Threading;

/// <summary>Hands a number to whoever waits for it.</summary>
internal sealed class Handover
{
    private readonly ManualResetEventSlim _ready = new();
    private int _number = -1;

    public void Put(int number)
    {
        _ready.Set();
        _number = number;
    }

    public int Take()
    {
        _ready.Wait();
        return _number;
    }
}

/// <summary>What the fix costs: nothing, the same is done in another order.</summary>
public static class Scenario
{
    public const string Measures = "one number put and taken on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            var handover = new Handover();
            handover.Put(i);
            sum += handover.Take();
        }

        return sum;
    }
}

/// <summary>Two threads that hand numbers to each other; each should get the one it was given.</summary>
public static class Program
{
    private const int Rounds = 30_000;

    public static void Main()
    {
        var there = Enumerable.Range(0, Rounds).Select(_ => new Handover()).ToArray();
        var back = Enumerable.Range(0, Rounds).Select(_ => new Handover()).ToArray();
        var wrong = new int[2];
        var other = new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                wrong[0] += there[i].Take() == i ? 0 : 1;
                back[i].Put(i);
            }
        });
        other.Start();
        for (var i = 0; i < Rounds; i++)
        {
            there[i].Put(i);
            wrong[1] += back[i].Take() == i ? 0 : 1;
        }

        other.Join();
        Console.WriteLine($"OUTCOME wrong-numbers={wrong.Sum()} of {2 * Rounds}");
    }
}
