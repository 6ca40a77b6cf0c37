namespace Threadwise;

/// <summary>Callers hold the named lock when they enter the member, and it is still held when the member returns.</summary>
/// <param name="guard">The lock as the member's own type would write it: <c>_gate</c>, <c>this</c>, <c>Cache.Gate</c> or <c>typeof(Cache)</c>.</param>
/// <remarks>Give the attribute once per lock. Overrides and implementations inherit the demand.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor, AllowMultiple = true)]
public sealed class RequiresLockAttribute(string guard) : Attribute
{
    /// <summary>The lock, as the member's own type would write it.</summary>
    public string Guard { get; } = guard;
}
