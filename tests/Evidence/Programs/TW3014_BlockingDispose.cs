using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A session that says good-bye before it ends.</summary>
internal sealed class Session(Func<Task> sayGoodBye) : IDisposable
{
    public static int Closed;

    public void Dispose()
    {
        CloseAsync().GetAwaiter().GetResult();
    }

    private async Task CloseAsync()
    {
        await sayGoodBye().ConfigureAwait(false);
        Interlocked.Increment(ref Closed);
    }
}

/// <summary>A page whose handler needs a session for a moment.</summary>
internal static class Page
{
    public static async Task ShowAsync(Func<Task> sayGoodBye)
    {
        using var session = new Session(sayGoodBye);
        await Task.Yield();
    }
}

/// <summary>What it gains where threads are few: the time until <c>size</c> sessions are over on eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Page.ShowAsync that wait 10 ms each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size)
    {
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var shown = Enumerable.Range(0, size).Select(_ => Task.Factory.StartNew(
            () => Page.ShowAsync(static () => Task.Delay(10)), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(shown);
        return shown.Length;
    }
}

/// <summary>Threads like those of user interfaces, each of which runs what it is sent, one after the other; one that has not shown its page at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var random = new Random(seed);
        var threads = Enumerable.Range(0, Threads).Select(_ =>
        {
            var delay = random.Next(1, 20);
            return new Thread(() => new Ui().Run(() => Page.ShowAsync(() => SayGoodByeAsync(delay)))) { IsBackground = true };
        }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}, {Session.Closed} sessions closed");
    }

    /// <summary>Comes back to the thread of the page.</summary>
    private static async Task SayGoodByeAsync(int delay) => await Task.Delay(delay);

    /// <summary>Everything that is posted runs on the one thread that pumps.</summary>
    private sealed class Ui : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback callback, object? state) => _posted.Add((callback, state));

        public void Run(Func<Task> show)
        {
            SetSynchronizationContext(this);
            _ = ShowAsync(show);
            foreach (var (callback, state) in _posted.GetConsumingEnumerable())
            {
                callback(state);
            }
        }

        private async Task ShowAsync(Func<Task> show)
        {
            await show();
            _posted.CompleteAdding();
        }
    }
}
