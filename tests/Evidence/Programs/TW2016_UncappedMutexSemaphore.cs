using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A door for one at a time, whose wait stands inside the <c>try</c>: a caller that is cancelled before it waits releases what it never took.</summary>
internal sealed class Door
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _inside;

    public int Crowds;

    public async Task PassAsync(int pause, CancellationToken token)
    {
        try
        {
            await _turn.WaitAsync(token);
            if (Interlocked.Increment(ref _inside) > 1)
            {
                Interlocked.Increment(ref Crowds);
            }

            await Task.Delay(pause, CancellationToken.None);
            Interlocked.Decrement(ref _inside);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread passes <c>size</c> times, and every await finds its task completed.</summary>
public static class Scenario
{
    public const string Measures = "one call of Door.PassAsync on one thread, nobody else wants to pass and nobody is cancelled";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var door = new Door();
        for (var i = 0; i < size; i++)
        {
            door.PassAsync(0, CancellationToken.None).GetAwaiter().GetResult();
        }

        return door.Crowds;
    }
}

/// <summary>A few callers give up before anybody else comes; then many come. Counted is how often somebody was inside already.</summary>
public static class Program
{
    private const int Cancelled = 3;
    private const int Callers = 8;
    private const int Each = 20;

    public static async Task Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var door = new Door();
        var refused = 0;
        for (var i = 0; i < Cancelled; i++)
        {
            try
            {
                await door.PassAsync(0, new CancellationToken(canceled: true));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SemaphoreFullException)
            {
                refused += failure is SemaphoreFullException ? 1 : 0;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(() => PassAllAsync(door, new Random(seed + number)))));
        Console.WriteLine($"OUTCOME times-two-were-inside={door.Crowds} of {Callers * Each}, {refused} of {Cancelled} releases too many were refused");
    }

    private static async Task PassAllAsync(Door door, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            await door.PassAsync(random.Next(3), CancellationToken.None);
        }
    }
}
