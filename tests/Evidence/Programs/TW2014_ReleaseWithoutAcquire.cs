using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A printer that takes one job at a time.</summary>
internal sealed class Printer
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _printing;
    private int _overlaps;

    public int Overlaps => Volatile.Read(ref _overlaps);

    public async Task PrintAsync(int pages, CancellationToken token)
    {
        try
        {
            await _turn.WaitAsync(token);
            if (Interlocked.Increment(ref _printing) > 1)
            {
                Interlocked.Increment(ref _overlaps);
            }

            if (pages > 0)
            {
                await Task.Delay(pages, CancellationToken.None);
            }

            Interlocked.Decrement(ref _printing);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps and nothing is cancelled.</summary>
public static class Scenario
{
    public const string Measures = "one call of Printer.PrintAsync on one thread, nobody else prints and nothing is cancelled";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var printer = new Printer();
        for (var i = 0; i < size; i++)
        {
            printer.PrintAsync(0, CancellationToken.None).GetAwaiter().GetResult();
        }

        return size;
    }
}

/// <summary>Callers that print, every third of whom loses patience; a job that starts while another one is printed overlaps.</summary>
public static class Program
{
    private const int Jobs = 40;

    public static async Task Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var printer = new Printer();
        var jobs = Enumerable.Range(0, Jobs).Select(number => PrintAsync(printer, random.Next(5, 15), number % 3 == 2 ? random.Next(1, 20) : Timeout.Infinite)).ToList();
        await Task.WhenAll(jobs);
        Console.WriteLine($"OUTCOME overlapping-jobs={printer.Overlaps} of {Jobs}");
    }

    private static async Task PrintAsync(Printer printer, int pages, int patience)
    {
        using var stop = new CancellationTokenSource(patience);
        try
        {
            await printer.PrintAsync(pages, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Somebody who has gone home needs no print-out.
        }
    }
}
