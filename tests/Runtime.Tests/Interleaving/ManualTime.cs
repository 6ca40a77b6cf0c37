namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>A clock that stands still until it is put forward; timers then call back on the thread that does so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    /// <summary>Timers that are set.</summary>
    public int Pending
    {
        get
        {
            lock (_timers)
                return _timers.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_timers)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + new TimeSpan(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        lock (_timers)
            _now += by;
        while (TakeDue() is { } due)
            due.Fire();
    }

    private Timer? TakeDue()
    {
        lock (_timers)
        {
            var due = _timers.Where(timer => timer.Due <= _now).MinBy(timer => timer.Due);
            if (due is null)
                return null;
            if (due.Period > TimeSpan.Zero)
                due.Due += due.Period;
            else
                _timers.Remove(due);
            return due;
        }
    }

    private sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._timers)
            {
                time._timers.Remove(this);
                (Due, Period) = (time._now + dueTime, period);
                if (dueTime != Timeout.InfiniteTimeSpan)
                    time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._timers)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
