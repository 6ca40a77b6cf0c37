namespace Threadwise;

/// <summary>Whoever takes both this lock and the named one takes this one first.</summary>
/// <param name="other">The lock that is taken later: a member of the same type, or <c>Type.Member</c>.</param>
/// <remarks>Give the attribute once per later lock.</remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = true)]
public sealed class AcquiredBeforeAttribute(string other) : Attribute
{
    /// <summary>The lock that is taken later.</summary>
    public string Other { get; } = other;
}
