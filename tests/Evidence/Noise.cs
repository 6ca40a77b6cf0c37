using System.Diagnostics;

namespace Threadwise.Evidence;

/// <summary>Keeps the machine busy in bursts for as long as it lives, so that threads are interrupted at places they rarely are.</summary>
internal sealed class Noise : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Thread> _threads;

    public Noise(int seed)
    {
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Thread(() => Burst(new Random(seed + number))) { IsBackground = true })];
        _threads.ForEach(thread => thread.Start());
    }

    private void Burst(Random random)
    {
        while (!_end.IsCancellationRequested)
        {
            var busy = Stopwatch.StartNew();
            var length = random.Next(1, 4);
            while (busy.ElapsedMilliseconds < length)
                Thread.SpinWait(100);
            Thread.Sleep(random.Next(1, 6));
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _threads.ForEach(thread => thread.Join());
        _end.Dispose();
    }
}
