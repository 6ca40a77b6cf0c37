namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>A few real threads of which one moves at a time: the one that has the baton. It passes it on wherever it says <see cref="Point"/> or waits.</summary>
internal sealed class Schedule : IDisposable
{
    [ThreadStatic]
    private static Runner? t_me;

    private readonly SemaphoreSlim _back = new(0);
    private readonly Runner[] _all;
    private bool _isAbandoned;

    private Schedule(IReadOnlyList<Action> threads) => _all = [.. threads.Select((body, id) => new Runner(this, (char)('0' + id), body))];

    /// <summary>Any other thread may go on here.</summary>
    public static void Point() => Await(static () => true);

    /// <summary>Goes on only when the condition is true. It is asked by a thread that holds nothing, any number of times, and must change nothing.</summary>
    public static void Await(Func<bool> condition) => t_me?.Rest(condition);

    /// <summary>Runs the threads as the prefix says, then each as far as it gets.</summary>
    public static Trace Run(Model model, string prefix)
    {
        using var schedule = new Schedule(model.Threads);
        var steps = new List<Step>();
        var last = '\0';
        while (schedule.Ready() is { Length: > 0 } ready)
        {
            var next = steps.Count < prefix.Length ? prefix[steps.Count] : ready.Contains(last) ? last : ready[0];
            steps.Add(new Step(next, ready, last));
            schedule.Move(last = next);
        }

        var stuck = string.Concat(schedule._all.Where(runner => !runner.IsOver).Select(runner => runner.Id));
        schedule.Abandon();
        var thrown = schedule._all.Select(runner => runner.Thrown).FirstOrDefault(exception => exception is not null);
        return new Trace(steps, stuck.Length > 0 ? $"threads {stuck} wait for ever" : thrown is not null ? thrown.ToString() : model.Holds() ? null : "the outcome is wrong");
    }

    public void Dispose()
    {
        foreach (var runner in _all)
            runner.Dispose();
        _back.Dispose();
    }

    private string Ready() => string.Concat(_all.Where(runner => runner.MayMove).Select(runner => runner.Id));

    private void Move(char id)
    {
        _all[id - '0'].Go();
        _back.Wait();
    }

    /// <summary>Whoever is stuck leaves by an exception, so that its locks are given back.</summary>
    private void Abandon()
    {
        _isAbandoned = true;
        foreach (var runner in _all.Where(runner => !runner.IsOver))
            Move(runner.Id);
    }

    private sealed class Runner : IDisposable
    {
        private readonly SemaphoreSlim _go = new(0);
        private readonly Schedule _schedule;
        private readonly Thread _thread;
        private Func<bool> _condition = static () => true;

        public Runner(Schedule schedule, char id, Action body)
        {
            (_schedule, Id) = (schedule, id);
            _thread = new Thread(() => Live(body), maxStackSize: 256 * 1024) { IsBackground = true };
            _thread.Start();
        }

        public char Id { get; }

        public bool IsOver { get; private set; }

        public Exception? Thrown { get; private set; }

        public bool MayMove => !IsOver && _condition();

        public void Go() => _go.Release();

        public void Rest(Func<bool> condition)
        {
            if (_schedule._isAbandoned)
                return;
            _condition = condition;
            _schedule._back.Release();
            _go.Wait();
            if (_schedule._isAbandoned)
                throw new OperationCanceledException("This schedule is over.");
        }

        public void Dispose()
        {
            _thread.Join();
            _go.Dispose();
        }

        private void Live(Action body)
        {
            t_me = this;
            _go.Wait();
            try
            {
                body();
            }
            catch (Exception exception)
            {
                // The way out of a schedule that is over is no failure of the model.
                Thrown = _schedule._isAbandoned ? null : exception;
            }

            IsOver = true;
            _schedule._back.Release();
        }
    }
}

/// <summary>What a few threads do to a state of their own, and whether the state is right when all are done.</summary>
internal sealed record Model(params Action[] Threads)
{
    public Func<bool> Holds { get; init; } = static () => true;
}

/// <summary>One thread moves on.</summary>
/// <param name="Ready">The threads that could have.</param>
/// <param name="Last">The thread that moved before; taking the baton from it while it is ready preempts it.</param>
internal sealed record Step(char Moved, string Ready, char Last)
{
    public bool Preempts(char other) => other != Last && Ready.Contains(Last);
}

/// <summary>What happened in one schedule.</summary>
internal sealed record Trace(IReadOnlyList<Step> Steps, string? Failure)
{
    public override string ToString() => string.Concat(Steps.Select(step => step.Moved));
}
