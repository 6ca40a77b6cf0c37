using System.Runtime.ExceptionServices;

namespace Threadwise;

/// <summary>How a map ends: whether it has to stop early, and what it throws. Workers look up whenever its version has changed.</summary>
internal sealed class Ending : IDisposable
{
    private readonly Gate _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly FailurePolicy _policy;
    private readonly CancellationToken _cancel;
    private readonly Func<CancellationToken>? _known;
    private readonly CancellationTokenRegistration _registration;
    private List<(int Item, Exception Failure)>? _failures;
    private ExceptionDispatchInfo? _cause;
    private bool _isCancelled;
    private bool _isStopped;
    private int _version;

    /// <param name="policy">Whether a failure stops the map.</param>
    /// <param name="cancel">Stops the map.</param>
    /// <param name="known">The token that the exception is to have, if another.</param>
    public Ending(FailurePolicy policy, CancellationToken cancel, Func<CancellationToken>? known = null)
    {
        (_policy, _cancel, _known) = (policy, cancel, known);
        _registration = cancel.UnsafeRegister(static ending => ((Ending)ending!).Cancel(), this);
    }

    /// <summary>Another number than before when workers should look whether to stop or to leave.</summary>
    public int Version => Volatile.Read(ref _version);

    public bool IsStopped => Volatile.Read(ref _isStopped);

    /// <summary>Cancelled when the map stops.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether it is one, and not a consequence of the end.</summary>
    public bool IsFailure(Exception exception) => !IsStopped && !(exception is OperationCanceledException && _cancel.IsCancellationRequested);

    public void LookUp() => Interlocked.Increment(ref _version);

    /// <summary>An item has failed for good.</summary>
    public void Fail(int item, Exception failure)
    {
        if (failure is OperationCanceledException && _cancel.IsCancellationRequested)
            Cancel();
        else if (_policy == FailurePolicy.Stop)
            Break(failure);
        else
            using (_gate.Enter())
                if (!_isStopped || failure is not OperationCanceledException)
                    (_failures ??= []).Add((item, failure));
    }

    /// <summary>Something has failed without which the map cannot go on. Whatever fails later may be a consequence, and is not thrown.</summary>
    public void Break(Exception failure) => Stop(() => _cause = ExceptionDispatchInfo.Capture(failure));

    /// <summary>Nobody wants the rest.</summary>
    public void Stop() => Stop(static () => { });

    /// <summary>Throws the cause if the map was stopped, or the failures if there were some.</summary>
    public void Throw()
    {
        _cause?.Throw();
        var failures = _failures is null
            ? null
            : new AggregateException($"{_failures.Count} items failed.", _failures.OrderBy(failed => failed.Item).Select(failed => failed.Failure));
        if (_isCancelled)
            throw new OperationCanceledException("The map was cancelled.", failures, _known?.Invoke() ?? _cancel);
        if (failures is not null)
            throw failures;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _stop.Dispose();
    }

    private void Cancel() => Stop(() => _isCancelled = true);

    private void Stop(Action why)
    {
        using (_gate.Enter())
        {
            if (_isStopped)
                return;
            why();
            Volatile.Write(ref _isStopped, true);
            // Inside: who fails as well a moment later is to see it before its next item.
            LookUp();
        }

        try
        {
            _stop.Cancel();
        }
        catch (AggregateException)
        {
            // Thrown by what others have registered to be told of the end, which has its cause already.
        }
    }
}
