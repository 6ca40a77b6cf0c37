using System.Runtime.CompilerServices;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Exact bytes: none for entering, waiting with and without a token, being handed over, pulsing, reading and writing.</summary>
public class AsyncAllocations
{
    private const int Rounds = 500;

    private readonly CancellationTokenSource _source = new();
    private readonly AsyncLock _lock = new();
    private readonly AsyncSemaphore _semaphore = new(2);
    private readonly AsyncReaderWriterLock _readerWriter = new();
    private readonly KeyedLock<string> _names = new();
    private readonly KeyedLock<int> _numbers = new();
    private readonly Guarded<int> _guarded = new(0);
    private readonly AsyncGuarded<int> _asyncGuarded = new(0);

    public static TheoryData<string> Ways =>
    [
        "lock", "lock with token", "try lock", "lock waits", "lock waits with token", "pulse", "pulse with token",
        "semaphore", "semaphore waits", "semaphore waits with token", "permits",
        "read", "write", "write waits", "read waits with token",
        "name", "number", "name waits", "number waits with token",
        "guarded scope", "guarded update", "guarded read", "async guarded",
    ];

    private CancellationToken Token => _source.Token;

    [Theory, MemberData(nameof(Ways))]
    public void Are_none(string way)
    {
        Run(way);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(way);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The scope of the first is given back while the second waits.</summary>
    private static void HandOver<T>(T first, ValueTask<T> second) where T : struct, IDisposable
    {
        if (second.IsCompleted)
            throw new InvalidOperationException("It does not wait.");
        first.Dispose();
        Use(second);
    }

    private static void Use<T>(ValueTask<T> entering) where T : struct, IDisposable => entering.GetAwaiter().GetResult().Dispose();

    private static T Got<T>(ValueTask<T> entering) => entering.GetAwaiter().GetResult();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run(string way)
    {
        for (var i = 0; i < Rounds; i++)
            if (!OfLock(way) && !OfOthers(way) && !OfKeys(way))
                OfValues(way);
    }

    private bool OfLock(string way)
    {
        switch (way)
        {
            case "lock":
                Use(_lock.EnterAsync());
                return true;
            case "lock with token":
                Use(_lock.EnterAsync(Token));
                return true;
            case "try lock":
                _lock.TryEnter(out var scope);
                scope.Dispose();
                return true;
            case "lock waits":
                HandOver(Got(_lock.EnterAsync()), _lock.EnterAsync());
                return true;
            case "lock waits with token":
                HandOver(Got(_lock.EnterAsync(Token)), _lock.EnterAsync(Token));
                return true;
            case "pulse":
                Pulse(default);
                return true;
            case "pulse with token":
                Pulse(Token);
                return true;
            default:
                return false;
        }
    }

    private void Pulse(CancellationToken token)
    {
        var scope = Got(_lock.EnterAsync(CancellationToken.None));
        var waiting = scope.WaitAsync(token);
        using (var other = Got(_lock.EnterAsync(CancellationToken.None)))
            other.Pulse();
        waiting.GetAwaiter().GetResult();
        scope.Dispose();
    }

    private bool OfOthers(string way)
    {
        switch (way)
        {
            case "semaphore":
                Use(_semaphore.EnterAsync());
                return true;
            case "semaphore waits":
            case "semaphore waits with token":
                using (Got(_semaphore.EnterAsync()))
                    HandOver(Got(_semaphore.EnterAsync()), _semaphore.EnterAsync(way == "semaphore waits" ? default : Token));
                return true;
            case "permits":
                _semaphore.Permits = 1;
                var first = Got(_semaphore.EnterAsync());
                var second = _semaphore.EnterAsync();
                _semaphore.Permits = 2;
                Use(second);
                first.Dispose();
                return true;
            case "read":
                using (Got(_readerWriter.ReadAsync()))
                    Use(_readerWriter.ReadAsync());
                return true;
            case "write":
                Use(_readerWriter.WriteAsync(Token));
                return true;
            case "write waits":
                HandOver(Got(_readerWriter.ReadAsync()), _readerWriter.WriteAsync());
                return true;
            case "read waits with token":
                HandOver(Got(_readerWriter.WriteAsync()), _readerWriter.ReadAsync(Token));
                return true;
            default:
                return false;
        }
    }

    private bool OfKeys(string way)
    {
        switch (way)
        {
            case "name":
                Use(_names.EnterAsync("a"));
                return true;
            case "number":
                using (Got(_numbers.EnterAsync(1)))
                    Use(_numbers.EnterAsync(2));
                return true;
            case "name waits":
                HandOver(Got(_names.EnterAsync("a")), _names.EnterAsync("a"));
                return true;
            case "number waits with token":
                HandOver(Got(_numbers.EnterAsync(7)), _numbers.EnterAsync(7, Token));
                return true;
            default:
                return false;
        }
    }

    private void OfValues(string way)
    {
        switch (way)
        {
            case "guarded scope":
                using (var scope = _guarded.Enter())
                    scope.Value++;
                break;
            case "guarded update":
                _guarded.Update(static (ref value) => value++);
                break;
            case "guarded read":
                _guarded.Read(static value => value);
                break;
            case "async guarded":
                using (var scope = Got(_asyncGuarded.EnterAsync()))
                    scope.Value++;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way), way, null);
        }
    }
}
