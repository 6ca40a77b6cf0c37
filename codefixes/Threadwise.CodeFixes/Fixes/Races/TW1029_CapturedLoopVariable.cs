using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The work captures a copy that belongs to its round.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CapturedLoopVariableFix))]
public sealed class CapturedLoopVariableFix() : Fix("TW1029", "Capture a copy")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not IdentifierNameSyntax name || finding.Symbol(name) is not ILocalSymbol { DeclaringSyntaxReferences: [var declared] } variable
            || declared.GetSyntax(finding.Cancel).FirstAncestorOrSelf<ForStatementSyntax>() is not { } loop || Outermost(name, loop) is not { } function
            || function.FirstAncestorOrSelf<StatementSyntax>(node => node != function) is not { } statement || !loop.Statement.Span.Contains(statement.Span))
            return null;
        var copy = Copy(finding, variable, loop);
        var patch = finding.Patch(statement);
        foreach (var use in statement.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(use => use.Identifier.ValueText == variable.Name && Outermost(use, loop) is { } inner && statement.Span.Contains(inner.Span)
                && SymbolEqualityComparer.Default.Equals(finding.Symbol(use), variable)))
            if (IsWritten(use))
                return null;
            else
                patch.Replace(use.Span, copy);
        return Declared(finding, patch, statement, loop, $"var {copy} = {variable.Name};");
    }

    /// <summary>The function around the name that is itself not inside another one of the loop.</summary>
    private static SyntaxNode? Outermost(SyntaxNode name, ForStatementSyntax loop) =>
        name.Ancestors().TakeWhile(node => node != loop).LastOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static string Copy(Finding finding, ILocalSymbol variable, ForStatementSyntax loop)
    {
        var taken = new HashSet<string>(loop.DescendantTokens().Select(token => token.ValueText)
            .Concat(finding.Model.LookupSymbols(loop.SpanStart).Select(symbol => symbol.Name)), StringComparer.Ordinal);
        var name = variable.Name + "Copy";
        for (var i = 2; taken.Contains(name); i++)
            name = variable.Name + "Copy" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }

    private static bool IsWritten(IdentifierNameSyntax use) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == use,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => true,
        _ => false,
    };

    /// <summary>The declaration before the statement, in a block of its own where there is none.</summary>
    private static Patch? Declared(Finding finding, Patch patch, StatementSyntax statement, ForStatementSyntax loop, string declaration)
    {
        var layout = finding.Layout;
        var first = statement.GetFirstToken();
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax)
            return patch.Before(statement.SpanStart, declaration + (layout.StartsLine(first) ? layout.NewLine + layout.Indentation(statement.SpanStart) : " "));
        if (statement != loop.Statement)
            return null;
        if (!layout.StartsLine(first) || !layout.StartsLine(loop.ForKeyword) || !layout.EndsLine(statement.GetLastToken()))
            return patch.Before(statement.SpanStart, $"{{ {declaration} ").After(statement.Span.End, " }");
        var indentation = layout.Indentation(loop.SpanStart);
        return patch.After(layout.EndOfHead(loop.CloseParenToken), layout.OpenBrace(indentation))
            .Before(statement.SpanStart, declaration + layout.NewLine + layout.Indentation(statement.SpanStart))
            .After(Layout.EndOfLine(statement.GetLastToken()), layout.NewLine + indentation + "}");
    }
}
