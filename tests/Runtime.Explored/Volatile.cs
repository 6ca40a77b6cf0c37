namespace Threadwise;

/// <summary>What the library calls by this name, with a point before each.</summary>
internal static class Volatile
{
    public static bool Read(ref readonly bool location)
    {
        Steps.Acquire();
        return System.Threading.Volatile.Read(in location);
    }

    public static int Read(ref readonly int location)
    {
        Steps.Acquire();
        return System.Threading.Volatile.Read(in location);
    }

    public static long Read(ref readonly long location)
    {
        Steps.Acquire();
        return System.Threading.Volatile.Read(in location);
    }

    public static double Read(ref readonly double location)
    {
        Steps.Acquire();
        return System.Threading.Volatile.Read(in location);
    }

    public static T Read<T>(ref readonly T location) where T : class?
    {
        Steps.Acquire();
        return System.Threading.Volatile.Read(in location);
    }

    public static void Write(ref bool location, bool value)
    {
        Steps.Release();
        System.Threading.Volatile.Write(ref location, value);
    }

    public static void Write(ref int location, int value)
    {
        Steps.Release();
        System.Threading.Volatile.Write(ref location, value);
    }

    public static void Write(ref long location, long value)
    {
        Steps.Release();
        System.Threading.Volatile.Write(ref location, value);
    }

    public static void Write(ref double location, double value)
    {
        Steps.Release();
        System.Threading.Volatile.Write(ref location, value);
    }

    public static void Write<T>(ref T location, T value) where T : class?
    {
        Steps.Release();
        System.Threading.Volatile.Write(ref location, value);
    }
}
