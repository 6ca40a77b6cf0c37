using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Two lock statements, one directly inside the other, become a using statement over a set of both locks, where the runtime library is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnorderedInstanceLocksFix))]
public sealed class UnorderedInstanceLocksFix() : Fix("TW2003", "Take both locks by LockSet")
{
    /// <summary>The first language in which a scope that lives on the stack may be used in async methods and iterators. The name is newer than the compiler.</summary>
    private const LanguageVersion KnowsScopesEverywhere = (LanguageVersion)1300;

    private protected override Patch? For(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<LockStatementSyntax>() is not { } inner || inner.Expression.Span != finding.Node.Span
            || LockBlock.Holder(inner) is not { } outer
            || finding.Model.Compilation.GetTypeByMetadataName("Threadwise.LockSet") is not { DeclaredAccessibility: Accessibility.Public } set
            || outer.DescendantTrivia().Any(StatementRun.IsConditional) || !AreAlike(finding, outer, inner) || !MayEnter(finding, inner)
            || !IsSettled(finding, inner.Expression))
            return null;
        var head = $"using ({set.ToMinimalDisplayString(finding.Model, outer.SpanStart)}.Enter({outer.Expression}, {inner.Expression}))";
        var patch = finding.Patch(outer, alone: true);
        return outer.Statement is BlockSyntax && Unwrap(finding, patch, inner)
            ? patch.Replace(outer.LockKeyword, outer.CloseParenToken, head)
            : Merge(finding, finding.Patch(outer, alone: true).Replace(outer.LockKeyword, inner.CloseParenToken, head), outer, inner);
    }

    /// <summary>Both take what every object has, or both a lock of the newer kind.</summary>
    private static bool AreAlike(Finding finding, LockStatementSyntax outer, LockStatementSyntax inner) =>
        LockBlock.Takes(finding, outer.SpanStart, outer.Expression) && LockBlock.Takes(finding, outer.SpanStart, inner.Expression)
        && finding.Facts.IsTakenByStatement(finding.Model.GetTypeInfo(outer.Expression,
            finding.Cancel).Type) == finding.Facts.IsTakenByStatement(finding.Model.GetTypeInfo(inner.Expression, finding.Cancel).Type);

    private static bool MayEnter(Finding finding, LockStatementSyntax inner)
    {
        var function = Function.Around(inner);
        var iterates = Function.Nodes(function).Any(node => node is YieldStatementSyntax);
        return (!iterates && finding.Model.GetEnclosingSymbol(inner.SpanStart, finding.Cancel) is not IMethodSymbol { IsAsync: true })
            || (finding.Speaks(KnowsScopesEverywhere) && !Function.Nodes(inner.Statement).Any(node => node is YieldStatementSyntax));
    }

    /// <summary>Names the same object before the first lock is taken as after it: nobody can replace it.</summary>
    private static bool IsSettled(Finding finding, ExpressionSyntax expression) => expression switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => IsSettled(finding, inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner => IsSettled(finding, inner.Operand),
        IdentifierNameSyntax when finding.Symbol(expression) is IParameterSymbol parameter => !MayBeReplaced(finding, parameter, expression),
        IdentifierNameSyntax => IsSettled(finding.Symbol(expression)),
        MemberAccessExpressionSyntax access =>
            IsSettled(finding.Symbol(access)) && (finding.Symbol(access.Expression) is ITypeSymbol or INamespaceSymbol || IsSettled(finding, access.Expression)),
        _ => false,
    };

    private static bool IsSettled(ISymbol? member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol { SetMethod: null, IsVirtual: false, IsOverride: false, IsAbstract: false } property =>
            property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)),
        _ => false,
    };

    /// <summary>Lives beyond the call, or in a lambda too while somebody assigns to it.</summary>
    private static bool MayBeReplaced(Finding finding, IParameterSymbol parameter, SyntaxNode use) =>
        parameter.RefKind != RefKind.None || parameter.ContainingSymbol is not IMethodSymbol { MethodKind: not MethodKind.Constructor }
        || use.Ancestors().OfType<BlockSyntax>().LastOrDefault() is not { } body || finding.Model.AnalyzeDataFlow(body) is not { Succeeded: true } flow
        || (flow.Captured.Contains(parameter) && flow.WrittenInside.Contains(parameter));

    /// <summary>The inner statement's head and braces go, with their lines; what they held moves one step out.</summary>
    private static bool Unwrap(Finding finding, Patch patch, LockStatementSyntax inner)
    {
        var layout = finding.Layout;
        if (!layout.StartsLine(inner.LockKeyword) || !layout.EndsLine(inner.GetLastToken()))
            return false;
        var (first, end) = (inner.Statement.GetFirstToken(), inner.Span.End);
        var head = inner.CloseParenToken;
        if (inner.Statement is BlockSyntax { CloseBraceToken: var close })
        {
            if (!layout.EndsLine(first) || !layout.StartsLine(close))
                return false;
            if (layout.StartsLine(first))
                Remove(layout, patch, first, first);
            else
                head = first;
            Remove(layout, patch, close, close);
            end = layout.StartOfLine(close);
        }
        else if (!layout.StartsLine(first))
            return false;

        Remove(layout, patch, inner.LockKeyword, head);
        return Outdent.Lines(finding, patch, TextSpan.FromBounds(inner.Statement is BlockSyntax ? first.FullSpan.End : head.FullSpan.End, end),
            layout.Indentation(inner.SpanStart), layout.Step(inner));
    }

    /// <summary>The tokens of a line, with the line where no comment stands behind them.</summary>
    private static void Remove(Layout layout, Patch patch, SyntaxToken first, SyntaxToken last)
    {
        var comment = last.TrailingTrivia.FirstOrDefault(trivia => !Layout.IsBlank(trivia));
        patch.Replace(comment.RawKind == 0
            ? TextSpan.FromBounds(layout.StartOfLine(first), last.FullSpan.End)
            : TextSpan.FromBounds(first.SpanStart, comment.SpanStart), "");
    }

    /// <summary>What the inner statement held stands behind the new head as it is; the outer braces go.</summary>
    private static Patch? Merge(Finding finding, Patch patch, LockStatementSyntax outer, LockStatementSyntax inner)
    {
        if (outer.Statement is BlockSyntax { CloseBraceToken: var close })
            return patch.Replace(close.GetPreviousToken(), close, close, "");
        var (layout, indentation, deeper) = (finding.Layout, finding.Layout.Indentation(outer.SpanStart), finding.Layout.Indentation(inner.SpanStart));
        return !layout.StartsLine(inner.LockKeyword) || deeper == indentation || !deeper.StartsWith(indentation, StringComparison.Ordinal)
            || Outdent.Lines(finding, patch, TextSpan.FromBounds(inner.CloseParenToken.Span.End, inner.Span.End), indentation, deeper.Substring(indentation.Length))
                ? patch
                : null;
    }
}
