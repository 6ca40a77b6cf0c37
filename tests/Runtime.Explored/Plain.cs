using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What a volatile read or write is without being volatile. Mutants of the library use it.</summary>
/// <remarks>
/// A read may be answered by what was read there before, as long as nothing on the thread's way forbids that: a compiler may keep the value. A number of 64 bits may be read
/// and written in halves, as on machines of 32 bits.
/// </remarks>
public static class Plain
{
    [ThreadStatic]
    private static Dictionary<nint, object?>? t_seen;

    /// <summary>What is read from now on is read from memory.</summary>
    public static void Forget() => t_seen?.Clear();

    internal static long Read(ref readonly long location) => (long)Seen(in location, static (ref readonly long whole) =>
    {
        var low = (uint)whole;
        Steps.Point();
        return whole & ~(long)uint.MaxValue | low;
    })!;

    internal static T Read<T>(ref readonly T location) => (T)Seen(in location, static (ref readonly T whole) => whole)!;

    internal static void Write(ref long location, long value)
    {
        Steps.Point();
        location = location & ~(long)uint.MaxValue | (uint)value;
        Steps.Point();
        location = location & uint.MaxValue | value & ~(long)uint.MaxValue;
    }

    internal static void Write<T>(ref T location, T value)
    {
        Steps.Point();
        location = value;
    }

    private static unsafe object? Seen<T>(ref readonly T location, Reading<T> read)
    {
        Steps.Point();
        if (!Steps.IsHere())
            return read(in location);
        var address = (nint)Unsafe.AsPointer(ref Unsafe.AsRef(in location));
        t_seen ??= [];
        if (!t_seen.TryGetValue(address, out var value))
            t_seen.Add(address, value = read(in location));
        return value;
    }

    private delegate T Reading<T>(ref readonly T location);
}
