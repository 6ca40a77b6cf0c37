using System;
using System.Linq;
using System.Threading;

/// <summary>A box for one letter, waited on until it is full; a lock of their own guards the numbers of letters put and taken.</summary>
internal sealed class Mailbox
{
    private readonly object _statistics = new();
    private readonly object _signal = new();
    private long _put;
    private long _taken;
    private int _letter;
    private bool _full;

    public int Take()
    {
        lock (_statistics)
        {
            lock (_signal)
            {
                while (!_full)
                {
                    Monitor.Wait(_signal);
                }

                _taken++;
                _full = false;
                return _letter;
            }
        }
    }

    public bool TryPut(int letter)
    {
        lock (_statistics)
        {
            lock (_signal)
            {
                if (_full)
                {
                    return false;
                }

                _put++;
                (_letter, _full) = (letter, true);
                Monitor.PulseAll(_signal);
                return true;
            }
        }
    }

    public long Count()
    {
        lock (_statistics)
        {
            return _put - _taken;
        }
    }
}

/// <summary>What the fixed form costs when nobody waits: a letter is put and taken, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Mailbox.TryPut and one of Mailbox.Take on one thread, nobody waits";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var box = new Mailbox();
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            box.TryPut(i);
            sum += box.Take();
        }

        return sum;
    }
}

/// <summary>One thread puts letters, another takes as many; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Letters = 2_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(6);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var box = new Mailbox();
        var taker = new Thread(() =>
        {
            for (var i = 0; i < Letters; i++)
            {
                box.Take();
            }
        }) { IsBackground = true };
        var putter = new Thread(() =>
        {
            for (var i = 0; i < Letters;)
            {
                i += box.TryPut(i) ? 1 : 0;
                Thread.SpinWait(random.Next(20));
            }
        }) { IsBackground = true };
        taker.Start();
        putter.Start();
        var end = DateTime.UtcNow + s_limit;
        var stuck = new[] { taker, putter }.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of 2");
    }
}
