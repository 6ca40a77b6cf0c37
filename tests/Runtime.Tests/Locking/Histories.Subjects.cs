extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>What histories are about: something that can be entered in two ways, or by two keys.</summary>
internal abstract class Subject
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    public ManualTime Time { get; } = new();

    public static Subject Named(string name) => name switch
    {
        "AsyncLock" => new OfLock(),
        "AsyncSemaphore" => new OfSemaphore(),
        "AsyncReaderWriterLock" => new OfReaderWriter(),
        _ => new OfKeys(),
    };

    /// <summary>Nothing if it was cancelled.</summary>
    public abstract IDisposable? Enter(int key, CancellationToken token);

    /// <summary>Nothing if the time was up.</summary>
    public virtual IDisposable? EnterInTime(int key) => Enter(key, default);

    public abstract IDisposable? TryEnter(int key);

    public virtual bool IsExplained(History history) => history.IsExplained<(int Zero, int One)>((0, 0), (state, operation) => Next(history, state, operation));

    /// <summary>Whether somebody can go in by this key while so many are in by the one and the other.</summary>
    protected abstract bool MayGo(int key, (int Zero, int One) now);

    /// <summary>Whether who only tries may miss, though it could go in, because others wait.</summary>
    protected virtual bool MayMiss(History history, Operation tried) => false;

    private static IDisposable? Scope<T>(ValueTask<T> entering) where T : struct, IDisposable => Waiting.Got(entering, out var scope) ? scope : null;

    private static (int Zero, int One) Changed((int Zero, int One) now, int key, int by) => key == 0 ? (now.Zero + by, now.One) : (now.Zero, now.One + by);

    private (int Zero, int One)? Next(History history, (int Zero, int One) now, Operation operation) => operation switch
    {
        { Name: "exit" } => Changed(now, operation.Key, -1),
        { Outcome: true } => MayGo(operation.Key, now) ? Changed(now, operation.Key, 1) : null,
        { Name: "try" } => MayGo(operation.Key, now) && !MayMiss(history, operation) ? null : now,
        _ => now,
    };

    private sealed class OfLock : Subject
    {
        private readonly AsyncLock _it;

        public OfLock() => _it = new AsyncLock(timeProvider: Time);

        public override IDisposable? Enter(int key, CancellationToken token) => Scope(_it.EnterAsync(token));

        public override IDisposable? EnterInTime(int key) => Waiting.Result(_it.TryEnterAsync(s_second)) is { IsHeld: true } scope ? scope : null;

        public override IDisposable? TryEnter(int key) => _it.TryEnter(out var scope) ? scope : null;

        protected override bool MayGo(int key, (int Zero, int One) now) => now == default;
    }

    private sealed class OfSemaphore : Subject
    {
        private readonly AsyncSemaphore _it;

        public OfSemaphore() => _it = new AsyncSemaphore(2, Time);

        public override IDisposable? Enter(int key, CancellationToken token) => Scope(_it.EnterAsync(token));

        public override IDisposable? EnterInTime(int key) => Waiting.Result(_it.TryEnterAsync(s_second)) is { IsHeld: true } scope ? scope : null;

        public override IDisposable? TryEnter(int key) => _it.TryEnter(out var scope) ? scope : null;

        protected override bool MayGo(int key, (int Zero, int One) now) => now.Zero + now.One < 2;
    }

    /// <summary>Readers by the key zero, writers by the key one.</summary>
    private sealed class OfReaderWriter : Subject
    {
        private readonly AsyncReaderWriterLock _it;

        public OfReaderWriter() => _it = new AsyncReaderWriterLock(Time);

        public override IDisposable? Enter(int key, CancellationToken token) => Scope(key == 0 ? _it.ReadAsync(token) : _it.WriteAsync(token));

        public override IDisposable? EnterInTime(int key) => Waiting.Result(key == 0 ? _it.TryReadAsync(s_second) : _it.TryWriteAsync(s_second)) is { IsHeld: true } scope ? scope : null;

        public override IDisposable? TryEnter(int key) => (key == 0 ? _it.TryRead(out var scope) : _it.TryWrite(out scope)) ? scope : null;

        protected override bool MayGo(int key, (int Zero, int One) now) => now.One == 0 && (key == 0 || now.Zero == 0);

        protected override bool MayMiss(History history, Operation tried) => history.Operations.Any(other => other.Name == "enter" && other.Overlaps(tried));
    }

    private sealed class OfKeys : Subject
    {
        private readonly KeyedLock<int> _it;

        public OfKeys() => _it = new KeyedLock<int>(timeProvider: Time);

        public override IDisposable? Enter(int key, CancellationToken token) => Scope(_it.EnterAsync(key, token));

        public override IDisposable? EnterInTime(int key) => Waiting.Result(_it.TryEnterAsync(key, s_second)) is { IsHeld: true } scope ? scope : null;

        public override IDisposable? TryEnter(int key) => _it.TryEnter(key, out var scope) ? scope : null;

        protected override bool MayGo(int key, (int Zero, int One) now) => (key == 0 ? now.Zero : now.One) == 0;
    }

    /// <summary>Looks whether it is free, and then takes it.</summary>
    public sealed class Broken : Subject, IDisposable
    {
        private bool _isTaken;

        public override IDisposable? Enter(int key, CancellationToken token)
        {
            Schedule.Await(() => !_isTaken);
            Schedule.Point();
            _isTaken = true;
            return this;
        }

        public override IDisposable? TryEnter(int key) => _isTaken ? null : Enter(key, default);

        public void Dispose() => _isTaken = false;

        protected override bool MayGo(int key, (int Zero, int One) now) => now == default;
    }

    /// <summary>Hands the lock to a wait that was cancelled, who does not give it back.</summary>
    public sealed class Losing : Subject, IDisposable
    {
        private bool _isTaken;

        public override IDisposable? Enter(int key, CancellationToken token)
        {
            Schedule.Await(() => !_isTaken);
            _isTaken = true;
            Schedule.Point();
            return token.IsCancellationRequested ? null : this;
        }

        public override IDisposable? TryEnter(int key) => _isTaken ? null : Enter(key, default);

        public void Dispose() => _isTaken = false;

        protected override bool MayGo(int key, (int Zero, int One) now) => now == default;
    }
}
