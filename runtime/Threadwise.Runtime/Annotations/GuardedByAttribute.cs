namespace Threadwise;

/// <summary>The field or property may be read or written only while the named lock is held. Constructors and initializers are exempt.</summary>
/// <param name="guard">The lock as the member's own type would write it: <c>_gate</c>, <c>this</c>, <c>_owner._gate</c>, <c>Cache.Gate</c> or <c>typeof(Cache)</c>.</param>
/// <remarks>Accessed through another instance, the lock of that instance is meant: <c>other._count</c> asks for <c>other._gate</c>.</remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class GuardedByAttribute(string guard) : Attribute
{
    /// <summary>The lock, as the member's own type would write it.</summary>
    public string Guard { get; } = guard;
}
