namespace Threadwise;

/// <summary>The member returns the named lock, so that locking its result means locking that lock.</summary>
/// <param name="name">The lock as the member's own type would write it: <c>_gate</c>, <c>this</c>, <c>Cache.Gate</c> or <c>typeof(Cache)</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class ReturnsLockAttribute(string name) : Attribute
{
    /// <summary>The lock, as the member's own type would write it.</summary>
    public string Lock { get; } = name;
}
