namespace Threadwise;

/// <summary>Why a <see cref="TaskGroup"/> ends as it does: what failed, in the order in which it failed. Guarded by the lock of the group.</summary>
internal sealed class GroupCauses(GroupPolicy policy, CancellationToken outer)
{
    private readonly List<Exception> _failures = [];
    private bool _isScopeFailed;
    private bool _isCutShort;
    private bool _isOuterFirst;

    /// <summary>The task that succeeded first, where one is enough.</summary>
    public Task? Winner { get; private set; }

    /// <summary>Notes that the caller's token was cancelled.</summary>
    public void AddOuter() => _isOuterFirst |= _failures.Count == 0;

    /// <summary>Notes how a task of the group ended.</summary>
    /// <param name="ended">The task.</param>
    /// <param name="isStopping">Whether the group was cancelled before, so that the task may have ended for that alone.</param>
    /// <returns>Whether the others are to be cancelled.</returns>
    public bool AddChild(Task ended, bool isStopping)
    {
        var failed = Add(ended, isStopping, isCounted: policy != GroupPolicy.Settle);
        if (policy == GroupPolicy.FirstSuccess && ended.IsCompletedSuccessfully)
            Winner ??= ended;
        return Winner is not null || (failed && policy == GroupPolicy.All);
    }

    /// <summary>Notes how the method ended that started the tasks.</summary>
    /// <returns>Whether they are to be cancelled.</returns>
    public bool AddScope(Task ended, bool isStopping) => _isScopeFailed = Add(ended, isStopping, isCounted: true);

    /// <summary>Notes that work was not started because the group was cancelled.</summary>
    public void AddRefused() => _isCutShort = true;

    /// <summary>Notes what was thrown by those who were told of the cancellation.</summary>
    public void AddThrown(IEnumerable<Exception> exceptions) => _failures.AddRange(exceptions);

    /// <summary>Ends as the causes say; by what <paramref name="succeed"/> does if there is none.</summary>
    public void Conclude<T>(TaskCompletionSource<T> result, Action succeed)
    {
        var isCanceledByOuter = _isCutShort && outer.IsCancellationRequested;
        if (Winner is not null && !_isScopeFailed)
            succeed();
        else if (_failures.Count > 0)
            result.TrySetException(_isOuterFirst && isCanceledByOuter ? [new OperationCanceledException(outer), .. _failures] : _failures);
        else if (isCanceledByOuter)
            result.TrySetCanceled(outer);
        else
            succeed();
    }

    private bool Add(Task ended, bool isStopping, bool isCounted)
    {
        // A failure that nobody counts is not looked at either: it stays with the task, and is reported if nobody else looks.
        if (!isCounted && ended.IsFaulted)
            return false;
        var failed = false;
        foreach (var failure in Ended.Failures(ended))
            if (failure is OperationCanceledException && (isStopping || outer.IsCancellationRequested))
                Cut();
            else if (isCounted)
                failed |= AddOnce(failure);
        return failed;
    }

    private void Cut()
    {
        _isCutShort = true;
        if (outer.IsCancellationRequested)
            AddOuter();
    }

    /// <summary>One task often fails because it waited for another that did: the same exception counts once.</summary>
    private bool AddOnce(Exception failure)
    {
        if (!_failures.Contains(failure, ReferenceEqualityComparer.Instance))
            _failures.Add(failure);
        return true;
    }
}
