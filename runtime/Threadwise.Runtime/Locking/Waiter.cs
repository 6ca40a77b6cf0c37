using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Threadwise;

/// <summary>How far a wait has come. It changes under the room's gate alone.</summary>
internal enum WaitState
{
    /// <summary>Known to its token and timer perhaps, but in no line yet.</summary>
    New,

    /// <summary>In a line, which it may leave.</summary>
    Waiting,

    /// <summary>In a line until it is its turn, whatever its token says.</summary>
    Bound,

    /// <summary>Left before it was in any line; whoever was about to put it there finds that.</summary>
    Left,

    /// <summary>Its outcome is decided.</summary>
    Over,
}

/// <summary>One wait, and what is awaited for it. Used again when it is over and nothing can call it back any more.</summary>
internal sealed class Waiter<TRequest, TScope>(WaitRoom<TRequest, TScope> room) : IValueTaskSource<TScope>, IValueTaskSource where TScope : struct
{
    private ManualResetValueTaskSourceCore<TScope> _result = new() { RunContinuationsAsynchronously = true };
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private ITimer? _timer;

    public WaitState State { get; set; }

    public TRequest Request { get; set; } = default!;

    /// <summary>What the wait ends with, unless it was cancelled; without a value when the time was up.</summary>
    public TScope Granted { get; set; }

    public bool IsCancelled { get; set; }

    public Waiter<TRequest, TScope>? Previous { get; set; }

    public Waiter<TRequest, TScope>? Next { get; set; }

    public ValueTask<TScope> Task => new(this, _result.Version);

    public ValueTask TaskOfNothing => new(this, _result.Version);

    /// <summary>From now on the token and the timer can call back, perhaps before this returns.</summary>
    public void Arm(TimeSpan timeout, TimeProvider time, CancellationToken token)
    {
        _token = token;
        if (timeout != Timeout.InfiniteTimeSpan)
            _timer = time.CreateTimer(static waiter => ((Waiter<TRequest, TScope>)waiter!).Leave(isCancelled: false), this, timeout, Timeout.InfiniteTimeSpan);
        _registration = token.UnsafeRegister(static waiter => ((Waiter<TRequest, TScope>)waiter!).Leave(isCancelled: true), this);
    }

    /// <summary>Lets whoever awaits go on, on another stack.</summary>
    public void Complete()
    {
        if (IsCancelled)
            _result.SetException(new OperationCanceledException(_token));
        else
            _result.SetResult(Granted);
    }

    /// <summary>It was not needed after all, and nobody awaits it.</summary>
    public void Discard()
    {
        if (Disarm())
            room.Return(this);
    }

    public TScope GetResult(short token)
    {
        if (_result.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The wait is not over: await it.");
        var isFree = Disarm();
        try
        {
            return _result.GetResult(token);
        }
        finally
        {
            if (isFree)
                room.Return(this);
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _result.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    /// <summary>As new; the result that was awaited last can be told from the next one.</summary>
    public void Reset()
    {
        _result.Reset();
        _token = default;
        _registration = default;
        State = WaitState.New;
        Request = default!;
        Granted = default;
        IsCancelled = false;
    }

    private void Leave(bool isCancelled) => room.Leave(this, isCancelled);

    /// <summary>Whether neither token nor timer can still call back. One that does finds the wait over, but it must not find the next one in its place.</summary>
    private bool Disarm()
    {
        _timer?.Dispose();
        return _timer is null && (!_token.CanBeCanceled || _registration.Unregister());
    }
}

/// <summary>Waits in a line, the oldest first.</summary>
internal struct WaitLine<TRequest, TScope> where TScope : struct
{
    private Waiter<TRequest, TScope>? _last;

    public Waiter<TRequest, TScope>? First { get; private set; }

    public void Append(Waiter<TRequest, TScope> waiter)
    {
        waiter.Previous = _last;
        if (_last is null)
            First = waiter;
        else
            _last.Next = waiter;
        _last = waiter;
    }

    public void Remove(Waiter<TRequest, TScope> waiter)
    {
        if (waiter.Previous is null)
            First = waiter.Next;
        else
            waiter.Previous.Next = waiter.Next;
        if (waiter.Next is null)
            _last = waiter.Previous;
        else
            waiter.Next.Previous = waiter.Previous;
        waiter.Previous = waiter.Next = null;
    }

    public Waiter<TRequest, TScope>? TakeFirst()
    {
        var first = First;
        if (first is not null)
            Remove(first);
        return first;
    }

    /// <summary>Lets all of them go on. Never under a gate: a context to which a continuation is posted is code of users.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Complete()
    {
        if (First is not null)
            CompleteAll();
    }

    private void CompleteAll()
    {
        while (TakeFirst() is { } waiter)
            waiter.Complete();
    }
}
