namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Another thread, which holds a lock for as long as this lives.</summary>
internal sealed class Elsewhere : IDisposable
{
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    public Elsewhere(OrderedLock held)
    {
        using var taken = new ManualResetEventSlim();
        _thread = new Thread(() =>
        {
            using (held.Enter())
            {
                taken.Set();
                _end.Wait();
            }
        });
        _thread.Start();
        taken.Wait();
    }

    /// <summary>Whether another thread finds it free.</summary>
    public static bool CanEnter(OrderedLock gate) => Run(() =>
    {
        var taken = gate.TryEnter(out var scope);
        scope.Dispose();
        return taken;
    });

    public static bool CanEnter(object gate) => Run(() =>
    {
        var taken = Monitor.TryEnter(gate);
        if (taken)
            Monitor.Exit(gate);
        return taken;
    });

    public static bool CanEnter(Lock gate) => Run(() =>
    {
        var taken = gate.TryEnter();
        if (taken)
            gate.Exit();
        return taken;
    });

    /// <summary>What another thread throws when it is interrupted as soon as it waits.</summary>
    public static Exception? Interrupted(Action wait)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Xunit.Record.Exception(wait));
        thread.Start();
        thread.Interrupt();
        thread.Join();
        return thrown;
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private static bool Run(Func<bool> ask)
    {
        var answer = false;
        var thread = new Thread(() => answer = ask());
        thread.Start();
        thread.Join();
        return answer;
    }
}
