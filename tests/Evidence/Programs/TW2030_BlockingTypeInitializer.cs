using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Rates that are loaded by another thread while the type is initialized; the loader asks for a field of the same type.</summary>
internal static class Rates
{
    private static readonly int[] s_source = Enumerable.Range(1, 8).ToArray();
    private static readonly int s_sum = Task.Run(() => Load()).Result;

    public static int Sum() => s_sum;

    private static int Load() => s_source.Sum();
}

/// <summary>What the fix costs once the type is ready: the sum is asked for <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one addition of a number that is ready; the program before the fix never gets that far, so that the same code is measured twice";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += Ready.Value;
        }

        return sum;
    }

    private static class Ready
    {
        public static readonly int Value = Environment.ProcessorCount;
    }
}

/// <summary>Threads that ask for the sum; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main()
    {
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() => Rates.Sum()) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}");
        Environment.Exit(0);
    }
}
