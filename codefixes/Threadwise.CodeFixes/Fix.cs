using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes;

/// <summary>A fix for one rule. The concrete shape is filled in by the fixes themselves.</summary>
public abstract class Fix : CodeFixProvider
{
}
