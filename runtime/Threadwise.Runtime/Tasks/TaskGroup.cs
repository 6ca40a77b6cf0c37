namespace Threadwise;

/// <summary>Tasks with a common scope: nothing that was started in it outlives it, one that fails cancels the others, and what failed first is what the scope throws.</summary>
/// <remarks>
/// <code>
/// var page = await TaskGroup.Run(async group =>
/// {
///     var user = group.Start(token => users.LoadAsync(id, token));
///     var orders = group.Start(token => orders.LoadAsync(id, token));
///     return new Page(await user, await orders);
/// }, cancellationToken);
/// </code>
/// <para><b>The end.</b> The scope ends when the method given to <see cref="Run(Func{TaskGroup, Task}, CancellationToken)"/> and all work started in the group are over. Its task
/// then succeeds, or throws the exception that came first, the cause; those that followed are in <see cref="AggregateException.InnerExceptions"/> of the task after it, each once.
/// What ended only because the group was cancelled is not counted. When the caller's token came first, it is an <see cref="OperationCanceledException"/> with that token.</para>
/// <para><b>Cancellation.</b> <see cref="Token"/> is cancelled by the first failure, by <see cref="Cancel"/> and by the caller's token. Callbacks of the token run on the thread
/// pool, never on the stack of what cancelled it; the scope waits for them, and counts what they throw as failures. Cancelled work is waited for: work that ignores its token
/// delays the end of the scope, and can prevent it.</para>
/// <para><b>Without a method.</b> A group made by a constructor ends with <see cref="CompleteAsync"/>, which waits for all work, or with <see cref="DisposeAsync"/>, which
/// cancels it first. It is for groups that live as long as an object. In a method, <see cref="Run(Func{TaskGroup, Task}, CancellationToken)"/> is the better scope: it also knows
/// of exceptions that are thrown between the tasks.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread, also by the work of the group.</para>
/// </remarks>
public sealed class TaskGroup : IAsyncDisposable
{
    private readonly Gate _gate = new();

    // Never disposed of: it has no timer and no link, and whoever has its token may go on to ask it.
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _outer;
    private readonly GroupCauses _causes;
    private readonly TaskCompletionSource<Nothing> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _conclude;

    // What keeps the group from its end: all work, and the scope until it is left.
    private int _running;
    private bool _isScopeLeft;
    private Task _cancelling = Task.CompletedTask;

    /// <summary>A group whose tasks are all needed.</summary>
    /// <param name="cancellationToken">Cancels the group.</param>
    public TaskGroup(CancellationToken cancellationToken = default)
        : this(GroupPolicy.All, cancellationToken)
    {
    }

    /// <summary>A group.</summary>
    /// <param name="policy">What the end of one task means for the others.</param>
    /// <param name="cancellationToken">Cancels the group.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="policy"/> is none.</exception>
    public TaskGroup(GroupPolicy policy, CancellationToken cancellationToken = default)
        : this(policy, null, cancellationToken)
    {
    }

    private TaskGroup(GroupPolicy policy, Action<TaskGroup>? conclude, CancellationToken outer)
    {
        if (policy is < GroupPolicy.All or > GroupPolicy.Settle)
            throw new ArgumentOutOfRangeException(nameof(policy), policy, "There is no such policy.");
        Token = _source.Token;
        IsScoped = conclude is not null;
        _causes = new GroupCauses(policy, outer);
        _conclude = conclude is null ? () => _causes.Conclude(_result, () => _result.TrySetResult(default)) : () => conclude(this);
        _outer = outer.UnsafeRegister(static group => ((TaskGroup)group!).Stop(isOuter: true), this);
    }

    /// <summary>Cancelled as soon as the work of the group is not needed any more. Work gets it as its argument.</summary>
    public CancellationToken Token { get; }

    /// <summary>How much work was started and is not over.</summary>
    public int Running => Volatile.Read(ref _running);

    private bool IsScoped { get; }

    private bool IsOver => _isScopeLeft && _running == 0;

    /// <summary>Runs a method, and all work that is started in its group, to the end.</summary>
    /// <param name="body">The method. It is called at once, on the thread of the caller.</param>
    /// <param name="cancellationToken">Cancels the group. If it is cancelled already, the method is not called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task Run(Func<TaskGroup, Task> body, CancellationToken cancellationToken = default) => Run(GroupPolicy.All, body, cancellationToken);

