using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every replacement of the collection by what was made of it becomes one that is made again when somebody was faster.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LostImmutableUpdateFix))]
public sealed class LostImmutableUpdateFix() : Fix("TW1012", "Replace it in one step")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is AssignmentExpressionSyntax { Left: var target } && finding.Symbol(target) is IFieldSymbol { IsVolatile: false } field
            && FieldUses.Of(finding, field) is { } uses
            ? uses.Patch(finding, (use, patch) => Convert(finding, field, use, patch))
            : null;

    private static bool Convert(Finding finding, IFieldSymbol field, ExpressionSyntax use, Patch patch)
    {
        if (use.Parent is not AssignmentExpressionSyntax { Right: var value } assignment || assignment.Left != use || !FieldUses.Reads(finding, field, value))
            return true;
        if (assignment is not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax }
            || value is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } access,
                ArgumentList.Arguments: var arguments }
            || receiver.ToString() != use.ToString() || arguments.Any(argument => FieldUses.Reads(finding, field, argument))
            || finding.Model.Compilation.GetTypeByMetadataName("System.Collections.Immutable.ImmutableInterlocked")?.ToMinimalDisplayString(finding.Model,
                use.SpanStart) is not { } interlocked)
            return false;
        var name = FreeName.In(Function.Around(value), "current");
        if (arguments.All(static argument => IsSteady(argument.Expression)))
            patch.Replace(TextSpan.FromBounds(assignment.SpanStart, access.OperatorToken.SpanStart), $"{interlocked}.Update(ref {use}, {name} => {name}")
                .After(assignment.Span.End, ")");
        else if (arguments is [{ NameColon: null } only] && FreeName.In(Function.Around(value), "item") is var item)
            patch.Replace(TextSpan.FromBounds(assignment.SpanStart, access.OperatorToken.SpanStart), $"{interlocked}.Update(ref {use}, ({name}, {item}) => {name}")
                .Before(only.SpanStart, $"{item}), ").After(assignment.Span.End, "");
        else
            return false;
        return true;
    }

    /// <summary>It has the same value, and does nothing, however often it is evaluated.</summary>
    private static bool IsSteady(ExpressionSyntax value) => value.DescendantNodesAndSelf().All(static node =>
        node is LiteralExpressionSyntax or IdentifierNameSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax or TypeSyntax or TypeArgumentListSyntax
            or LambdaExpressionSyntax or BinaryExpressionSyntax
        || node.Ancestors().Any(static outer => outer is LambdaExpressionSyntax));
}
