namespace Consumers;

/// <summary>A source beside .globalconfig: the compiler looks for it above the sources, not above the project.</summary>
public sealed class Here;