    /// <summary>Runs a method, and all work that is started in its group, to the end, and gives what the method returns.</summary>
    /// <param name="body">The method. It is called at once, on the thread of the caller.</param>
    /// <param name="cancellationToken">Cancels the group. If it is cancelled already, the method is not called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task<T> Run<T>(Func<TaskGroup, Task<T>> body, CancellationToken cancellationToken = default) => Run(GroupPolicy.All, body, cancellationToken);

    /// <summary>Runs a method, and all work that is started in its group, to the end.</summary>
    /// <param name="policy">What the end of one task means for the others. A failure of the method itself always cancels them, and is always thrown.</param>
    /// <param name="body">The method. It is called at once, on the thread of the caller.</param>
    /// <param name="cancellationToken">Cancels the group. If it is cancelled already, the method is not called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="policy"/> is none.</exception>
    public static Task Run(GroupPolicy policy, Func<TaskGroup, Task> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunScope<Nothing>(policy, body, static (_, scope) => scope, cancellationToken);
    }

    /// <summary>Runs a method, and all work that is started in its group, to the end, and gives what the method returns.</summary>
    /// <param name="policy">What the end of one task means for the others. A failure of the method itself always cancels them, and is always thrown.</param>
    /// <param name="body">The method. It is called at once, on the thread of the caller.</param>
    /// <param name="cancellationToken">Cancels the group. If it is cancelled already, the method is not called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="policy"/> is none.</exception>
    public static Task<T> Run<T>(GroupPolicy policy, Func<TaskGroup, Task<T>> body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunScope<T>(policy, body, static (_, scope) => scope, cancellationToken);
    }

    /// <summary>Runs all work to its end, side by side, and gives how each ended, in the order of the work.</summary>
    /// <param name="works">The work. Each is called at once, on the thread of the caller, and given a token that is cancelled with the caller's.</param>
    /// <param name="cancellationToken">Cancels all. If it is cancelled already, nothing is called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="works"/> is null.</exception>
    /// <exception cref="ArgumentException">One of <paramref name="works"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before all were over.</exception>
    public static Task<Outcome<T>[]> Settle<T>(IEnumerable<Func<CancellationToken, Task<T>>> works, CancellationToken cancellationToken = default)
    {
        var all = Works.Checked(works);
        return Run(GroupPolicy.Settle, group => Task.WhenAll([.. all.Select(work => Outcome.Of(group.Start(work)))]), cancellationToken);
    }

    /// <summary>Calls the work at once, on the thread of the caller, and has the group wait for its task.</summary>
    /// <param name="work">The work. What computes for long or blocks goes through <see cref="Task.Run(Action)"/> inside.</param>
    /// <returns>The work's own task. It need not be awaited. In a group that is cancelled already it is a cancelled task, and the work is not called.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group is over.</exception>
    public Task Start(Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Enter() ? Follow(Ended.Call(work, Token, Task.FromException)) : Task.FromCanceled(Token);
    }

    /// <summary>Calls the work at once, on the thread of the caller, and has the group wait for its task.</summary>
    /// <param name="work">The work. What computes for long or blocks goes through <see cref="Task.Run(Action)"/> inside.</param>
    /// <returns>The work's own task. It need not be awaited. In a group that is cancelled already it is a cancelled task, and the work is not called.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group is over.</exception>
    public Task<T> Start<T>(Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Enter() ? Follow(Ended.Call(work, Token, Task.FromException<T>)) : Task.FromCanceled<T>(Token);
    }

    /// <summary>Cancels the work of the group. That is no failure: what ends for it is not counted.</summary>
    public void Cancel() => Stop(isOuter: false);

    /// <summary>Waits for all work, and ends the group. Work that is running may start more until the last is over.</summary>
    /// <returns>A task that ends as the group does; always the same.</returns>
    /// <exception cref="InvalidOperationException">The group is that of a method given to <c>Run</c>, and ends with it.</exception>
    public Task CompleteAsync()
    {
        if (IsScoped)
            throw new InvalidOperationException("The group ends with the method that was given to Run.");
        LeaveScope();
        return _result.Task;
    }

