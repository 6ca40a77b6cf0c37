using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The value is taken out in one step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NonAtomicExchangeFix))]
public sealed class NonAtomicExchangeFix() : Fix("TW1038", "Take it with Interlocked.Exchange")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax { Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax clear } } field
            || finding.Symbol(field) is not IFieldSymbol { IsVolatile: false, IsReadOnly: false } symbol
            || clear.Parent is not BlockSyntax { Statements: [ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var used, Name: var member }, ArgumentList: var arguments } use }, _], Parent: IfStatementSyntax { Else: null } branch }
            || !IsField(used) || !branch.Condition.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(IsField)
            || branch.Condition is not (BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax)
            || use.ArgumentList.DescendantNodes().OfType<ExpressionSyntax>().Any(IsField))
            return null;
        var name = finding.Model.LookupNamespacesAndTypes(branch.SpanStart, name: "Interlocked").IsEmpty ? "System.Threading.Interlocked" : "Interlocked";
        return finding.Patch(branch, alone: true).Replace(branch.Span, $"{name}.Exchange(ref {field}, null)?.{member}{arguments};");

        bool IsField(ExpressionSyntax expression) => SymbolEqualityComparer.Default.Equals(finding.Symbol(expression), symbol);
    }
}
