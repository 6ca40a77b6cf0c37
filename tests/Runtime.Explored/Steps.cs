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

    /// <summary>Goes on when the condition is true, or when the thread is interrupted: then that is over, and it is false, also where it need not have waited: it might as well have had to.</summary>
    public static Func<Func<bool>, bool> TryAwait { get; set; } = static condition =>
    {
        System.Threading.SpinWait.SpinUntil(condition);
        return true;
    };

    /// <summary>The calling thread is to be interrupted in its next wait.</summary>
    public static Action Interrupt { get; set; } = static () => System.Threading.Thread.CurrentThread.Interrupt();

    /// <summary>Lets every other thread go first that can.</summary>
    public static Action Yield { get; set; } = static () => System.Threading.Thread.Yield();

    /// <summary>Another thread begins.</summary>
    public static Action<Action> Fork { get; set; } = static body => System.Threading.ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), body);

    /// <summary>Any other thread may go on here; what it wrote is seen from now on, and what this one wrote is seen by it.</summary>
    internal static void Fence()
    {
        Release();
        Plain.Forget();
    }

    /// <summary>Any other thread may go on here, and what it wrote is seen from now on.</summary>
    internal static void Acquire()
    {
        Point();
        Plain.Forget();
    }

    /// <summary>Any other thread may go on here, and sees from now on what this one wrote.</summary>
    internal static void Release()
    {
        Point();
        Plain.Publish();
    }
}
