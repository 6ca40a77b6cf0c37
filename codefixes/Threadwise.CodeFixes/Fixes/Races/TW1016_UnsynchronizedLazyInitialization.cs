using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The first object stored wins, and every thread gets that one; or there is never a second one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnsynchronizedLazyInitializationFix))]
public sealed class UnsynchronizedLazyInitializationFix() : Fix("TW1016", "Store the first one with LazyInitializer", "Make it once, by a Lazy<T>")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } field || assignment.Left != field
            || assignment.Parent is AssignmentExpressionSyntax
            || finding.Symbol(field) is not IFieldSymbol { IsVolatile: false, Type.IsReferenceType: true } || !MayBeFunction(finding, assignment.Right)
            || MayBeNull(finding, assignment.Right))
            return null;
        var name = finding.Named("System.Threading.LazyInitializer", assignment.SpanStart);
        return finding.Patch(assignment)
            .Before(assignment.SpanStart, $"{name}.EnsureInitialized(ref ")
            .Replace(Spaced(assignment), ", () => ")
            .After(assignment.Span.End, ")");
    }

    private protected override Patch? OtherFor(Finding finding) => LazyField.For(finding);

    /// <summary>The initializer throws where there is no object.</summary>
    private static bool MayBeNull(Finding finding, ExpressionSyntax value) =>
        finding.Model.GetTypeInfo(value, finding.Cancel).Nullability.FlowState == NullableFlowState.MaybeNull
        || KeyedCall.Bare(value).Kind() is SyntaxKind.AsExpression or SyntaxKind.ConditionalAccessExpression or SyntaxKind.NullLiteralExpression
            or SyntaxKind.DefaultLiteralExpression or SyntaxKind.SuppressNullableWarningExpression;

    /// <summary>The operator with the blank space around it.</summary>
    private static TextSpan Spaced(AssignmentExpressionSyntax assignment) => TextSpan.FromBounds(assignment.Left.Span.End, assignment.Right.SpanStart);

    /// <summary>What computes the value can do so in a function of its own.</summary>
    private static bool MayBeFunction(Finding finding, ExpressionSyntax value) =>
        value.DescendantNodesAndSelf().All(node => node is not (AwaitExpressionSyntax or RefExpressionSyntax or DeclarationExpressionSyntax or ThrowExpressionSyntax)
        && (node is not IdentifierNameSyntax || finding.Symbol(node) is not (IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true })));
}
