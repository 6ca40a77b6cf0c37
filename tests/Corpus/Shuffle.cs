using Microsoft.CodeAnalysis;

namespace Corpus;

/// <summary>Whether the findings depend on anything but the code: on the order of the files, or on which thread came first.</summary>
internal static class Shuffle
{
    /// <summary>Runs the set over a repository n times either way and says how the runs compare; true when they are all equal.</summary>
    public static (bool Equal, string Text) Check(IReadOnlyList<Project> projects, AnalyzerSet set, int runs)
    {
        var random = new Random(1);
        var shuffled = Compare(runs, () => [.. projects.SelectMany(p => Rendered(Shuffled(p.Compilation, random), p, set, concurrent: true)).Order(StringComparer.Ordinal)]);
        var parallel = Compare(runs, () => [.. projects.SelectMany(p => Rendered(p.Compilation, p, set, concurrent: true)).Order(StringComparer.Ordinal)]);
        var emitted = Compare(runs, () => [.. projects.SelectMany(p => Rendered(p.Compilation, p, set, concurrent: false))]);
        return (shuffled.Equal && parallel.Equal && emitted.Equal,
            $"  sorted, files shuffled: {shuffled.Text}\n  sorted, threads racing: {parallel.Text}\n  as emitted: {emitted.Text}");
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

    private static Compilation Shuffled(Compilation compilation, Random random)
    {
        var trees = compilation.SyntaxTrees.ToArray();
        random.Shuffle(trees);
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    /// <summary>Everything a diagnostic carries, so that a different counterpart or property shows too.</summary>
    private static IEnumerable<string> Rendered(Compilation compilation, Project project, AnalyzerSet set, bool concurrent) =>
        Bench.Inspect(compilation, project, set, concurrent).Diagnostics.Select(d =>
            $"{d} | {string.Join(", ", d.AdditionalLocations.Select(l => l.GetLineSpan()))} | {string.Join(", ", d.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))}");
}
