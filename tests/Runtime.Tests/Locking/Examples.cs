using System.Collections.Concurrent;

namespace Threadwise.Runtime.Tests.Locking.Examples;

/// <summary>The code that the README shows for locks, as it stands there.</summary>
internal interface IStore
{
    Task SaveAsync(string key, CancellationToken cancellationToken = default);

    Task<string> LoadAsync(string key, CancellationToken cancellationToken = default);
}

public sealed class Account
{
    private readonly object _gate = new();
    private decimal _balance;

    public static void Transfer(Account from, Account to, decimal amount)
    {
        using (LockSet.Enter(from._gate, to._gate))
        {
            from._balance -= amount;
            to._balance += amount;
        }
    }
}

internal sealed class Ranked
{
    private readonly OrderedLock _accounts = new(rank: 1, "accounts");
    private readonly OrderedLock _audit = new(rank: 2, "audit");

    public void Audit()
    {
        using (_audit.Enter())
        using (_accounts.Enter()) // LockOrderException: 'accounts' of rank 1 cannot be taken while this thread holds 'audit' of rank 2
        {
        }
    }
}

internal sealed class Watched(Action<string> log)
{
    private readonly OrderedLock _cache = new("cache");
    private readonly OrderedLock _index = new("index");

    public void Start() => LockOrder.Watch(LockOrderMode.Observe, violation => log(violation.ToString()));

    public void Refresh()
    {
        using (_cache.Enter())
        using (_index.Enter())
        {
        }
    }

    public void Rebuild()
    {
        using (_index.Enter())
        using (_cache.Enter()) // told: 'cache' while holding 'index', 'index' while holding 'cache', with the stack of each
        {
        }
    }
}

internal sealed class Saving(IStore store)
{
    private readonly SemaphoreSlim _semaphore = new(1);

    public async Task SaveAsync(string key)
    {
        await _semaphore.WaitAsync();
        await store.SaveAsync(key); // throws: nobody ever gets in again
        _semaphore.Release();
    }

    private readonly AsyncLock _gate = new();

    public async Task SaveSafelyAsync(string key, CancellationToken cancellationToken)
    {
        using (await _gate.EnterAsync(cancellationToken))
            await store.SaveAsync(key, cancellationToken);
    }

    private readonly Queue<string> _keys = new();

    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        using var scope = await _gate.EnterAsync(cancellationToken);
        while (_keys.Count == 0)
            await scope.WaitAsync(cancellationToken);
        return _keys.Dequeue();
    }

    public async Task PutAsync(string key, CancellationToken cancellationToken)
    {
        using var scope = await _gate.EnterAsync(cancellationToken);
        _keys.Enqueue(key);
        scope.Pulse();
    }
}

internal sealed class Loading(IStore store)
{
    public Task<string[]> LoadAll(string[] keys) => Task.WhenAll(keys.Select(key => store.LoadAsync(key))); // all at once, however many there are

    private readonly AsyncSemaphore _connections = new(permits: 8);

    public Task<string[]> LoadSome(string[] keys, CancellationToken cancellationToken) => Task.WhenAll(keys.Select(async key =>
    {
        using (await _connections.EnterAsync(cancellationToken))
            return await store.LoadAsync(key, cancellationToken);
    }));
}

internal sealed class Users(IStore store)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _semaphores = new();

    public async Task SaveAsync(string user)
    {
        var semaphore = _semaphores.GetOrAdd(user, _ => new SemaphoreSlim(1, 1)); // one more for each user, for ever
        await semaphore.WaitAsync();
        try
        {
            await store.SaveAsync(user);
        }
        finally
        {
            semaphore.Release(); // and who removes it here lets two in
        }
    }

    private readonly KeyedLock<string> _users = new();

    public async Task SaveOneAtATimeAsync(string user, CancellationToken cancellationToken)
    {
        using (await _users.EnterAsync(user, cancellationToken))
            await store.SaveAsync(user, cancellationToken);
    }
}

internal sealed class Catalogue(IStore store)
{
    private readonly ReaderWriterLockSlim _lock = new();

    public async Task<string> FindAsync(string key)
    {
        _lock.EnterReadLock();
        var found = await store.LoadAsync(key);
        _lock.ExitReadLock(); // SynchronizationLockException: another thread goes on after the await
        return found;
    }

    private readonly AsyncReaderWriterLock _gate = new();

    public async Task<string> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using (await _gate.ReadAsync(cancellationToken))
            return await store.LoadAsync(key, cancellationToken);
    }

    public async Task ReplaceAsync(string key, CancellationToken cancellationToken)
    {
        using (await _gate.WriteAsync(cancellationToken))
            await store.SaveAsync(key, cancellationToken);
    }
}

internal sealed class Words
{
    private readonly object _sync = new();
    private readonly Dictionary<string, int> _counts = [];

    public void Add(string word)
    {
        lock (_sync)
            _counts[word] = _counts.GetValueOrDefault(word) + 1;
    }

    public int Count => _counts.Count; // forgot the lock

    private readonly Guarded<Dictionary<string, int>> _guarded = new([]);

    public void AddGuarded(string word) => _guarded.Update((ref counts) => counts[word] = counts.GetValueOrDefault(word) + 1);

    public int CountGuarded => _guarded.Read(counts => counts.Count);

    public void Clear()
    {
        using var scope = _guarded.Enter();
        scope.Value.Clear();
    }
}

internal sealed class Connected(IStore store)
{
    private readonly AsyncGuarded<string?> _settings = new(null);

    public async Task<string> SettingsAsync(CancellationToken cancellationToken)
    {
        using var scope = await _settings.EnterAsync(cancellationToken);
        if (scope.Value is { } known)
            return known;
        var loaded = await store.LoadAsync("settings", cancellationToken);
        return scope.Value = loaded;
    }
}
