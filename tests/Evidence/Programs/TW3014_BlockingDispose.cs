using System;
using System.Threading.Tasks;

/// <summary>A session that says good-bye before it ends.</summary>
internal sealed class Session(Func<Task> sayGoodBye) : IDisposable
{
    public void Dispose()
    {
        CloseAsync().GetAwaiter().GetResult();
    }

    private async Task CloseAsync()
    {
        await sayGoodBye().ConfigureAwait(false);
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

    public static long Run(int size) => Callers.OnEightThreads(size, static _ => Page.ShowAsync(static () => Task.Delay(10)));
}

/// <summary>Threads like those of user interfaces, each of which shows a page; one that has not done so at the limit is stuck.</summary>
public static class Program
{
    public static void Main(string[] args) => Ui.Run(args, Show);

    private static async void Show(int delay) => await Page.ShowAsync(() => SayGoodByeAsync(delay));

    /// <summary>Comes back to the thread of the page.</summary>
    private static async Task SayGoodByeAsync(int delay) => await Task.Delay(delay);
}
