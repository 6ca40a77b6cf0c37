using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What a volatile read or write is without being volatile. Mutants of the library use it.</summary>
/// <remarks>
/// A read may be answered by what was read there before, as long as nothing on the thread's way forbids that: a compiler may keep the value. A write may come to be seen later than
/// those after it, until the thread publishes what it has written: by an interlocked operation, a volatile write, the end of a lock. A number of 64 bits may be read and written in
/// halves, as on machines of 32 bits.
/// </remarks>
public static class Plain
{
    [ThreadStatic]
    private static Dictionary<nint, object?>? t_seen;

    /// <summary>What the thread has written and others do not see yet: each takes it from memory and puts it back.</summary>
    [ThreadStatic]
    private static List<Action>? t_hidden;

    /// <summary>A thread of a model begins: of what the one before it has read and written here it knows nothing.</summary>
    public static void Begin()
    {
        Forget();
        Publish();
    }

    /// <summary>Others move now, who do not see what this thread has not published.</summary>
    public static void Leave()
    {
        for (var i = (t_hidden?.Count ?? 0) - 1; i >= 0; i--)
            t_hidden![i]();
    }

    /// <summary>This thread moves again, and sees what it has written.</summary>
    public static void Return() => t_hidden?.ForEach(static swap => swap());

    /// <summary>A write that others see when the thread publishes it, or is over. The thread itself sees it at once.</summary>
    public static T Later<T>(Func<T> read, Action<T> write, T value)
    {
        var other = read();
        write(value);
        if (Steps.IsHere())
            (t_hidden ??= []).Add(() =>
            {
                var mine = read();
                write(other);
                other = mine;
            });
        return value;
    }

    /// <summary>What was written until now is there for others to see.</summary>
    public static void Publish() => t_hidden?.Clear();

    /// <summary>What is read from now on is read from memory.</summary>
    internal static void Forget() => t_seen?.Clear();

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
