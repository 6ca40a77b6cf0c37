using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>How an object is locked. The library is written over it so that tests can decide which thread goes on between any two steps; the calls cost nothing.</summary>
internal interface ILocking
{
    void Enter(object gate);

    void Exit(object gate);

    /// <summary>A number that never changes for an object, most often another for another object.</summary>
    int Hash(object gate);

    /// <summary>A number that never changes for an object, always another for another object.</summary>
    long Number(object gate);
}

/// <summary>The lock that every object has, as <c>lock</c> takes it.</summary>
internal readonly struct Monitors : ILocking
{
    public void Enter(object gate) => Monitor.Enter(gate);

    public void Exit(object gate) => Monitor.Exit(gate);

    public int Hash(object gate) => RuntimeHelpers.GetHashCode(gate);

    public long Number(object gate) => GateNumber.Of(gate);
}

#if NET9_0_OR_GREATER
/// <summary>Objects that are <see cref="Lock"/>s, as <c>lock</c> takes them.</summary>
internal readonly struct Locks : ILocking
{
    public void Enter(object gate) => Unsafe.As<Lock>(gate).Enter();

    public void Exit(object gate) => Unsafe.As<Lock>(gate).Exit();

    public int Hash(object gate) => RuntimeHelpers.GetHashCode(gate);

    public long Number(object gate) => GateNumber.Of(gate);
}
#endif

/// <summary>The place of one object among those whose hash code was once found equal to another's. It lives as long as the object.</summary>
internal sealed class GateNumber
{
    private static readonly ConditionalWeakTable<object, GateNumber> s_known = new();
    private static long s_given;

    private readonly long _value = Interlocked.Increment(ref s_given);

    public static long Of(object gate) => s_known.GetValue(gate, static _ => new GateNumber())._value;
}
