extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Nothing of the caller's is run while a lock inside a primitive is held: no continuation, no context, no clock.</summary>
public class Callers
{
    private readonly Watching _context = new();
    private readonly Clock _time = new();

    public static TheoryData<string> All => ["lock", "pulse", "semaphore", "permits", "readers", "keys"];

    [Theory, MemberData(nameof(All))]
    public void Are_called_when_no_lock_is_held(string way)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            Run(way);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.True(_context.Posts > 0);
        Assert.False(_context.WasUnderLock || _time.WasUnderLock);
    }

    [Fact]
    public void Would_be_noticed()
    {
        var held = new Lock();
        using (held.EnterScope())
            _context.Post(static _ => { }, null);
        Assert.True(_context.WasUnderLock);
    }

    private void Run(string way)
    {
        using var source = new CancellationTokenSource();
        switch (way)
        {
            case "lock":
                WithLock(source);
                break;
            case "pulse":
                WithPulse(source);
                break;
            case "semaphore" or "permits":
                WithSemaphore(source, way == "permits" ? 2 : 1);
                break;
            case "readers":
                WithReaders(source);
                break;
            default:
                WithKeys(source);
                break;
        }
    }

    private void WithLock(CancellationTokenSource source)
    {
        var gate = new AsyncLock(timeProvider: _time);
        gate.TryEnter(out var scope);
        Watch(gate.EnterAsync());
        Watch(gate.EnterAsync(source.Token));
        Watch(gate.TryEnterAsync(TimeSpan.FromSeconds(1)));
        EndAll(source, scope);
    }

    private void WithPulse(CancellationTokenSource source)
    {
        var monitor = new AsyncLock();
        monitor.TryEnter(out var waits);
        Watch(waits.WaitAsync(source.Token));
        monitor.TryEnter(out var holds);
        Watch(monitor.EnterAsync());
        holds.PulseAll();
        EndAll(source, holds);
    }

    private void WithSemaphore(CancellationTokenSource source, int permits)
    {
        var semaphore = new AsyncSemaphore(1, _time);
        semaphore.TryEnter(out var permit);
        Watch(semaphore.EnterAsync());
        Watch(semaphore.EnterAsync(source.Token));
        Watch(semaphore.TryEnterAsync(TimeSpan.FromSeconds(1)));
        semaphore.Permits = permits;
        EndAll(source, permit);
    }

    private void WithReaders(CancellationTokenSource source)
    {
        var readers = new AsyncReaderWriterLock(_time);
        readers.TryRead(out var reading);
        Watch(readers.WriteAsync(source.Token));
        Watch(readers.ReadAsync());
        Watch(readers.TryWriteAsync(TimeSpan.FromSeconds(1)));
        EndAll(source, reading);
    }

    private void WithKeys(CancellationTokenSource source)
    {
        var keys = new KeyedLock<int>(timeProvider: _time);
        keys.TryEnter(1, out var key);
        Watch(keys.EnterAsync(1));
        Watch(keys.EnterAsync(1, source.Token));
        Watch(keys.TryEnterAsync(1, TimeSpan.FromSeconds(1)));
        EndAll(source, key);
    }

    private void EndAll(CancellationTokenSource source, IDisposable scope)
    {
        source.Cancel();
        _time.Manual.Advance(TimeSpan.FromSeconds(2));
        scope.Dispose();
    }

    /// <summary>Has its continuation posted to the context.</summary>
    private static void Watch<T>(ValueTask<T> waiting) where T : struct, IDisposable
    {
        var awaiter = waiting.GetAwaiter();
        Assert.False(awaiter.IsCompleted);
        awaiter.UnsafeOnCompleted(() =>
        {
            if (waiting.IsCompletedSuccessfully)
                awaiter.GetResult().Dispose();
        });
    }

    private static void Watch(ValueTask waiting)
    {
        var awaiter = waiting.GetAwaiter();
        Assert.False(awaiter.IsCompleted);
        awaiter.UnsafeOnCompleted(static () => { });
    }

    /// <summary>A context, which is code of users.</summary>
    private sealed class Watching : SynchronizationContext
    {
        public int Posts { get; private set; }

        public bool WasUnderLock { get; private set; }

        public override void Post(SendOrPostCallback work, object? state)
        {
            Posts++;
            WasUnderLock |= Lock.HeldByCurrentThread > 0;
            work(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }

    /// <summary>A clock, which may be code of users too.</summary>
    private sealed class Clock : TimeProvider
    {
        public ManualTime Manual { get; } = new();

        public bool WasUnderLock { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            WasUnderLock |= Lock.HeldByCurrentThread > 0;
            return Manual.CreateTimer(callback, state, dueTime, period);
        }
    }
}
