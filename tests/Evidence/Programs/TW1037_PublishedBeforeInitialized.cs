using System;
using System.Linq;

/// <summary>A table that is made anew from time to time, while others look something up.</summary>
internal sealed class Squares
{
    private volatile int[] _table = new int[0];

    public Squares() => Renew();

    public int Of(int number) => _table[number];

    public void Renew()
    {
        var table = new int[1000];
        _table = table;
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = i * i;
        }
    }
}

/// <summary>What the fix costs: nothing, the same is done in another order.</summary>
public static class Scenario
{
    public const string Measures = "one call of Squares.Renew for 1000 numbers";
    public const int Size = 10;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var squares = new Squares();
        for (var i = 0; i < size; i++)
        {
            squares.Renew();
        }

        return squares.Of(10);
    }
}

/// <summary>One thread makes the table anew, the others look for squares in it.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var squares = new Squares();
        var (done, wrong) = Crowd.Do(20_000, Crowd.Seed(args), number =>
        {
            if (number == 0)
            {
                squares.Renew();
            }
            else if (Enumerable.Range(0, 200).Any(_ => squares.Of(999) != 998_001))
            {
                throw new InvalidOperationException("not there yet");
            }
        });
        Console.WriteLine($"OUTCOME wrong-squares={wrong} of {done}");
    }
}
