namespace Threadwise.CodeFixes;

/// <summary>How a document lays out its code: line ends, one step of indentation, where braces stand.</summary>
internal sealed class Layout(SyntaxNode root, SourceText text)
{
    /// <summary>White space and line ends; everything else must survive a fix.</summary>
    public static bool IsBlank(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    public string NewLine { get; } =
        text.Lines[0] is var line && line.EndIncludingLineBreak - line.End == 2 ? "\r\n" : "\n";

    /// <summary>What one level of nesting adds: seen at the first member of a type, else around the node.</summary>
    public string Step(SyntaxNode node) =>
        root.DescendantNodes(inside => inside is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .Where(member => member is MemberDeclarationSyntax { Parent: TypeDeclarationSyntax })
            .Concat(node.AncestorsAndSelf())
            .Select(StepInto)
            .FirstOrDefault(step => step.Length > 0)
        ?? "    ";

    private string StepInto(SyntaxNode node) =>
        node.Parent is { } outer && Indentation(node.SpanStart) is var inner && Indentation(outer.SpanStart) is var indentation
            && inner.StartsWith(indentation, StringComparison.Ordinal)
            ? inner.Substring(indentation.Length)
            : "";

    /// <summary>The white space at the start of the line.</summary>
    public string Indentation(int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    public bool StartsLine(SyntaxToken token) =>
        string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(token.SpanStart).Start, token.SpanStart)));

    /// <summary>Nothing but comments follows on the token's line.</summary>
    public bool EndsLine(SyntaxToken token) =>
        token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || token.GetNextToken().IsKind(SyntaxKind.EndOfFileToken) || token.GetNextToken().RawKind == 0;

    /// <summary>The end of the token's line, after a comment that follows it.</summary>
    public static int EndOfLine(SyntaxToken token)
    {
        var last = token.TrailingTrivia.LastOrDefault(trivia => !IsBlank(trivia));
        return last.RawKind == 0 ? token.Span.End : last.Span.End;
    }

    /// <summary>Where a block is opened whose head ends with this token: never inside a comment that follows it.</summary>
    public int EndOfHead(SyntaxToken token) => BracesOnOwnLine ? EndOfLine(token) : token.Span.End;

    public int StartOfLine(SyntaxToken token) => text.Lines.GetLineFromPosition(token.SpanStart).Start;

    /// <summary>What begins a block whose head stands at this indentation.</summary>
    public string OpenBrace(string indentation) => BracesOnOwnLine ? NewLine + indentation + "{" : " {";

    /// <summary>What follows the end of a block that goes on with another, as in <c>} finally {</c>.</summary>
    public string Continue(string indentation, string word) =>
        (BracesOnOwnLine ? NewLine + indentation : " ") + word + OpenBrace(indentation);

    private bool BracesOnOwnLine { get; } =
        root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.OpenBraceToken) && token.Parent is TypeDeclarationSyntax or BlockSyntax)
            .Select(token => (bool?)token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
            .FirstOrDefault() ?? true;
}
