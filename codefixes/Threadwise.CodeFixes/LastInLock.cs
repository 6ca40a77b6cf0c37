namespace Threadwise.CodeFixes;

/// <summary>A statement that is the last one inside a <c>lock</c> statement, the only lock its body is known to hold there: it can leave the lock, and follow it.</summary>
internal sealed class LastInLock
{
    private readonly Finding _finding;
    private readonly BlockSyntax _block;
    private readonly StatementSyntax _statement;

    private LastInLock(Finding finding, LockStatementSyntax held, BlockSyntax block, StatementSyntax statement, ExpressionSyntax value)
    {
        (_finding, Held, _block, _statement, Value) = (finding, held, block, statement, value);
        Copies = new HeldCopies(finding, held);
    }

    public LockStatementSyntax Held { get; }

    /// <summary>What the statement evaluates, and returns or forgets.</summary>
    public ExpressionSyntax Value { get; }

    /// <summary>The lock is there for more than this statement.</summary>
    public bool HasOthers => _block.Statements.Count > 1;

    /// <summary>What it reads while the lock is held.</summary>
    public HeldCopies Copies { get; }

    /// <summary>The statement that is the finding and nothing else, if it is in such a place.</summary>
    public static LastInLock? Of(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax { Parent: LockStatementSyntax { Parent: BlockSyntax
            or SwitchSectionSyntax } held } block } statement
        && block.Statements.Last() == statement && Evaluated(statement) is { } value && IsOrContinues(finding.Node, value)
        && !block.Statements.Any(other => other is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or LocalFunctionStatementSyntax)
        && !block.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
        && !OtherLocks.MayBeHeld(finding, held, statement)
            ? new(finding, held, block, statement, value)
            : null;

    private static ExpressionSyntax? Evaluated(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax { Expression: { } returned } => returned,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
            Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var forgotten } } =>
            forgotten,
        ExpressionStatementSyntax { Expression: var evaluated } => evaluated,
        _ => null,
    };

    private static bool IsOrContinues(SyntaxNode found, ExpressionSyntax value) =>
        found == value || (value is ConditionalAccessExpressionSyntax access && access.WhenNotNull == found);

    /// <summary>Closes the lock before the statement, after copies of what it read there.</summary>
    public Patch? Out()
    {
        var patch = _finding.Patch(Held, alone: true);
        var line = StartsLine(Held.LockKeyword) ? NewLine + _finding.Layout.Indentation(Held.SpanStart) : " ";
        var hoisted = !HasOthers ? (Copies.IsEmpty ? null : "")
            : new StatementRun(_finding, _block.Statements.Take(_block.Statements.Count - 1).ToList()).Declare(patch, line);
        if (hoisted is null)
            return null;
        patch.Before(Held.SpanStart, hoisted + string.Concat(Copies.All.Select(copy => $"{copy.Type} {copy.Name};{line}")));
        return IsOnOneLine ? Inline(patch) : HasOwnLines ? Lines(patch) : null;
    }

    private SyntaxToken First => _statement.GetFirstToken();

    private SyntaxToken Last => _statement.GetLastToken();

    private string NewLine => _finding.Layout.NewLine;

    private bool IsOnOneLine => !StartsLine(First) && !StartsLine(_block.CloseBraceToken);

    private bool HasOwnLines => StartsLine(First) && StartsLine(_block.CloseBraceToken) && _finding.Layout.EndsLine(Last);

    private bool StartsLine(SyntaxToken token) => _finding.Layout.StartsLine(token);

    private static bool HasRemark(SyntaxToken token) => Layout.EndOfLine(token) > token.Span.End;

    private Patch? Inline(Patch patch)
    {
        var copied = string.Concat(Copies.All.Select(copy => $"{copy.Name} = {copy.Of}; "));
        patch.Before(First.SpanStart, copied + "} ").Replace(TextSpan.FromBounds(Last.Span.End, _block.CloseBraceToken.Span.End), "");
        return _statement.ToString().Contains('\n') ? null : Renamed(patch);
    }

    private Patch? Lines(Patch patch)
    {
        var (inside, outside) = (_finding.Layout.Indentation(First.SpanStart), _finding.Layout.Indentation(_block.CloseBraceToken.SpanStart));
        if (inside.Length <= outside.Length || !inside.StartsWith(outside, StringComparison.Ordinal) || HasRemark(Last) && HasRemark(_block.CloseBraceToken))
            return null;
        var before = First.GetPreviousToken();
        patch.Replace(TextSpan.FromBounds(Layout.EndOfLine(Last), _block.CloseBraceToken.Span.End), "");
        if (Copies.All.Any(copy => copy.Of.ToString().Contains('\n')))
            return Copies.All is [var work] && work.Of.SpanStart == First.SpanStart ? Split(patch, work, outside) : null;
        var copied = string.Concat(Copies.All.Select(copy => $"{NewLine}{inside}{copy.Name} = {copy.Of};"));
        patch.After(Layout.EndOfLine(before), $"{copied}{NewLine}{outside}}}");
        return Outdent.Lines(_finding, patch, TextSpan.FromBounds(First.FullSpan.Start, Last.Span.End), outside, inside.Substring(outside.Length))
            ? Renamed(patch)
            : null;
    }

    /// <summary>What starts the work, over several lines, stays where it is; only the wait for it moves.</summary>
    private Patch? Split(Patch patch, HeldCopy work, string outside)
    {
        var rest = TextSpan.FromBounds(work.Of.Span.End, Last.Span.End);
        var wait = _finding.Root.SyntaxTree.GetText(_finding.Cancel).ToString(rest);
        return wait.Contains('\n') ? null
            : patch.Before(work.Of.SpanStart, work.Name + " = ").Replace(rest, $";{NewLine}{outside}}}{NewLine}{outside}{work.Name}{wait}");
    }

    private Patch Renamed(Patch patch)
    {
        foreach (var (use, name) in Copies.Uses)
            patch.Replace(use.Span, name);
        return patch;
    }
}
