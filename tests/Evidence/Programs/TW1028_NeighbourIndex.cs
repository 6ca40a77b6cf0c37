using System;
using System.Threading.Tasks;

/// <summary>Turns numbers into their running sums.</summary>
internal static class Sums
{
    public static void Accumulate(int[] values)
    {
        Parallel.For(1, values.Length, i => values[i] += values[i - 1]);
    }
}

/// <summary>What the two forms cost: one array, all of it.</summary>
public static class Scenario
{
    public const string Measures = "one call of Sums.Accumulate for 10,000 numbers";
    public const int Size = 10_000;
    public const int Operations = 1;

    public static long Run(int size)
    {
        var values = new int[size];
        Array.Fill(values, 1);
        Sums.Accumulate(values);
        return values[0];
    }
}

/// <summary>Arrays of ones: the last sum is how many there are.</summary>
public static class Program
{
    private const int Arrays = 20;
    private const int Length = 100_000;

    public static void Main()
    {
        var wrong = 0;
        for (var i = 0; i < Arrays; i++)
        {
            var values = new int[Length];
            Array.Fill(values, 1);
            Sums.Accumulate(values);
            wrong += values[Length - 1] == Length ? 0 : 1;
        }

        Console.WriteLine($"OUTCOME wrong-sums={wrong} of {Arrays}");
    }
}
