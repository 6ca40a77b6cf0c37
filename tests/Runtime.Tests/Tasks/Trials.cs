extern alias explored;
using System.Collections.Immutable;
using Threadwise.Runtime.Tests.Interleaving;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>A primitive, the calls that are made to it, and the model that says what they may do.</summary>
/// <remarks>How a wait stands is a character: <c>w</c> it waits, <c>x</c> its token was cancelled while the call had not returned and did nothing yet, <c>c</c> it left, <c>d</c>
/// it is done, <c>b</c> the barrier broke; a letter and a number for the value or failure of a lazy value.</remarks>
internal abstract class Trial<TState> : ITrial where TState : Standing
{
    private readonly History<Operation> _history = new();
    private readonly SortedDictionary<int, CancellationTokenSource> _sources = [];
    private int[] _waiting = [];
    private int _left;

    protected SortedDictionary<int, Task> Waits { get; } = [];

    protected bool AllHaveCalled => _left == 0;

    protected abstract TState Initial { get; }

    public Model Model(Operation[][] threads)
    {
        _waiting = [.. threads.SelectMany(static thread => thread).Where(static operation => operation.Kind == Kind.Wait).Select(static operation => operation.Number)];
        foreach (var number in _waiting)
            _sources.Add(number, new CancellationTokenSource());
        _left = threads.Length;
        return new Model([.. threads.Select<Operation[], Action>(thread => () => Call(thread)), Close]) { Holds = HasAnOrder };
    }

    protected void Do(Operation operation) => _history.Do(operation, Act);

    protected virtual void Close()
    {
    }

    protected abstract Task Wait(CancellationToken token);

    protected abstract object? Act(Kind kind);

    /// <summary>The states after a call that is neither a wait nor a cancellation.</summary>
    protected abstract IEnumerable<TState> Next(TState state, Kind kind, object? result);

    /// <summary>The states after a wait with a token that is not cancelled.</summary>
    protected abstract TState Join(TState state, int wait);

    /// <summary>The states after a wait was cancelled that is in the list.</summary>
    protected abstract IEnumerable<TState> Leave(TState state, int wait);

    /// <summary>The states after a call with a token that is cancelled already.</summary>
    protected virtual IEnumerable<TState> Refuse(TState state, int wait) => [(TState)state.With(wait, 'c')];

    protected abstract bool IsEnd(TState state);

    private void Call(Operation[] thread)
    {
        foreach (var operation in thread)
            Do(operation);
        _left--;
    }

    private object? Act(Operation operation)
    {
        if (operation.Kind == Kind.Wait)
            Waits[operation.Number] = Wait(_sources[operation.Number].Token);
        else if (operation.Kind != Kind.Cancel)
            return Act(operation.Kind);
        else if (Target(operation) is { } wait)
            _sources[wait].Cancel();
        return null;
    }

    private int? Target(Operation operation) => _waiting.Length == 0 ? null : _waiting[operation.Number % _waiting.Length];

    private bool HasAnOrder() => _history.HasAnOrder(Initial, Step, state => Waits.All(wait => state.Of(wait.Key) == Standing.Of(wait.Value)) && IsEnd(state))
        ? true : throw new InvalidOperationException($"no order: {_history}; {string.Join(' ', Waits.Select(wait => $"{wait.Key}{Standing.Of(wait.Value)}"))}");

    private IEnumerable<TState> Step(TState state, Operation operation, object? result) => operation.Kind switch
    {
        Kind.Wait => state.IsCancelled(operation.Number) ? Refuse(state, operation.Number) : [Join(state, operation.Number)],
        Kind.Cancel => Target(operation) is { } wait ? Cancel((TState)state.Cancel(wait), wait) : [state],
        _ => Next(state, operation.Kind, result),
    };

    private IEnumerable<TState> Cancel(TState state, int wait) => state.Of(wait) == 'w' ? [(TState)state.With(wait, 'x'), .. Leave(state, wait)] : [state];
}

/// <summary>A trial, whatever its model is.</summary>
internal interface ITrial
{
    Model Model(Operation[][] threads);
}

/// <summary>How all waits stand, and whose token is cancelled.</summary>
internal record Standing
{
    private static readonly string s_none = new(' ', 24);

    public string Waits { get; init; } = s_none;

    public string Cancelled { get; init; } = s_none;

