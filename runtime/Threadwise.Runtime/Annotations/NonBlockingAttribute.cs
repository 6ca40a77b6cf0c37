namespace Threadwise;

/// <summary>The member never keeps its thread waiting, whatever its body looks like. It overrules what the analyzer infers, so it is a promise.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor)]
public sealed class NonBlockingAttribute : Attribute;
