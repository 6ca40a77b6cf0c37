using Microsoft.CodeAnalysis.CSharp;

namespace Analyzers.Tests;

/// <summary>What the language of the compiler that the tests run on has.</summary>
internal static class Language
{
    /// <summary>C# 13: a lock statement over a <c>System.Threading.Lock</c> takes that.</summary>
    public static bool KnowsLock { get; } = LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() >= (LanguageVersion)1300;
}
