using System.Collections.Concurrent;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>What entering and leaving costs while nobody else wants to, beside what people use otherwise.</summary>
internal sealed class Locks
{
    private static readonly ActionRef<long> s_increment = static (ref value) => value++;

    private readonly object _monitor = new();
    private readonly Lock _lock = new();
    private readonly Lock _otherLock = new();
    private readonly SemaphoreSlim _slim = new(1, 1);
    private readonly ReaderWriterLockSlim _slimReaderWriter = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _slims = new();
    private readonly CancellationToken _token = new CancellationTokenSource().Token;

    private readonly AsyncLock _asyncLock = new();
    private readonly AsyncSemaphore _semaphore = new(1);
    private readonly AsyncReaderWriterLock _readerWriter = new();
    private readonly KeyedLock<string> _names = new();
    private readonly KeyedLock<int> _numbers = new();
    private readonly OrderedLock _ordered = new(1);
    private readonly OrderedLock _orderedToo = new(2);
    private readonly Guarded<long> _guarded = new(0);
    private readonly AsyncGuarded<long> _asyncGuarded = new(0);
    private long _value;

    /// <summary>What is compared: ours, with what, and the highest ratio that is promised.</summary>
    public static IReadOnlyList<(string Ours, string With, double? Most)> Pairs =>
    [
        ("AsyncLock.EnterAsync", "SemaphoreSlim.WaitAsync", 0.70),
        ("AsyncLock.EnterAsync, with token", "SemaphoreSlim.WaitAsync, with token", 0.70),
        ("AsyncLock.EnterAsync, not awaited", "SemaphoreSlim.WaitAsync, not awaited", 0.70),
        ("AsyncLock.TryEnter", "SemaphoreSlim.Wait(0)", null),
        ("AsyncGuarded", "SemaphoreSlim.WaitAsync", null),
        ("AsyncSemaphore.EnterAsync", "SemaphoreSlim.WaitAsync", null),
        ("AsyncReaderWriterLock.ReadAsync", "SemaphoreSlim.WaitAsync", null),
        ("AsyncReaderWriterLock.WriteAsync", "SemaphoreSlim.WaitAsync", null),
        ("KeyedLock<string>.EnterAsync", "SemaphoreSlim.WaitAsync", 1.60),
        ("KeyedLock<string>.EnterAsync", "dictionary of SemaphoreSlim", null),
        ("KeyedLock<int>.EnterAsync", "SemaphoreSlim.WaitAsync", 1.60),
        ("OrderedLock.Enter", "Lock", 1.10),
        ("OrderedLock.Enter, two", "Lock, two", null),
        ("LockSet.Enter, two objects", "lock (object), two", null),
        ("Guarded.Enter", "Lock", 1.10),
        ("Guarded.Update", "Lock", 1.10),
        ("Guarded.Update", "Lock, and a delegate inside", null),
    ];

    public IReadOnlyList<(string Name, Action<int> Batch)> All => [.. OfThreads(), .. OfTheBase(), .. OfOurs()];

    private static void Synchronously(Task task)
    {
        if (!task.IsCompletedSuccessfully)
            throw new InvalidOperationException("It waited.");
    }

    private IEnumerable<(string Name, Action<int> Batch)> OfThreads() =>
    [
        ("lock (object)", Monitors),
        ("lock (object), two", TwoMonitors),
        ("Lock", FrameworkLocks),
        ("Lock, two", TwoLocks),
        ("OrderedLock.Enter", Ordered),
        ("OrderedLock.Enter, two", TwoOrdered),
        ("LockSet.Enter, two objects", Set),
        ("Lock, and a delegate inside", FrameworkLockAndDelegate),
        ("Guarded.Update", Update),
        ("Guarded.Enter", Enter),
    ];

    private IEnumerable<(string Name, Action<int> Batch)> OfTheBase() =>
    [
        ("compare and exchange, twice", CompareAndExchange),
        ("SemaphoreSlim.Wait(0)", SlimTry),
        ("SemaphoreSlim.WaitAsync", count => Synchronously(SlimAsync(count, default))),
        ("SemaphoreSlim.WaitAsync, not awaited", SlimNotAwaited),
        ("SemaphoreSlim.WaitAsync, with token", count => Synchronously(SlimAsync(count, _token))),
        ("ReaderWriterLockSlim, reading", SlimRead),
        ("dictionary of SemaphoreSlim", count => Synchronously(SlimsAsync(count))),
    ];

