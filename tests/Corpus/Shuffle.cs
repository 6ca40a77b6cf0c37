using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Corpus;

/// <summary>Whether the findings depend on anything but the code: on the order of the files, or on which thread came first.</summary>
internal static class Shuffle
{
    /// <summary>
    /// Runs the set over a repository n times in each way and says how the runs compare; true when they are all equal.
    /// The driver hands types to its threads and results back in no order of its own, whatever the analyzer; the order of what is said of one type is the analyzer's.
    /// </summary>
    public static (bool Equal, string Text) Check(IReadOnlyList<Project> projects, AnalyzerSet set, int runs)
    {
        var random = new Random(1);
        (string Name, Func<Project, IEnumerable<string>> Run)[] ways =
        [
            ("files shuffled, threads racing, sorted", p => Inspect(p, Shuffled(p.Compilation)).Select(Rendered).Order(StringComparer.Ordinal)),
            ("files shuffled, threads racing, unsorted within each type",
                p => Inspect(p, Shuffled(p.Compilation)).OrderBy(OutermostType, StringComparer.Ordinal).Select(Rendered)),
        ];
        var results = ways.Select(way => (way.Name, Result: Compare(runs, () => [.. projects.SelectMany(way.Run)]))).ToList();
        return (results.All(r => r.Result.Equal), string.Concat(results.Select(r => $"  {r.Name}: {r.Result.Text}\n")));

        Compilation Shuffled(Compilation compilation)
        {
            var trees = compilation.SyntaxTrees.ToArray();
            random.Shuffle(trees);
            return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        }

        IEnumerable<Diagnostic> Inspect(Project project, Compilation compilation) =>
            Bench.Inspect(compilation, project, set).Diagnostics;
    }

    private static (bool Equal, string Text) Compare(int runs, Func<string[]> run)
    {
        var first = run();
        for (var i = 1; i < runs; i++)
        {
            var again = run();
            if (again.SequenceEqual(first))
                continue;

            var at = first.Zip(again).TakeWhile(pair => pair.First == pair.Second).Count();
            return (false, $"run {i + 1} DIFFERS at {at}:\n    {first.ElementAtOrDefault(at)}\n    {again.ElementAtOrDefault(at)}");
        }

        return (true, $"{first.Length} findings, equal in {runs} runs");
    }

    private static string OutermostType(Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
            return "";

        var type = tree.GetRoot().FindToken(diagnostic.Location.SourceSpan.Start).Parent?.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().LastOrDefault();
        return $"{tree.FilePath}|{type?.SpanStart:D9}";
    }

    /// <summary>Everything a diagnostic carries, so that a different counterpart or property shows too.</summary>
    private static string Rendered(Diagnostic d) =>
        $"{d} | {string.Join(", ", d.AdditionalLocations.Select(l => l.GetLineSpan()))} | {string.Join(", ", d.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))}";
}
