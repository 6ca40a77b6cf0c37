namespace Threadwise;

/// <summary>Where a thread of the explored library lets others go first. The tests say how; until they do, nobody waits but for a condition.</summary>
public static class Steps
{
    /// <summary>Any other thread may go on here.</summary>
    public static Action Point { get; set; } = static () => { };

    /// <summary>Whether the calling thread is one that others are let go first for.</summary>
    public static Func<bool> IsHere { get; set; } = static () => false;

    /// <summary>Goes on when the condition is true.</summary>
    public static Action<Func<bool>> Await { get; set; } = static condition => System.Threading.SpinWait.SpinUntil(condition);

    /// <summary>Lets every other thread go first that can.</summary>
    public static Action Yield { get; set; } = static () => Thread.Yield();

    /// <summary>Another thread begins.</summary>
    public static Action<Action> Fork { get; set; } = static body => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), body);

    /// <summary>Any other thread may go on here, and what it wrote is seen from now on.</summary>
    internal static void Fence()
    {
        Point();
        Plain.Forget();
    }
}
