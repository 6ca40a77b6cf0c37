using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers;

namespace Threadwise.Testing;

/// <summary>Compiles sources, runs one rule and its fix on them, and compares the outcome with the marks in them.</summary>
internal static class Verify<TRule> where TRule : Rule, new()
{
    /// <param name="messages">The messages expected at the marks, in order.</param>
    public static Task Fires(string marked, params string[] messages) => new Case { Messages = messages }.Fires(marked);

    /// <summary>The same over several files, <c>Test0.cs</c>, <c>Test1.cs</c> and so on.</summary>
    public static Task Fires(string[] marked, params string[] messages) => new Case { Messages = messages }.Fires(marked);

    public static Task Silent(params string[] sources) => new Case().Silent(sources);

    /// <param name="fixed">The text after fixing; findings for which nothing is offered stay marked in it.</param>
    public static Task Fixes<TFix>(string marked, string @fixed) where TFix : CodeFixProvider, new() => new Case().Fixes<TFix>(marked, @fixed);

    public static Task Fixes<TFix>(string[] marked, string[] @fixed) where TFix : CodeFixProvider, new() => new Case().Fixes<TFix>(marked, @fixed);

    /// <summary>The rule fires, and the fix offers nothing.</summary>
    public static Task NoFix<TFix>(params string[] marked) where TFix : CodeFixProvider, new() => new Case().NoFix<TFix>(marked);

    /// <summary>The same questions, asked in surroundings of one's own.</summary>
    internal sealed class Case : Testing.Case
    {
        public Task Fires(params string[] marked) => Check().Fires(marked);

        /// <summary>Compiler errors may be marked, findings may not.</summary>
        public Task Silent(params string[] sources) => Check().Silent(sources);

        public Task Fixes<TFix>(string marked, string @fixed) where TFix : CodeFixProvider, new() => Fixes<TFix>([marked], [@fixed]);

        public Task Fixes<TFix>(string[] marked, string[] @fixed) where TFix : CodeFixProvider, new() => Check().Fixes(new TFix(), marked, @fixed);

        public Task NoFix<TFix>(params string[] marked) where TFix : CodeFixProvider, new() => Check().NoFix(new TFix(), marked);

        private Check Check() => new(this, new ThreadwiseAnalyzer([new TRule()]));
    }
}
