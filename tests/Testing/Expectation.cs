using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Testing;

/// <summary>The marks of all files of a case, compared with what was reported: same id, same file, same span.</summary>
internal sealed class Expectation(IReadOnlyDictionary<string, Marked> files, string rule, IReadOnlyList<string> messages)
{
    /// <exception cref="VerifyException">Something was expected and not reported, or reported and not expected.</exception>
    public void Compare(Analysis analysis, string when)
    {
        var expected = Expected().ToList();
        var wanted = expected.Select(e => (e.Path, e.Mark.Span, e.Id)).ToHashSet();
        var reported = analysis.Findings.Concat(analysis.Compiler.Where(d => d.Severity == DiagnosticSeverity.Error || wanted.Contains(Key(d)))).ToList();
        var report = new StringBuilder();
        foreach (var missing in Without(expected, e => (e.Path, e.Mark.Span, e.Id), reported, Key))
            Show(report, $"{missing.Id} expected here, not reported", missing.Path, missing.Mark.Span);
        foreach (var extra in Without(reported, Key, expected, e => (e.Path, e.Mark.Span, e.Id)))
            Show(report, $"{extra.Id} reported here, not expected: {extra.GetMessage()}", Analysis.PathOf(extra), extra.Location.SourceSpan);
        if (report.Length == 0)
            CompareMessages(expected, reported, report);
        if (report.Length > 0)
            throw new VerifyException($"{when}:\n{report}");
    }

    private void CompareMessages(List<(string Path, Mark Mark, string Id)> expected, List<Diagnostic> reported, StringBuilder report)
    {
        if (messages.Count == 0)
            return;
        var findings = expected.Where(e => e.Id == rule).ToList();
        var numbered = findings.Exists(e => e.Mark.Id?[0] == '#');
        for (var i = 0; i < messages.Count; i++)
        {
            var at = numbered ? findings.FindIndex(e => e.Mark.Id == "#" + i) : i < findings.Count ? i : -1;
            if (at < 0)
                throw new VerifyException($"There is no mark for message {i}: {messages[i]}");
            var actual = reported.Where(d => Key(d) == (findings[at].Path, findings[at].Mark.Span, rule)).Select(d => d.GetMessage()).ToList();
            if (!actual.Contains(messages[i]))
                Show(report, $"message {i}\n  expected: {messages[i]}\n  actual:   {string.Join("\n            ", actual)}", findings[at].Path, findings[at].Mark.Span);
        }
    }

    private IEnumerable<(string Path, Mark Mark, string Id)> Expected() =>
        from file in files
        orderby file.Key
        from mark in file.Value.Marks
        select (Case.Folder + file.Key, mark, mark.Id is null || mark.Id[0] == '#' ? rule : mark.Id);

    private static (string Path, TextSpan Span, string Id) Key(Diagnostic d) => (Analysis.PathOf(d), d.Location.SourceSpan, d.Id);

    private static IEnumerable<T> Without<T, U, K>(IEnumerable<T> all, Func<T, K> key, IEnumerable<U> taken, Func<U, K> other) where K : notnull
    {
        var left = taken.CountBy(other).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var item in all)
        {
            if (left.GetValueOrDefault(key(item)) is var count and > 0)
                left[key(item)] = count - 1;
            else
                yield return item;
        }
    }

    private void Show(StringBuilder report, string what, string path, TextSpan span)
    {
        if (!files.TryGetValue(Path.GetFileName(path), out var file) || span.End > file.Text.Length)
        {
            report.AppendLine($"{what} ({path} {span})");
            return;
        }

        var text = SourceText.From(file.Text);
        var line = text.Lines.GetLineFromPosition(span.Start);
        var column = span.Start - line.Start;
        report.AppendLine(what).AppendLine($"{Path.GetFileName(path)}({line.LineNumber + 1},{column + 1})-{span.Length}:").AppendLine("    " + line);
        report.Append(' ', 4 + column).Append('~', Math.Max(1, Math.Min(span.End, line.End) - span.Start)).AppendLine();
    }
}
