// Fixed by: Make the field static, one for each thread
using System;
using System.Text;
using System.Threading;

/// <summary>Writes numbers as labels, with a buffer that each thread is meant to have of its own.</summary>
internal sealed class Labels
{
    [ThreadStatic]
    private StringBuilder? _buffer;

    public string Of(int number)
    {
        var buffer = _buffer ??= new StringBuilder();
        buffer.Clear();
        buffer.Append("item ").Append(number).Append(" of a list");
        return buffer.ToString();
    }
}

/// <summary>What the fix costs on one thread.</summary>
public static class Scenario
{
    public const string Measures = "one call of Labels.Of on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var (labels, length) = (new Labels(), 0L);
        for (var i = 0; i < size; i++)
        {
            length += labels.Of(i).Length;
        }

        return length;
    }
}

/// <summary>Threads ask for labels at the same time; each should get its own.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var (labels, wrong) = (new Labels(), 0);
        var (done, failed) = Crowd.Do(20_000, Crowd.Seed(args), number =>
        {
            if (labels.Of(number) != $"item {number} of a list")
            {
                Interlocked.Increment(ref wrong);
            }
        });
        Console.WriteLine($"OUTCOME wrong-labels={wrong + failed} of {done}");
    }
}
