using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Two lock statements, one directly inside the other, exchange their locks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOrderInversionFix))]
public sealed class LockOrderInversionFix() : Fix("TW2001", "Take the two locks in the other order")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["swap"] != "true" || finding.Node.FirstAncestorOrSelf<LockStatementSyntax>() is not { } inner || inner.Expression.Span != finding.Node.Span
            || LockBlock.Holder(inner) is not { } outer || !IsPlain(inner.Expression) || !IsPlain(outer.Expression))
            return null;
        return finding.Patch(outer, alone: true)
            .Replace(outer.Expression.Span, inner.Expression.ToString())
            .Replace(inner.Expression.Span, outer.Expression.ToString());
    }

    /// <summary>Names the same object whenever it is evaluated.</summary>
    private static bool IsPlain(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf()
            .All(node => node is TypeSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax or TypeOfExpressionSyntax);
}
