using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A gate that lets all who wait go on at once.</summary>
internal sealed class Gate
{
    private readonly object _sync = new();
    private readonly List<TaskCompletionSource> _waiting = [];

    public Task WaitAsync()
    {
        lock (_sync)
        {
            var source = new TaskCompletionSource();
            _waiting.Add(source);
            return source.Task;
        }
    }

    public void Open()
    {
        lock (_sync)
        {
            foreach (var source in _waiting)
            {
                source.SetResult();
            }

            _waiting.Clear();
        }
    }
}

/// <summary>What the fix costs: one waiter at a time, who does nothing afterwards.</summary>
public static class Scenario
{
    public const string Measures = "one Gate.WaitAsync and one Gate.Open on one thread, nobody awaits the task";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var gate = new Gate();
        for (var i = 0; i < size; i++)
        {
            _ = gate.WaitAsync();
            gate.Open();
        }

        return size;
    }
}

/// <summary>Waiters that wait again as soon as the gate has opened; an opening that broke off has failed.</summary>
public static class Program
{
    private const int Waiters = 8;
    private const int Openings = 50;

    public static async Task Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var gate = new Gate();
        var done = false;
        _ = Enumerable.Range(0, Waiters).Select(_ => WaitAgainAndAgainAsync(gate, () => Volatile.Read(ref done))).ToList();
        var failed = 0;
        for (var i = 0; i < Openings; i++)
        {
            try
            {
                gate.Open();
            }
            catch (InvalidOperationException)
            {
                failed++;
            }

            await Task.Delay(random.Next(3));
        }

        Volatile.Write(ref done, true);
        Console.WriteLine($"OUTCOME failed-openings={failed} of {Openings}");
    }

    private static async Task WaitAgainAndAgainAsync(Gate gate, Func<bool> isDone)
    {
        while (!isDone())
        {
            await gate.WaitAsync();
        }
    }
}
