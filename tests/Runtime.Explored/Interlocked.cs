namespace Threadwise;

/// <summary>What the library calls by this name, with a point before each.</summary>
internal static class Interlocked
{
    public static int CompareExchange(ref int location, int value, int comparand)
    {
        Steps.Fence();
        return System.Threading.Interlocked.CompareExchange(ref location, value, comparand);
    }

    public static long CompareExchange(ref long location, long value, long comparand)
    {
        Steps.Fence();
        return System.Threading.Interlocked.CompareExchange(ref location, value, comparand);
    }

    public static T CompareExchange<T>(ref T location, T value, T comparand) where T : class?
    {
        Steps.Fence();
        return System.Threading.Interlocked.CompareExchange(ref location, value, comparand);
    }

    public static int Exchange(ref int location, int value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Exchange(ref location, value);
    }

    public static long Exchange(ref long location, long value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Exchange(ref location, value);
    }

    public static T Exchange<T>(ref T location, T value) where T : class?
    {
        Steps.Fence();
        return System.Threading.Interlocked.Exchange(ref location, value);
    }

    public static int Add(ref int location, int value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Add(ref location, value);
    }

    public static long Add(ref long location, long value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Add(ref location, value);
    }

    public static int Increment(ref int location) => Add(ref location, 1);

    public static long Increment(ref long location) => Add(ref location, 1);

    public static int Decrement(ref int location) => Add(ref location, -1);

    public static long Decrement(ref long location) => Add(ref location, -1);

    public static int Or(ref int location, int value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Or(ref location, value);
    }

    public static int And(ref int location, int value)
    {
        Steps.Fence();
        return System.Threading.Interlocked.And(ref location, value);
    }

    public static long Read(ref readonly long location)
    {
        Steps.Fence();
        return System.Threading.Interlocked.Read(in location);
    }

    public static void MemoryBarrier()
    {
        Steps.Fence();
        System.Threading.Interlocked.MemoryBarrier();
    }
}
