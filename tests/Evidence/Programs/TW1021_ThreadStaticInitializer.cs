using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A buffer for each thread.</summary>
internal static class Buffers
{
    [ThreadStatic]
    private static List<int> t_buffer = new();

    public static int Add(int next)
    {
        t_buffer.Add(next);
        if (t_buffer.Count > 9)
        {
            t_buffer.Clear();
        }

        return t_buffer.Count;
    }
}

/// <summary>What the fix costs: one thread adds <c>size</c> numbers to its buffer.</summary>
public static class Scenario
{
    public const string Measures = "one call of Buffers.Add on the thread that has a buffer";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var count = 0L;
        for (var i = 0; i < size; i++)
        {
            count += Buffers.Add(i);
        }

        return count;
    }
}

/// <summary>Threads add to their buffers; counted are those that found none.</summary>
public static class Program
{
    private const int Threads = 4;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var without = 0;
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                Buffers.Add(seed + number);
            }
            catch (NullReferenceException)
            {
                Interlocked.Increment(ref without);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME threads-without-a-buffer={without} of {Threads}");
    }
}
