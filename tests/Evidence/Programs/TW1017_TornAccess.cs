// Also fixed by: Keep it in an immutable object
using System;
using System.Threading;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Eight numbers of a grid.</summary>
internal readonly record struct Row(long A, long B, long C, long D, long E, long F, long G, long H)
{
    public static Row Of(long number) => new(number, number, number, number, number, number, number, number);
}

/// <summary>A grid, all of it measured at one moment.</summary>
internal readonly record struct Grid(Row A, Row B, Row C, Row D, Row E, Row F, Row G, Row H)
{
    public static Grid Of(long number)
    {
        var row = Row.Of(number);
        return new(row, row, row, row, row, row, row, row);
    }
}

/// <summary>Keeps the last grid for whoever wants to know.</summary>
[ThreadSafe]
internal sealed class Weather
{
    private readonly object _gate = new();
    private Grid _last;

    public Grid Last
    {
        get
        {
            return _last;
        }
    }

    public void Measure(long moment)
    {
        _last = Grid.Of(moment);
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of Weather.Measure on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly Weather s_weather = new();

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            s_weather.Measure(i);
        }

        return s_weather.Last.A.A;
    }
}

/// <summary>One thread measures, the others look; counted are the grids of two moments.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var weather = new Weather();
        var (moment, torn) = (0L, 0);
        var (done, _) = Crowd.Do(3_000_000, Crowd.Seed(args), number =>
        {
            if (number == 0)
            {
                weather.Measure(moment++);
            }
            else if (weather.Last is var grid && grid.A.A != grid.H.H)
            {
                Interlocked.Increment(ref torn);
            }
        });
        Console.WriteLine($"OUTCOME grids-of-two-moments={torn} of {done}");
    }
}