    public static char Of(Task wait) => !wait.IsCompleted ? 'w'
        : wait.IsCanceled ? 'c'
        : wait.Exception?.InnerException is { } exception ? exception is ValueFailure failure ? (char)('a' + failure.Number) : 'b'
        : wait is Task<int> value ? (char)('A' + value.Result) : 'd';

    public char Of(int wait) => Waits[wait];

    public bool IsCancelled(int wait) => Cancelled[wait] != ' ';

    public Standing With(int wait, char how) => this with { Waits = Set(Waits, wait, how) };

    public Standing Cancel(int wait) => this with { Cancelled = Set(Cancelled, wait, 'c') };

    /// <summary>All that wait stand like this now.</summary>
    public string AllAs(char how) => Waits.Replace('w', how).Replace('x', how);

    private static string Set(string all, int wait, char how) => all[..wait] + how + all[(wait + 1)..];
}

/// <summary>A failure of the work of a lazy value.</summary>
internal sealed class ValueFailure(int number) : Exception
{
    public int Number => number;
}

internal sealed class CountdownTrial(bool isHasty = false) : Trial<CountdownTrial.State>
{
    private readonly AsyncCountdown _countdown = new(2);
    private int _hasty = 2;

    protected override State Initial => new(2);

    protected override Task Wait(CancellationToken token) => _countdown.WaitAsync(token);