    /// <summary>Cancels the work of the group and waits for it. In the method given to <c>Run</c> it only cancels: the group ends with that method.</summary>
    /// <returns>A task that throws what failed, unless <see cref="CompleteAsync"/> was called, or this before; being cancelled is no failure.</returns>
    public ValueTask DisposeAsync()
    {
        Cancel();
        if (IsScoped)
            return default;
        return new ValueTask(End(isReported: !LeaveScope()));
    }

    /// <summary>The result of the first work that succeeds.</summary>
    internal static Task<T> First<T>(Func<CancellationToken, Task<T>>[] works, CancellationToken cancellationToken)
    {
        return RunScope<T>(GroupPolicy.FirstSuccess, Start, static (group, _) => group._causes.Winner!, cancellationToken);

        Task Start(TaskGroup group)
        {
            foreach (var work in works)
                _ = group.Start(work);
            return Task.CompletedTask;
        }
    }

    /// <summary>Runs the method in a new group. The result is that of a task which <paramref name="source"/> chooses when all is over.</summary>
    private static Task<T> RunScope<T>(GroupPolicy policy, Func<TaskGroup, Task> body, Func<TaskGroup, Task, Task> source, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var scope = Task.CompletedTask;
        var group = new TaskGroup(policy, self => self._causes.Conclude(result, () => self.Succeed(result, source(self, scope))), cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        scope = Ended.Call(body, group, Task.FromException);
        _ = group.FollowScope(scope);
        return result.Task;
    }

    private void Succeed<T>(TaskCompletionSource<T> result, Task source)
    {
        if (source is not Task<T> ended)
            result.TrySetResult(default!);
        else if (ended.IsCompletedSuccessfully)
            result.TrySetResult(ended.Result);
        else
            result.TrySetCanceled(Token);
    }

    private bool Enter()
    {
        using (_gate.Enter())
        {
            if (IsOver)
                throw new InvalidOperationException("The group is over: nothing can be started in it.");
            var isOpen = !_source.IsCancellationRequested;
            if (isOpen)
                _running++;
            else
                _causes.AddRefused();
            return isOpen;
        }
    }

    private TTask Follow<TTask>(TTask work) where TTask : Task
    {
        // An await would count as having seen the failure, whatever the policy is.
        if (work.IsCompleted)
            Note(work);
        else
            work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Note(work));
        return work;
    }

    private void Note(Task work)
    {
        using (_gate.Enter())
            if (_causes.AddChild(work, _source.IsCancellationRequested))
                StopInside(isOuter: false);
        Leave();
    }

    private async Task FollowScope(Task scope)
    {
        await scope.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using (_gate.Enter())
            if (_causes.AddScope(scope, _source.IsCancellationRequested))
                StopInside(isOuter: false);
        LeaveScope();
    }

    /// <returns>False when it was left before.</returns>
    private bool LeaveScope()
    {
        bool isLast;
        using (_gate.Enter())
        {
            if (_isScopeLeft)
                return false;
            _isScopeLeft = true;
            isLast = IsOver;
        }

        if (isLast)
            _ = Conclude();
        return true;
    }

    private void Leave()
    {
        bool isLast;
        using (_gate.Enter())
        {
            _running--;
            isLast = IsOver;
        }

        if (isLast)
            _ = Conclude();
    }

    private void Stop(bool isOuter)
    {
        using (_gate.Enter())
            StopInside(isOuter);
    }

    /// <summary>By whom has the gate.</summary>
    private void StopInside(bool isOuter)
    {
        // What comes after the end changes nothing.
        if (IsOver)
            return;
        if (isOuter)
            _causes.AddOuter();
        if (!_source.IsCancellationRequested)
            _cancelling = _source.CancelAsync();
    }

    private async Task Conclude()
    {
        _outer.Unregister();
        await _cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_cancelling.IsFaulted)
            _causes.AddThrown(_cancelling.Exception.Flatten().InnerExceptions);
        _conclude();
    }

    private async Task End(bool isReported)
    {
        Task result = _result.Task;
        await result.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!isReported && result.IsFaulted)
            await result.ConfigureAwait(false);
    }

    private readonly struct Nothing;
}
