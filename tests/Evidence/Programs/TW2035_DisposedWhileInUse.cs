using System;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A writer with a loop of its own, which shares its semaphore and is not waited for.</summary>
internal sealed class Writer : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly int _pause;
    private volatile bool _stopped;

    public Writer(int pause)
    {
        _pause = pause;
        Loop = Task.Run(WriteAsync);
    }

    public Task Loop { get; }

    public void Dispose()
    {
        _stopped = true;
        _turn.Dispose();
    }

    private async Task WriteAsync()
    {
        while (!_stopped)
        {
            await _turn.WaitAsync();
            try
            {
                await Task.Delay(_pause);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}

/// <summary>What the fix costs: a writer is made, stopped and waited for.</summary>
public static class Scenario
{
    public const string Measures = "one writer made, stopped and waited for; nobody uses its semaphore at that moment";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            var writer = new Writer(0);
            writer.Dispose();
            writer.Loop.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }

        return size;
    }
}

/// <summary>Writers that are stopped in the middle of their work; a writer fails when its loop ends with an exception, or not at all.</summary>
public static class Program
{
    private const int Writers = 40;

    public static async Task Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var failed = 0;
        for (var i = 0; i < Writers; i++)
        {
            var writer = new Writer(random.Next(1, 8));
            await Task.Delay(random.Next(20));
            writer.Dispose();
            await Task.WhenAny(writer.Loop, Task.Delay(2_000));
            failed += writer.Loop.IsCompletedSuccessfully ? 0 : 1;
        }

        Console.WriteLine($"OUTCOME failed-writers={failed} of {Writers}");
    }
}
