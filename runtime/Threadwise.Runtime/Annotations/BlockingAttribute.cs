namespace Threadwise;

/// <summary>The member may keep its thread waiting: for time to pass, for other threads, or for input and output. Do not call it from async code or under a lock.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor)]
public sealed class BlockingAttribute : Attribute;
