using System.Collections.Concurrent;

namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>A real thread that carries one thread of a model after the other: starting one costs more than most schedules.</summary>
internal sealed class Carrier
{
    private static readonly ConcurrentBag<Carrier> s_idle = [];

    private readonly SemaphoreSlim _go = new(0);
    private Action? _body;

    // What flows with the code of one model is nothing to the next.
    private Carrier() => new Thread(Live, maxStackSize: 256 * 1024) { IsBackground = true, Name = "a thread of models" }.UnsafeStart();

    public static Carrier Rent() => s_idle.TryTake(out var idle) ? idle : new Carrier();

    public static void Return(Carrier carrier) => s_idle.Add(carrier);

    public void Go(Action body)
    {
        _body = body;
        _go.Release();
    }

    public void Go() => _go.Release();

    public void Wait() => _go.Wait();

    private void Live()
    {
        while (true)
        {
            _go.Wait();
            _body!();
        }
    }
}
