using System;
using System.Threading;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Is to be disposed of once, when it has been written.</summary>
internal sealed class Page : IDisposable
{
    private static int s_open;
    private int _isClosed;

    public Page() => Interlocked.Increment(ref s_open);

    public static int Open => Volatile.Read(ref s_open);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Interlocked.Add(ref s_open, Effort.Elsewhere(-1, 1));
        }
    }
}

/// <summary>Keeps the last page, for any thread to write out.</summary>
[ThreadSafe]
internal sealed class Buffer
{
    private Page? _page;

    public void Put(Page page) => Interlocked.Exchange(ref _page, page)?.Dispose();

    public void Flush()
    {
        if (_page != null)
        {
            _page.Dispose();
            _page = null;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of Buffer.Flush on one thread, with nothing to write";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var buffer = new Buffer();
        for (var i = 0; i < size; i++)
        {
            buffer.Flush();
        }

        return size;
    }
}

/// <summary>One thread puts pages, the others write them out; in the end none should be open.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var buffer = new Buffer();
        var (done, failed) = Crowd.Do(100, Crowd.Seed(args), number =>
        {
            if (number == 0)
            {
                buffer.Put(new Page());
            }
            else
            {
                buffer.Flush();
            }

            Thread.Sleep(1);
        });
        buffer.Flush();
        Console.WriteLine($"OUTCOME pages-left-open-or-missed={Page.Open + failed} of {done}");
    }
}
