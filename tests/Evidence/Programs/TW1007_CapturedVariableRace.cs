// Also fixed by: Add up for each worker
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A ledger that adds up its entries in a parallel loop.</summary>
internal static class Ledger
{
    public static long Total(int[] entries, int effort)
    {
        long total = 0;
        Parallel.For(0, entries.Length, i =>
        {
            total += Effort.Of(entries[i], effort);
        });
        return total;
    }
}

/// <summary>What the fix costs when nothing overlaps: as many entries as there are, one call after the other.</summary>
public static class Scenario
{
    public const string Measures = "one entry of 1000 that Ledger.Total adds up, on as many threads as there are processors";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly int[] s_entries = Enumerable.Range(0, Size).ToArray();

    public static long Run(int size) => Ledger.Total(s_entries, 0);
}

/// <summary>Adds up entries of one each, again and again; what is missing was lost.</summary>
public static class Program
{
    private const int Entries = 50_000;
    private const int Rounds = 5;

    public static void Main()
    {
        var entries = Enumerable.Repeat(1, Entries).ToArray();
        var sum = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            sum += Ledger.Total(entries, 10);
        }

        Console.WriteLine($"OUTCOME lost-entries={(long)Rounds * Entries - sum} of {(long)Rounds * Entries}");
    }
}
