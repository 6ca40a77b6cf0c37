namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>Counts who is inside what only so many may be in, and lets others go while somebody is.</summary>
internal sealed class Inside(int most = 1)
{
    private int _now;

    /// <summary>How often somebody was inside.</summary>
    public int Visits { get; private set; }

    public bool WasOverfull { get; private set; }

    public bool IsRight => !WasOverfull && _now == 0;

    public void Visit()
    {
        Enter();
        Schedule.Point();
        Leave();
    }

    public void Enter()
    {
        Visits++;
        WasOverfull |= ++_now > most;
    }

    public void Leave() => _now--;
}
