namespace Threadwise.Runtime.Tests.Tasks.Examples;

/// <summary>The code that the README shows for tasks, as it stands there.</summary>
internal sealed record Page(string Orders, string User);

internal sealed record Settings
{
    public static Task<Settings> Load(CancellationToken token = default) => Task.FromResult(new Settings());
}

internal sealed class Pages
{
    public async Task<Page> Load(int id)
    {
        var user = LoadUser(id);
        var orders = LoadOrders(id); // throws: nobody waits for the user any more
        return new Page(await orders, await user);
    }

    public Task<Page> LoadTogether(int id, CancellationToken cancellationToken) => TaskGroup.Run(async group =>
    {
        var user = group.Start(token => LoadUser(id, token));
        var orders = group.Start(token => LoadOrders(id, token));
        return new Page(await orders, await user);
    }, cancellationToken);

    private static Task<string> LoadUser(int id, CancellationToken token = default) => Task.FromResult($"user {id}");

    private static Task<string> LoadOrders(int id, CancellationToken token = default) => Task.FromResult($"orders of {id}");
}

internal sealed class Questions
{
    public async Task<string> Ask(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(AskPrimary(cancellationToken), AskReplica(cancellationToken));
        return await first; // may be the failure, and the other runs on
    }

    public Task<string> AskBoth(CancellationToken cancellationToken) => Race.FirstSuccess([AskPrimary, AskReplica], cancellationToken);

    private static Task<string> AskPrimary(CancellationToken token) => Task.FromException<string>(new IOException());

    private static Task<string> AskReplica(CancellationToken token) => Task.FromResult("answer");
}

internal sealed class Configuration
{
    private readonly Lazy<Task<Settings>> _cached = new(() => Settings.Load());

    public Task<Settings> Cached() => _cached.Value; // fails once, fails always; and no caller can stop waiting

    private readonly AsyncLazy<Settings> _settings = new(token => Settings.Load(token));

    public Task<Settings> Current(CancellationToken cancellationToken) => _settings.GetAsync(cancellationToken);
}

internal sealed class Simulation
{
    public void Step(Barrier barrier, int steps)
    {
        for (var step = 0; step < steps; step++)
            barrier.SignalAndWait(); // holds a thread; with as many workers as the pool has threads, nobody arrives
    }

    public async Task StepAsync(AsyncBarrier barrier, int steps, CancellationToken cancellationToken)
    {
        for (var step = 0; step < steps; step++)
            await barrier.SignalAndWaitAsync(cancellationToken);
    }
}

internal sealed class Cache
{
    public List<Exception> Seen { get; } = [];

    public void Saved() => _ = Refresh(); // what it throws is seen by nobody

    public void SavedAndWatched() => Refresh().Forget(error => Log(error));

    private static Task Refresh() => Task.CompletedTask;

    private void Log(Exception error) => Seen.Add(error);
}

internal sealed class Box
{
    private CancellationTokenSource? _previous;

    public async void OnTextChanged(string text)
    {
        _previous?.Cancel(); // two events at once, and an older result overwrites a newer
        _previous = new CancellationTokenSource();
        await Task.Delay(300, _previous.Token);
        Show(await Find(text, _previous.Token));
    }

    private static Task<string> Find(string text, CancellationToken token) => Task.FromResult(text);

    private void Show(string found) => Shown = found;

    public string Shown { get; private set; } = "";
}

internal sealed class Search
{
    private readonly Latest<string> _search;

    public Search() => _search = new Latest<string>(async (text, token) => Show(await Find(text, token)), quiet: TimeSpan.FromMilliseconds(300));

    public void OnInput(string text) => _search.Post(text);

    public string Shown { get; private set; } = "";

    private static Task<string> Find(string text, CancellationToken token) => Task.FromResult(text);

    private void Show(string found) => Shown = found;
}
