namespace Threadwise;

/// <summary>What an interlocked operation is without being one: a read, and later a write. Mutants of the library use it, and what was guarded by a lock that they do not have.</summary>
internal static class Torn
{
    public static int CompareExchange(ref int location, int value, int comparand)
    {
        var seen = Seen(ref location);
        if (seen == comparand)
            location = value;
        return seen;
    }

    public static long CompareExchange(ref long location, long value, long comparand)
    {
        var seen = Seen(ref location);
        if (seen == comparand)
            location = value;
        return seen;
    }

    public static T CompareExchange<T>(ref T location, T value, T comparand) where T : class?
    {
        var seen = Seen(ref location);
        if (ReferenceEquals(seen, comparand))
            location = value;
        return seen;
    }

    public static T Exchange<T>(ref T location, T value)
    {
        var seen = Seen(ref location);
        location = value;
        return seen;
    }

    public static int Add(ref int location, int value) => location = Seen(ref location) + value;

    public static long Add(ref long location, long value) => location = Seen(ref location) + value;

    public static int Increment(ref int location) => Add(ref location, 1);

    public static long Increment(ref long location) => Add(ref location, 1);

    public static int Decrement(ref int location) => Add(ref location, -1);

    public static long Decrement(ref long location) => Add(ref location, -1);

    /// <summary>What was read, a moment ago.</summary>
    public static T Later<T>(T value)
    {
        Steps.Point();
        return value;
    }

    public static void Resize<T>(ref T[] array, int length)
    {
        var copy = array;
        Array.Resize(ref copy, length);
        Steps.Point();
        array = copy;
    }

    private static T Seen<T>(ref T location)
    {
        Steps.Point();
        var seen = location;
        Steps.Point();
        return seen;
    }
}

/// <summary>What a lock is without being one. Mutants of the library use it.</summary>
internal readonly ref struct Unlocked
{
    public static Unlocked Enter()
    {
        Steps.Point();
        return default;
    }

    public void Dispose() => Steps.Point();
}
