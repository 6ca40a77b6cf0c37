namespace Threadwise.CodeFixes;

/// <summary>What is put back changed becomes a function of what is there, which the collection runs again when somebody was faster.</summary>
internal static class RenewedValue
{
    public static Patch? For(Finding finding)
    {
        if (finding.Node is not ElementAccessExpressionSyntax item || KeyedCall.Of(item) is not { } own || KeyedCall.Of(finding.Others![0]) is not { } key
            || Write(item) is not { Parent: ExpressionStatementSyntax statement } write)
            return null;
        if (statement.FirstAncestorOrSelf<IfStatementSyntax>() is { Else: { } otherwise } test && KeyedCall.Bare(test.Condition) == finding.Others[0]
            && KeyedCall.Statements(test.Statement) is [var only] && only == statement
            && KeyedCall.Statements(otherwise.Statement) is [ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } first }] && own.IsItem(first.Left))
            return Instead(finding, test, own, Changed(finding, own, key.Found, write), First(finding, first.Right));
        if (write is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: ConditionalExpressionSyntax choice }
            && KeyedCall.Bare(choice.Condition) == finding.Others[0])
            return Instead(finding, statement, own, Changed(finding, own, key.Found, choice.WhenTrue), First(finding, choice.WhenFalse));
        return finding.Others[0] is ElementAccessExpressionSyntax && statement.Parent is BlockSyntax
            ? Instead(finding, statement, own, Changed(finding, own, null, write), $"_ => throw new {Missing(finding, item)}()") : null;
    }

    private static ExpressionSyntax? Write(ElementAccessExpressionSyntax item) =>
        item.Parent is AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax ? (ExpressionSyntax)item.Parent : null;

    /// <summary>The new value as a function of the old one; null where it cannot be written so.</summary>
    private static string? Changed(Finding finding, KeyedCall item, string? found, ExpressionSyntax change)
    {
        if (change.DescendantNodes().Any(static node => node is AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax))
            return null;
        var name = found ?? FreeName.In(Function.Around(change), "value");
        var body = change switch
        {
            PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => $"{name} {(change.IsKind(SyntaxKind.PostIncrementExpression) || change.IsKind(SyntaxKind.PreIncrementExpression) ? "+" : "-")} 1",
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var value } => Reading(value),
            AssignmentExpressionSyntax { OperatorToken.Text: var sign, Right: var value } => $"{name} {sign.TrimEnd('=')} {Operand(value)}",
            _ => Reading(change),
        };
        return body is null ? null : $"(_, {name}) => {body}";

        string? Reading(ExpressionSyntax value) =>
            value.ReplaceNodes(value.DescendantNodesAndSelf().Where(item.IsItem), (read, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(read)).ToString();
        string Operand(ExpressionSyntax value) =>
            value is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax ? $"({value})" : value.ToString();
    }

    private static string First(Finding finding, ExpressionSyntax value) =>
        KeyedCall.IsPlain(value) || finding.Model.GetConstantValue(value, finding.Cancel).HasValue ? value.ToString() : $"_ => {value}";

    private static string Missing(Finding finding, SyntaxNode at) =>
        finding.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.KeyNotFoundException")!.ToMinimalDisplayString(finding.Model, at.SpanStart);

    private static Patch? Instead(Finding finding, StatementSyntax statement, KeyedCall item, string? changed, string first) =>
        changed is null ? null : finding.Patch(statement, alone: true).Replace(statement.Span, $"{item.Collection}.AddOrUpdate({item.Key}, {first}, {changed});");
}
