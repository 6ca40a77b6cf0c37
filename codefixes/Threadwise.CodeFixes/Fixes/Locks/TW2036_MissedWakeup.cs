using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>All who wait are woken beside the change; they go on when the lock is given back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissedWakeupFix))]
public sealed class MissedWakeupFix() : Fix("TW2036", "Wake all who wait")
{
    private protected override Patch? For(Finding finding)
    {
        var statement = finding.Node.FirstAncestorOrSelf<StatementSyntax>();
        while (statement is { Parent: not (BlockSyntax or SwitchSectionSyntax) } && statement.Parent is StatementSyntax or ElseClauseSyntax)
            statement = statement.Parent.FirstAncestorOrSelf<StatementSyntax>();
        if (statement?.Parent is not (BlockSyntax or SwitchSectionSyntax) || Section(finding, statement) is not { } section)
            return null;
        var monitor = finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Monitor")!.ToMinimalDisplayString(finding.Model, statement.SpanStart);
        var pulse = $"{monitor}.PulseAll({section.Expression});";
        var layout = finding.Layout;
        var patch = finding.Patch(statement);
        if (!layout.StartsLine(statement.GetFirstToken()) || !layout.EndsLine(statement.GetLastToken()))
            return IsPassed(statement) ? patch.After(statement.Span.End, " " + pulse) : patch.Before(statement.SpanStart, pulse + " ");
        var line = layout.NewLine + layout.Indentation(statement.SpanStart);
        return IsPassed(statement) ? patch.After(Layout.EndOfLine(statement.GetLastToken()), line + pulse) : patch.Before(statement.SpanStart, pulse + line);
    }

    /// <summary>Control goes on behind the statement.</summary>
    private static bool IsPassed(StatementSyntax statement) => statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax;

    /// <summary>The lock statement of this function, on the named lock, around the code.</summary>
    private static LockStatementSyntax? Section(Finding finding, SyntaxNode code) =>
        code.Ancestors().TakeWhile(ancestor => !Function.Is(ancestor)).OfType<LockStatementSyntax>()
            .FirstOrDefault(section => section.Statement.Span.Contains(code.Span) && section.Expression is not InvocationExpressionSyntax
                && LastName(section.Expression.ToString()) == LastName(finding["lock"]));

    private static string? LastName(string? path) => path?.Substring(path.LastIndexOf('.') + 1);
}
