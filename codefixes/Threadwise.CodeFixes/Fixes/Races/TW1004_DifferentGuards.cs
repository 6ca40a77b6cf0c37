using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The lock that most code takes is taken here too, in place of the other one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DifferentGuardsFix))]
public sealed class DifferentGuardsFix() : Fix("TW1004", "Take the lock that guards it elsewhere")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding is not { Node: ExpressionSyntax access } || finding["guard"] is not { } guard || finding["kind"] is not ("monitor" or "lock")
            || finding.Symbol(access) is not { } state)
            return null;
        var locks = access.Ancestors().TakeWhile(node => !Function.Is(node)).OfType<LockStatementSyntax>().ToList();
        return locks is [var taken] && finding.Model.GetTypeInfo(taken.Expression, finding.Cancel).Type is { } type && Takes(finding, taken, guard, type)
            && OneState.IsAll(finding, taken.Statement, state)
            ? finding.Patch(taken).Replace(taken.Expression.Span, guard)
            : null;
    }

    /// <summary>The guard is there under this name, and a <c>lock</c> statement takes it the same way.</summary>
    private static bool Takes(Finding finding, LockStatementSyntax taken, string guard, ITypeSymbol type) =>
        SyntaxFactory.ParseExpression(guard) is var expression && LockBlock.Takes(finding, taken.SpanStart, expression)
        && finding.Model.GetSpeculativeTypeInfo(taken.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type is { } other
        && SymbolEqualityComparer.Default.Equals(type, other);
}
