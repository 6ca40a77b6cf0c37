namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>A few real threads of which one moves at a time: the one that has the baton. It passes it on wherever it says <see cref="Point"/> or waits.</summary>
internal sealed class Schedule
{
    /// <summary>A thread that moves that often without an end spins.</summary>
    private const int MostSteps = 5_000;

    [ThreadStatic]
    private static Runner? t_me;

    private readonly SemaphoreSlim _over = new(0);
    private readonly List<Runner> _all = [];
    private readonly List<Step> _steps = [];
    private readonly Func<int, string, char, char> _way;
    private bool _isAsking;
    private bool _isAbandoned;
    private bool _isEndless;
    private string? _misfit;

    private Schedule(Func<int, string, char, char> way) => _way = way;

    /// <summary>What a thread does before it begins.</summary>
    public static Action Beginning { get; set; } = static () => { };

    /// <summary>What a thread does before others move, and when it moves again.</summary>
    public static (Action Before, Action After) Leaving { get; set; } = (static () => { }, static () => { });

    /// <summary>Whether the calling thread is one of a model's, and moves.</summary>
    public static bool IsHere => t_me is { Schedule._isAsking: false };

    /// <summary>Any other thread may go on here.</summary>
    public static void Point() => t_me?.Rest(null);

    /// <summary>Goes on only when the condition is true. It is asked by any thread of the model, any number of times, and must change nothing.</summary>
    public static void Await(Func<bool> condition)
    {
        if (t_me is { } me)
            me.Rest(condition);
        else
            SpinWait.SpinUntil(condition);
    }

    /// <summary>Goes on when the condition is true, or when the thread is interrupted: then that is over, and it is false.</summary>
    public static bool TryAwait(Func<bool> condition)
    {
        Await(t_me is { } me ? () => me.IsInterrupted || condition() : condition);
        var isInterrupted = t_me?.IsInterrupted == true;
        if (isInterrupted)
            t_me!.IsInterrupted = false;
        return !isInterrupted;
    }

    /// <summary>The thread of that number is to be interrupted where it waits, or in its next wait; without a number, the calling one.</summary>
    public static void Interrupt(int? thread = null)
    {
        if (t_me is { } me)
            (thread is { } number ? me.Schedule._all[number] : me).IsInterrupted = true;
    }

    /// <summary>Goes on when another thread has moved: what a thread says that spins.</summary>
    public static void Yield()
    {
        if (t_me is not { } me)
            Thread.Yield();
        else if (!me.Schedule._isAsking)
            me.Rest(me.OtherHasMoved());
    }

