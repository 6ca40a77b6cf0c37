using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

public class Spin_
{
    [Fact]
    public void Nothing_is_lost_among_real_threads()
    {
        var (gate, count) = (new Gate(), 0);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 20_000; i++)
                using (gate.Enter())
                    count++;
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(80_000, count);
    }

    [Fact]
    public void An_interrupt_waits_until_after()
    {
        var gate = new Gate();
        var (isInside, isInterrupted) = (false, false);
        var held = gate.Enter();
        var thread = new Thread(() =>
        {
            using (gate.Enter())
                isInside = true;
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        });
        thread.Start();
        thread.Interrupt();
        Thread.Sleep(20);
        Assert.False(isInside);
        held.Dispose();
        thread.Join();
        Assert.True(isInside && isInterrupted);
    }
}
