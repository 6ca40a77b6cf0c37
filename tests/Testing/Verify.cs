using System.Collections.Immutable;
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
        public async Task Fires(params string[] marked)
        {
            if (Read(marked, AdditionalFiles).Values.All(file => file.Marks.Count == 0))
                throw new VerifyException("Nothing is marked; a source without findings belongs to Silent.");
            await Matches(marked);
        }

        /// <summary>Compiler errors may be marked, findings may not.</summary>
        public async Task Silent(params string[] sources)
        {
            if (Read(sources, AdditionalFiles).Values.Any(file => file.Marks.Any(mark => mark.Id?.StartsWith("CS", StringComparison.Ordinal) != true)))
                throw new VerifyException("A finding is marked; a source with findings belongs to Fires.");
            await Matches(sources);
        }

        public Task Fixes<TFix>(string marked, string @fixed) where TFix : CodeFixProvider, new() => Fixes<TFix>([marked], [@fixed]);

        public async Task Fixes<TFix>(string[] marked, string[] @fixed) where TFix : CodeFixProvider, new()
        {
            if (marked.Length != @fixed.Length)
                throw new VerifyException($"{marked.Length} files before, {@fixed.Length} after.");
            await Fires(marked);
            await Run<TFix>(marked, @fixed).Check();
        }

        public async Task NoFix<TFix>(params string[] marked) where TFix : CodeFixProvider, new()
        {
            await Fires(marked);
            await Run<TFix>(marked, marked).CheckNothingOffered();
        }

        private FixRun Run<TFix>(string[] marked, string[] @fixed) where TFix : CodeFixProvider, new() =>
            new(this, new TFix(), Rules, Read(marked, AdditionalFiles), Read(@fixed, AdditionalFiles));

        private async Task Matches(string[] marked)
        {
            var files = Read(marked, AdditionalFiles);
            var project = Project(Texts(marked), Disabled);
            new Expectation(files, Rules[0].Descriptor.Id, Messages).Compare(await Analysis.Of(project, Rules), "as written");
        }

        private static IEnumerable<KeyValuePair<string, string>> Texts(string[] sources) =>
            sources.Select((source, i) => KeyValuePair.Create(NameOf(i), Markup.Parse(source).Text));

        private static Dictionary<string, Marked> Read(string[] sources, IReadOnlyDictionary<string, string> additional) =>
            sources.Select((source, i) => KeyValuePair.Create(NameOf(i), source)).Concat(additional).ToDictionary(file => file.Key, file => Markup.Parse(file.Value));

        private static string NameOf(int index) => $"Test{index}.cs";

        private static ImmutableArray<Rule> Rules { get; } = [new TRule()];

        private static IEnumerable<string> Disabled { get; } = Rules.Select(rule => rule.Descriptor).Where(d => !d.IsEnabledByDefault).Select(d => d.Id).ToList();
    }
}
