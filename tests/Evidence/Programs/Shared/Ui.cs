using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

/// <summary>Threads like those of user interfaces: each runs what is posted to it, one after the other, until all is over that it has begun.</summary>
internal sealed class Ui : SynchronizationContext
{
    private const int Threads = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = new();
    private int _unfinished;

    /// <summary>Lets each of the threads act, and prints how many are stuck at the limit, and how many continuations wait for them.</summary>
    public static void Run(string[] args, Action<int> act)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var all = Enumerable.Range(0, Threads).Select(_ => new Ui()).ToList();
        var threads = all.ConvertAll(ui => Start(ui, act, random.Next(1, 20)));
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}, {all.Sum(ui => ui._posted.Count)} continuations posted to them and never run");
    }

    public override void Post(SendOrPostCallback callback, object? state) => _posted.Add((callback, state));

    /// <summary>Methods that return nothing and await say when they begin and when they are over.</summary>
    public override void OperationStarted() => Interlocked.Increment(ref _unfinished);

    public override void OperationCompleted()
    {
        if (Interlocked.Decrement(ref _unfinished) == 0)
            _posted.CompleteAdding();
    }

    private static Thread Start(Ui ui, Action<int> act, int delay)
    {
        var thread = new Thread(() => ui.Pump(() => act(delay))) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Pump(Action act)
    {
        SetSynchronizationContext(this);
        OperationStarted();
        act();
        OperationCompleted();
        foreach (var (callback, state) in _posted.GetConsumingEnumerable())
            callback(state);
    }
}