    /// <summary>Another thread begins; outside of a schedule, on the pool.</summary>
    public static void Fork(Action body)
    {
        if (t_me is { } me)
            me.Schedule.Begin(body);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), body);
    }

    /// <summary>One of so many ways to go on, each of which is tried.</summary>
    public static int Choose(int count) => t_me is { } me && !me.Schedule._isAsking ? me.Schedule.Chosen(count) : 0;

    /// <summary>Runs the threads as the prefix says, then each as far as it gets.</summary>
    public static Trace Run(Model model, string prefix) =>
        Run(model, (index, ready, last) => index < prefix.Length ? prefix[index] : ready.Contains(last) ? last : ready[0]);

    /// <summary>Runs the threads in any order, which the seed decides.</summary>
    public static Trace Run(Model model, Random random) => Run(model, (_, ready, _) => ready[random.Next(ready.Length)]);

    private static Trace Run(Model model, Func<int, string, char, char> way)
    {
        var schedule = new Schedule(way);
        foreach (var body in model.Threads)
            schedule.Begin(body);
        if (schedule.Next() is { } first)
        {
            first.Go();
            schedule._over.Wait();
        }

        var stuck = string.Concat(schedule._all.Where(runner => !runner.IsOver).Select(runner => runner.Id));
        schedule.Abandon();
        return new Trace(schedule._steps, schedule.Failure(stuck) ?? model.Failure());
    }

    private string? Failure(string stuck) =>
        _all.Select(runner => runner.Thrown).FirstOrDefault(exception => exception is not null) is { } thrown ? thrown.ToString()
        : _misfit ?? (_isEndless ? $"threads {stuck} spin for ever"
        : stuck.Length > 0 ? $"threads {stuck} wait for ever" : null);

    private void Begin(Action body) => _all.Add(new Runner(this, (char)('0' + _all.Count), body));

    /// <summary>Who moves next; nobody when all are over or stuck.</summary>
    private Runner? Next()
    {
        var ready = Ready();
        _isEndless = ready.Length > 0 && _steps.Count >= MostSteps;
        if (ready.Length == 0 || _isEndless)
            return null;
        var last = _steps.FindLast(static step => !step.IsChoice)?.Moved ?? '\0';
        var next = _way(_steps.Count, ready, last);
        if (!ready.Contains(next))
        {
            _misfit = $"this is no schedule of the model, or it does not do the same each time: after '{Trace.Of(_steps)}' {next} cannot move";
            return null;
        }

        _steps.Add(new Step(next, ready, last));
        return _all[next - '0'];
    }

    private string Ready()
    {
        _isAsking = true;
        var ready = string.Concat(_all.Where(runner => runner.MayMove).Select(runner => runner.Id));
        _isAsking = false;
        return ready;
    }

    private int Chosen(int count)
    {
        var all = string.Concat(Enumerable.Range(0, count).Select(static choice => (char)('0' + choice)));
        var chosen = _way(_steps.Count, all, all[0]);
        _steps.Add(new Step(chosen, all, '\0') { IsChoice = true });
        return chosen - '0';
    }

    /// <summary>Whoever is stuck leaves by an exception, so that its locks are given back.</summary>
    private void Abandon()
    {
        _isAbandoned = true;
        for (var i = 0; i < _all.Count; i++)
            if (!_all[i].IsOver)
            {
                _all[i].Go();
                _over.Wait();
            }
    }

    /// <summary>One thread of a model, on a real thread that it leaves to others when it is over.</summary>
    private sealed class Runner(Schedule schedule, char id, Action body)
    {
        private readonly Carrier _carrier = Carrier.Rent();
        private Func<bool>? _condition;
        private bool _isBegun;

        public Schedule Schedule => schedule;

        public char Id => id;

        public bool IsOver { get; private set; }

        public Exception? Thrown { get; private set; }

        /// <summary>Whether it is to leave its next wait by an exception.</summary>
        public bool IsInterrupted { get; set; }

        public bool MayMove
        {
            get
            {
                try
                {
                    return !IsOver && (_condition is null || _condition());
                }
                catch (Exception exception)
                {
                    // What it waits for cannot be asked any more.
                    Thrown = exception;
                    return false;
                }
            }
        }

        public void Go()
        {
            if (_isBegun)
                _carrier.Go();
            else
                _carrier.Go(Live);
            _isBegun = true;
        }

        public Func<bool> OtherHasMoved()
        {
            var seen = schedule._steps.Count;
            return () => schedule._all.All(runner => runner == this || runner.IsOver) || schedule._steps.Skip(seen).Any(step => step.Moved != id);
        }

        public void Rest(Func<bool>? condition)
        {
            // A condition may ask the library, and what it asks may have points of its own.
            if (schedule._isAbandoned || schedule._isAsking)
                return;
            _condition = condition;
            Leaving.Before();
            var next = schedule.Next();
            if (next != this)
            {
                Pass(next);
                _carrier.Wait();
                if (schedule._isAbandoned)
                    throw new OperationCanceledException("This schedule is over.");
            }

            Leaving.After();
        }

        private void Pass(Runner? next)
        {
            if (next is null)
                schedule._over.Release();
            else
                next.Go();
        }

        private void Live()
        {
            t_me = this;
            try
            {
                Beginning();
                body();
            }
            catch (Exception exception)
            {
                // The way out of a schedule that is over is no failure of the model.
                if (!schedule._isAbandoned)
                    Thrown = exception;
            }

            t_me = null;
            IsOver = true;
            Carrier.Return(_carrier);
            Pass(schedule._isAbandoned ? null : schedule.Next());
        }
    }
}
