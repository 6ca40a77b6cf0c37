namespace Threadwise;

/// <summary>Instances of the type may be used by several threads at once. Its own code is checked against that promise, and users need no lock.</summary>
/// <remarks>Derived types make the promise anew.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class ThreadSafeAttribute : Attribute;
