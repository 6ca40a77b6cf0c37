namespace Threadwise.CodeFixes;

/// <summary>Statements that leave a block: their lines move one step out.</summary>
internal static class Outdent
{
    /// <summary>False when some line cannot move: it begins inside a literal, or is not indented that far.</summary>
    public static bool Lines(Finding finding, Patch patch, TextSpan lines, string indentation, string step)
    {
        var text = finding.Root.SyntaxTree.GetText(finding.Cancel);
        foreach (var line in text.Lines.SkipWhile(line => line.Start < lines.Start).TakeWhile(line => line.Start < lines.End))
        {
            if (string.IsNullOrWhiteSpace(line.ToString()))
                continue;
            var token = finding.Root.FindToken(line.Start);
            if (!line.ToString().StartsWith(indentation + step, StringComparison.Ordinal) || (token.SpanStart < line.Start && line.Start < token.Span.End)
                || finding.Root.FindTrivia(line.Start) is var trivia && trivia.Span.Start < line.Start && line.Start < trivia.Span.End && !Layout.IsBlank(trivia))
                return false;
            patch.Replace(new TextSpan(line.Start + indentation.Length, step.Length), "");
        }

        return true;
    }
}
