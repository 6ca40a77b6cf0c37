namespace Threadwise.Testing;

/// <summary>A source under test did not behave as its marks say.</summary>
public sealed class VerifyException(string message) : Exception(message);
