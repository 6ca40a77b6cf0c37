using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Knowledge;

/// <summary>Tables that users and packages add: additional files named <c>threadwise.*.txt</c>. What cannot be read is left out, never thrown.</summary>
internal static class UserTables
{
    /// <summary>No id is this long; a line that is comes from a file that is no table.</summary>
    private const int LongestLine = 2000;

    /// <summary>A file of another kind would report all of its lines.</summary>
    private const int MostProblems = 100;

    /// <summary>A line that is not understood, or that is about nothing.</summary>
    public readonly record struct Problem(TextSpan Span, LinePositionSpan Lines, string What);

    /// <summary>The table with the rows of these files over it. Of two files that disagree, the one whose path sorts later wins.</summary>
    public static Table Over(Table table, ImmutableArray<AdditionalText> files, CancellationToken cancel)
    {
        var mine = files.Where(file => IsTable(file.Path)).OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        return mine.Length == 0 ? table : table.With(mine.SelectMany(file => Read(file, cancel)).Select(line => line.Fact).OfType<Fact>());
    }

    public static IEnumerable<Problem> Problems(AdditionalText file, Compilation compilation, CancellationToken cancel) =>
        IsTable(file.Path)
            ? from line in Read(file, cancel)
              let what = line.Problem ?? (line.Fact is { } fact ? Unresolved(fact.Id, compilation) : null)
              where what is not null
              select new Problem(line.Span, line.Text.Lines.GetLinePositionSpan(line.Span), what)
            : Enumerable.Empty<Problem>();

    public static bool IsTable(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return name.Length >= "threadwise..txt".Length
            && name.StartsWith("threadwise.", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Every line that holds a row or should.</summary>
    private static IEnumerable<(SourceText Text, TextSpan Span, Fact? Fact, string? Problem)> Read(AdditionalText file, CancellationToken cancel)
    {
        if (file.GetText(cancel) is not { } text)
            yield break;
        var problems = 0;
        foreach (var line in text.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            var isLong = line.Span.Length > LongestLine;
            var shown = isLong ? new TextSpan(line.Start, LongestLine) : line.Span;
            var content = text.ToString(shown);
            string? problem = null;
            var fact = isLong ? null : Row.Read(content, out problem);
            if (isLong && !content.TrimStart().StartsWith("#", StringComparison.Ordinal))
                problem = "the line is too long";
            if (fact is not null || problem is not null && ++problems <= MostProblems)
                yield return (text, Trimmed(shown, content), fact, problem);
        }
    }

    private static TextSpan Trimmed(TextSpan span, string content) =>
        new(span.Start + (content.Length - content.TrimStart().Length), content.Trim().Length);

    /// <summary>One file serves many projects, most of which do not refer to all of its types: only a member that its type lacks is a mistake.</summary>
    private static string? Unresolved(string id, Compilation compilation) =>
        Ids.TypeOf(id, compilation) is { TypeKind: not TypeKind.Error } type && !Ids.Find(id, compilation).Any()
            ? $"'{Row.Short(type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat))}' has no member '{Row.Short(id.Substring(Ids.NameStart(id)))}'"
            : null;
}