    private IEnumerable<(string Name, Action<int> Batch)> OfOurs() =>
    [
        ("AsyncLock.EnterAsync", count => Synchronously(LockAsync(count, default))),
        ("AsyncLock.EnterAsync, with token", count => Synchronously(LockAsync(count, _token))),
        ("AsyncLock.EnterAsync, not awaited", LockNotAwaited),
        ("AsyncLock.TryEnter", Try),
        ("AsyncGuarded", count => Synchronously(GuardedAsync(count))),
        ("AsyncSemaphore.EnterAsync", count => Synchronously(SemaphoreAsync(count))),
        ("AsyncReaderWriterLock.ReadAsync", count => Synchronously(ReadAsync(count))),
        ("AsyncReaderWriterLock.WriteAsync", count => Synchronously(WriteAsync(count))),
        ("KeyedLock<string>.EnterAsync", count => Synchronously(NamesAsync(count))),
        ("KeyedLock<int>.EnterAsync", count => Synchronously(NumbersAsync(count))),
    ];

    private void CompareAndExchange(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Interlocked.CompareExchange(ref _value, 1, 0);
            Interlocked.CompareExchange(ref _value, 0, 1);
        }
    }

    private void Monitors(int count)
    {
        for (var i = 0; i < count; i++)
            lock (_monitor)
                _value++;
    }

    private void TwoMonitors(int count)
    {
        for (var i = 0; i < count; i++)
            lock (_monitor)
                lock (_slims)
                    _value++;
    }

    private void FrameworkLocks(int count)
    {
        for (var i = 0; i < count; i++)
            lock (_lock)
                _value++;
    }

    private void FrameworkLockAndDelegate(int count)
    {
        for (var i = 0; i < count; i++)
            lock (_lock)
                s_increment(ref _value);
    }

    private void TwoLocks(int count)
    {
        for (var i = 0; i < count; i++)
            lock (_lock)
                lock (_otherLock)
                    _value++;
    }

    private void Ordered(int count)
    {
        for (var i = 0; i < count; i++)
            using (_ordered.Enter())
                _value++;
    }

    private void TwoOrdered(int count)
    {
        for (var i = 0; i < count; i++)
            using (_ordered.Enter())
            using (_orderedToo.Enter())
                _value++;
    }

    private void Set(int count)
    {
        for (var i = 0; i < count; i++)
            using (LockSet.Enter(_monitor, _slims))
                _value++;
    }

    private void Update(int count)
    {
        for (var i = 0; i < count; i++)
            _guarded.Update(static (ref value) => value++);
    }

    private void Enter(int count)
    {
        for (var i = 0; i < count; i++)
            using (var scope = _guarded.Enter())
                scope.Value++;
    }

    private void SlimTry(int count)
    {
        for (var i = 0; i < count; i++)
            if (_slim.Wait(0))
                _slim.Release();
    }

    private void SlimNotAwaited(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _slim.WaitAsync().GetAwaiter().GetResult();
            _slim.Release();
        }
    }

    private void LockNotAwaited(int count)
    {
        for (var i = 0; i < count; i++)
            _asyncLock.EnterAsync().GetAwaiter().GetResult().Dispose();
    }

    private void SlimRead(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _slimReaderWriter.EnterReadLock();
            _slimReaderWriter.ExitReadLock();
        }
    }

    private async Task SlimAsync(int count, CancellationToken token)
    {
        for (var i = 0; i < count; i++)
        {
            await _slim.WaitAsync(token);
            try
            {
                _value++;
            }
            finally
            {
                _slim.Release();
            }
        }
    }

    private async Task SlimsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var slim = _slims.GetOrAdd("a user", static _ => new SemaphoreSlim(1, 1));
            await slim.WaitAsync();
            try
            {
                _value++;
            }
            finally
            {
                slim.Release();
            }
        }
    }

    private async Task LockAsync(int count, CancellationToken token)
    {
        for (var i = 0; i < count; i++)
            using (await _asyncLock.EnterAsync(token))
                _value++;
    }

    private void Try(int count)
    {
        for (var i = 0; i < count; i++)
            if (_asyncLock.TryEnter(out var scope))
                scope.Dispose();
    }

    private async Task GuardedAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (var scope = await _asyncGuarded.EnterAsync())
                scope.Value++;
    }

    private async Task SemaphoreAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (await _semaphore.EnterAsync())
                _value++;
    }

    private async Task ReadAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (await _readerWriter.ReadAsync())
                _value++;
    }

    private async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (await _readerWriter.WriteAsync())
                _value++;
    }

    private async Task NamesAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (await _names.EnterAsync("a user"))
                _value++;
    }

    private async Task NumbersAsync(int count)
    {
        for (var i = 0; i < count; i++)
            using (await _numbers.EnterAsync(7))
                _value++;
    }
}