    protected override object? Act(Kind kind)
    {
        try
        {
            return isHasty ? SignalHastily() : kind == Kind.Signal ? _countdown.Signal() : _countdown.TryAdd();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    protected override IEnumerable<State> Next(State state, Kind kind, object? result) => (kind, state.Remaining) switch
    {
        (Kind.Add, 0) => result is false ? [state] : [],
        (Kind.Add, _) => result is true ? [state with { Remaining = state.Remaining + 1 }] : [],
        (_, 0) => result is null ? [state] : [],
        (_, 1) => result is true ? [state with { Remaining = 0, Waits = state.AllAs('d') }] : [],
        _ => result is false ? [state with { Remaining = state.Remaining - 1 }] : [],
    };

    protected override State Join(State state, int wait) => (State)state.With(wait, state.Remaining == 0 ? 'd' : 'w');

    protected override IEnumerable<State> Leave(State state, int wait) => [(State)state.With(wait, 'c')];

    protected override bool IsEnd(State state) => isHasty || state.Remaining == _countdown.Remaining;

    private object? SignalHastily()
    {
        var before = _hasty;
        Schedule.Point();
        if (before == 0)
            return null;
        _hasty = before - 1;
        return _hasty == 0;
    }

    internal sealed record State(int Remaining) : Standing;
}

internal sealed class BarrierTrial : Trial<BarrierTrial.State>
{
    private const int Participants = 3;

    private readonly AsyncBarrier _barrier = new(Participants);

    protected override State Initial => new(0, 0, false);

    protected override Task Wait(CancellationToken token) => _barrier.SignalAndWaitAsync(token);

    protected override object? Act(Kind kind)
    {
        _barrier.Reset();
        return null;
    }

    protected override IEnumerable<State> Next(State state, Kind kind, object? result) => [Break(state) with { IsBroken = false }];

    protected override State Join(State state, int wait) => state.IsBroken ? (State)state.With(wait, 'b')
        : state.Arrived + 1 < Participants ? (State)(state with { Arrived = state.Arrived + 1 }).With(wait, 'w')
        : (State)(state with { Arrived = 0, Phase = state.Phase + 1, Waits = state.AllAs('d') }).With(wait, 'd');

    protected override IEnumerable<State> Leave(State state, int wait) => [Break((State)state.With(wait, 'c'))];

    protected override IEnumerable<State> Refuse(State state, int wait) => [Break((State)state.With(wait, 'c'))];

    protected override bool IsEnd(State state) => (state.Phase, state.IsBroken, Participants - state.Arrived) == (_barrier.Phase, _barrier.IsBroken, _barrier.Remaining);

    private static State Break(State state) => state with { Arrived = 0, IsBroken = true, Waits = state.AllAs('b') };

    internal sealed record State(int Arrived, long Phase, bool IsBroken) : Standing;
}

internal sealed class LazyTrial : Trial<LazyTrial.State>
{
    private readonly OnFailure _onFailure;
    private readonly AsyncLazy<int> _lazy;
    private readonly List<TaskCompletionSource<int>> _works = [];
    private int _closing = 12;

    public LazyTrial(OnFailure onFailure) => _lazy = new AsyncLazy<int>(Work, _onFailure = onFailure);

    protected override State Initial => new(' ', 0, []);

    protected override Task Wait(CancellationToken token) => _lazy.GetAsync(token);

    /// <summary>Work that somebody waits for has to start, and is ended, until nobody waits.</summary>
    protected override void Close()
    {
        Schedule.Await(() => AllHaveCalled);
        while (!NobodyWaits())
        {
            Schedule.Await(() => NobodyWaits() || Running is not null);
            if (!NobodyWaits())
                Do(new Operation(Kind.End, _closing++));
        }

        bool NobodyWaits() => Waits.Values.All(static wait => wait.IsCompleted);
    }

    protected override object? Act(Kind kind)
    {
        if (kind != Kind.Reset)
            return Running is { } work && (kind == Kind.End ? work.TrySetResult(_works.Count) : work.TrySetException(new ValueFailure(_works.Count)));
        _lazy.Reset();
        return null;
    }

    protected override IEnumerable<State> Next(State state, Kind kind, object? result) =>
        kind == Kind.Reset ? [state with { Kept = ' ', Attempts = [.. state.Attempts.Select(static attempt => attempt with { IsCurrent = false })] }]
        : result is false ? state.Attempts.IsEmpty || state.Attempts[0].IsFresh ? [state] : []
        : !state.Attempts.IsEmpty ? [End(state with { Attempts = state.Attempts.RemoveAt(0), Ended = state.Ended + 1 }, state.Attempts[0], kind == Kind.Fail)] : [];

    protected override State Join(State state, int wait)
    {
        if (state.Kept != ' ')
            return (State)state.With(wait, state.Kept);
        var joined = (State)state.With(wait, 'w');
        return state.Attempts.FirstOrDefault(static attempt => attempt.IsCurrent) is { } current
            ? joined with { Attempts = state.Attempts.Replace(current, current with { Members = $"{current.Members}{wait} " }) }
            : joined with { Attempts = state.Attempts.Add(new Attempt($" {wait} ", IsCurrent: true, IsAbandoned: false, IsFresh: true)) };
    }

    protected override IEnumerable<State> Leave(State state, int wait)
    {
        var joined = state.Attempts.Single(attempt => attempt.Members.Contains($" {wait} "));
        var rest = joined with { Members = joined.Members.Replace($" {wait} ", " ") };
        var left = (State)state.With(wait, 'c');
        if (rest.Members != " ")
            return [left with { Attempts = state.Attempts.Replace(joined, rest) }];
        // Work that has not started when all have left never starts.
        var abandoned = left with { Attempts = state.Attempts.Replace(joined, rest with { IsAbandoned = true }) };
        return joined.IsFresh ? [abandoned, left with { Attempts = state.Attempts.Remove(joined) }] : [abandoned];
    }

    /// <summary>The token may have been cancelled when the call had begun: it joins, and leaves.</summary>
    protected override IEnumerable<State> Refuse(State state, int wait) => state.Kept != ' ' ? base.Refuse(state, wait) : [.. base.Refuse(state, wait), .. Leave(Join(state, wait), wait)];

    protected override bool IsEnd(State state) => char.IsUpper(state.Kept) == _lazy.HasValue;

    private TaskCompletionSource<int>? Running => _works.Count > 0 && !_works[^1].Task.IsCompleted ? _works[^1] : null;

    private State End(State state, Attempt ended, bool hasFailed)
    {
        if (ended.IsAbandoned && hasFailed)
            return ended.Members == " " ? state : state with { Attempts = state.Attempts.Insert(0, ended with { IsAbandoned = false, IsFresh = true }) };
        var how = (char)((hasFailed ? 'a' : 'A') + state.Ended);
        foreach (var member in ended.Members.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            state = (State)state.With(int.Parse(member), how);
        return ended.IsCurrent && (!hasFailed || _onFailure == OnFailure.Cache) ? state with { Kept = how } : state;
    }

    private Task<int> Work(CancellationToken token)
    {
        if (Running is not null)
            throw new InvalidOperationException("two works at once");
        _works.Add(new TaskCompletionSource<int>());
        return _works[^1].Task;
    }

    internal sealed record Attempt(string Members, bool IsCurrent, bool IsAbandoned, bool IsFresh);

    internal sealed record State(char Kept, int Ended, ImmutableList<Attempt> Attempts) : Standing
    {
        public override string ToString() => $"{Kept}{Ended}{string.Join(';', Attempts)}{Waits}{Cancelled}";
    }
}
