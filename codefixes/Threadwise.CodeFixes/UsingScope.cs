namespace Threadwise.CodeFixes;

/// <summary>A <c>using</c> of one variable, in either form, and the statements at whose end it disposes of it.</summary>
internal sealed class UsingScope
{
    private readonly StatementSyntax _scope;
    private readonly VariableDeclarationSyntax _declaration;

    private UsingScope(StatementSyntax scope, SyntaxToken await, VariableDeclarationSyntax declaration, IReadOnlyList<StatementSyntax> statements, int end) =>
        (_scope, IsAwaited, _declaration, Statements, End) = (scope, await.RawKind != 0, declaration, statements, end);

    public IReadOnlyList<StatementSyntax> Statements { get; }

    public bool IsAwaited { get; }

    /// <summary>Where it disposes of it.</summary>
    public int End { get; }

    public static UsingScope? Of(StatementSyntax scope) => scope switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } local =>
            new(scope, local.AwaitKeyword, local.Declaration, block.Statements.SkipWhile(other => other != scope).Skip(1).ToList(), block.Span.End),
        UsingStatementSyntax { Declaration: { } declaration, Statement: var body } statement =>
            new(scope, statement.AwaitKeyword, declaration, KeyedCall.Statements(body), scope.Span.End),
        _ => null,
    };

    /// <summary>The variable is an ordinary one, and work that is started here disposes of its object; null where that cannot be written.</summary>
    public Patch? Move(Finding finding, WorkCode work, string name)
    {
        var patch = new Patch(finding.Root, _scope.Parent!.Span, alone: true).Replace(TextSpan.FromBounds(_scope.SpanStart, _declaration.SpanStart), "");
        return (_scope is UsingStatementSyntax statement ? Open(finding, patch, statement) : "") is { } outdent
            ? work.Inside(patch, $"{(IsAwaited ? "await " : "")}using ({name})", outdent: outdent) : null;
    }

    /// <summary>Takes away the statement around the others; by how much their lines move out, null where they cannot.</summary>
    private string? Open(Finding finding, Patch patch, UsingStatementSyntax statement)
    {
        if (Statements.SelectMany(Names).Append(_declaration.Variables[0].Identifier.ValueText).Any(name => IsTaken(name, statement)))
            return null;
        var (layout, indentation, step) = (finding.Layout, finding.Layout.Indentation(statement.SpanStart), finding.Layout.Step(statement));
        patch.Replace(statement.CloseParenToken.Span, ";");
        if (statement.Statement is not BlockSyntax block)
            return statement.Statement.GetFirstToken() is var first && !layout.StartsLine(first) ? ""
                : Outdent.Lines(finding, patch, TextSpan.FromBounds(layout.StartOfLine(first), statement.Span.End), indentation, step) ? step : null;
        var (open, close) = (block.OpenBraceToken, block.CloseBraceToken);
        if (!layout.StartsLine(close) || !layout.EndsLine(close) || !layout.StartsLine(block.Statements[0].GetFirstToken()))
        {
            patch.Replace(TextSpan.FromBounds(statement.CloseParenToken.Span.End, open.Span.End), "")
                .Replace(TextSpan.FromBounds(block.Statements.Last().Span.End, close.Span.End), "");
            return "";
        }

        patch.Replace(layout.StartsLine(open) ? Line(finding, open) : TextSpan.FromBounds(statement.CloseParenToken.Span.End, open.Span.End), "")
            .Replace(Line(finding, close), "");
        return Outdent.Lines(finding, patch, TextSpan.FromBounds(Line(finding, open).End, Line(finding, close).Start), indentation, step) ? step : null;
    }

    private static TextSpan Line(Finding finding, SyntaxToken token) =>
        finding.Root.SyntaxTree.GetText(finding.Cancel).Lines.GetLineFromPosition(token.SpanStart).SpanIncludingLineBreak;

    private static IEnumerable<string> Names(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax local => local.Declaration.Variables.Select(static variable => variable.Identifier.ValueText),
        LocalFunctionStatementSyntax function => [function.Identifier.ValueText],
        _ => [],
    };

    /// <summary>The name means something else in the function around.</summary>
    private static bool IsTaken(string name, StatementSyntax scope) =>
        Function.Around(scope).DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && !scope.Span.Contains(token.Span));
}
