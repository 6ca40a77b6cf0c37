namespace Threadwise;

/// <summary>The member may be touched only while the named lock is held.</summary>
/// <param name="guard">The lock: a field, property or <c>this</c> of the same type, or <c>Type.StaticField</c>.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class GuardedByAttribute(string guard) : Attribute
{
    /// <summary>The lock's name.</summary>
    public string Guard { get; } = guard;
}
