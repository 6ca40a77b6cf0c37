namespace Threadwise.Analyzers;

/// <summary>One place in the code, and the questions a rule may ask about it.</summary>
internal sealed class Site
{
    public bool IsInAsyncCode => false;
}
