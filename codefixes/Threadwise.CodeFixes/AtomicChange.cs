namespace Threadwise.CodeFixes;

/// <summary>All plain changes of one field by operators, written as calls that make one step of each; all of them, or none.</summary>
internal static class AtomicChange
{
    public static Patch? OfField(Finding finding) =>
        (Target(finding.Node) ?? (finding.Node is ExpressionSyntax { Parent: { } change } changed && Target(change) == changed ? changed : null)) is { } target
            && finding.Symbol(target) is IFieldSymbol field && FieldUses.Of(finding, field) is { } uses
            ? uses.Patch(finding, (use, patch) => Convert(finding, field, use, patch))
            : null;

    private static ExpressionSyntax? Target(SyntaxNode change) => change switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        PrefixUnaryExpressionSyntax prefix => prefix.Operand,
        _ => null,
    };

    /// <summary>False where the use changes the field in a way that cannot be written in one step.</summary>
    private static bool Convert(Finding finding, IFieldSymbol field, ExpressionSyntax use, Patch patch)
    {
        var change = use.Parent as ExpressionSyntax;
        if (change is null || Target(change) != use || change.IsKind(SyntaxKind.UnaryMinusExpression) || change.IsKind(SyntaxKind.LogicalNotExpression)
            || change.IsKind(SyntaxKind.BitwiseNotExpression) || change.IsKind(SyntaxKind.UnaryPlusExpression)
            || change.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            return true;
        var interlocked = finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Interlocked")?.ToMinimalDisplayString(finding.Model, use.SpanStart);
        var isStatement = IsDropped(finding, change);
        switch (change)
        {
            case PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax:
                var adds = change.IsKind(SyntaxKind.PostIncrementExpression) || change.IsKind(SyntaxKind.PreIncrementExpression);
                var undone = change is PostfixUnaryExpressionSyntax && !isStatement ? adds ? " - 1" : " + 1" : "";
                patch.Replace(change.Span, Inside(change, $"{interlocked}.{(adds ? "Increment" : "Decrement")}(ref {use})", undone));
                return IsCounted(field.Type);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression, Right: var value }:
                patch.Replace(TextSpan.FromBounds(change.SpanStart, value.SpanStart), change.Parent is ExpressionStatementSyntax
                    ? $"if ({use} == null) {interlocked}.CompareExchange(ref {use}, "
                    : $"({use} ?? {interlocked}.CompareExchange(ref {use}, ")
                    .After(change.Span.End, change.Parent is ExpressionStatementSyntax ? ", null)" : $", null) ?? {use})");
                return field.Type.IsReferenceType && !field.Type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_IDisposable);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: var value } plain:
                return Sum(finding, field, value) is { } sum ? Add(patch, plain, use, interlocked, sum.Sign, sum.Value, field) : !FieldUses.Reads(finding, field, value);
            case AssignmentExpressionSyntax { Right: var value } compound when !FieldUses.Reads(finding, field, value):
                return compound.Kind() switch
                {
                    SyntaxKind.AddAssignmentExpression => Add(patch, compound, use, interlocked, "+", value, field),
                    SyntaxKind.SubtractAssignmentExpression => Add(patch, compound, use, interlocked, "-", value, field),
                    SyntaxKind.OrAssignmentExpression when isStatement => Call(patch, compound, use, $"{interlocked}.Or", "", value),
                    SyntaxKind.AndAssignmentExpression when isStatement => Call(patch, compound, use, $"{interlocked}.And", "", value),
                    _ => false,
                };
            default:
                return false;
        }
    }

    /// <summary>Nobody uses the value.</summary>
    public static bool IsDropped(Finding finding, ExpressionSyntax change) => change.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        ArrowExpressionClauseSyntax { Parent: { } member } => finding.Model.GetDeclaredSymbol(member, finding.Cancel) is IMethodSymbol { ReturnsVoid: true },
        LambdaExpressionSyntax lambda => finding.Symbol(lambda) is IMethodSymbol { ReturnsVoid: true },
        _ => false,
    };

    /// <summary><c>_x + y</c>: what is added to the field.</summary>
    private static (string Sign, ExpressionSyntax Value)? Sum(Finding finding, IFieldSymbol field, ExpressionSyntax value) => KeyedCall.Bare(value) switch
    {
        BinaryExpressionSyntax { OperatorToken.Text: var sign, Left: var left, Right: var right } when sign is "+" or "-" && IsField(finding, field, left)
            && !FieldUses.Reads(finding, field, right) => (sign, right),
        BinaryExpressionSyntax { OperatorToken.Text: "+", Left: var left, Right: var right } when IsField(finding, field, right)
            && !FieldUses.Reads(finding, field, left) => ("+", left),
        _ => null,
    };

    private static bool Add(Patch patch, AssignmentExpressionSyntax change, ExpressionSyntax use, string? interlocked, string sign,
        ExpressionSyntax value, IFieldSymbol field) =>
        IsCounted(field.Type) && !(sign == "-" && field.Type.SpecialType is SpecialType.System_UInt32 or SpecialType.System_UInt64)
        && Call(patch, change, use, $"{interlocked}.Add", sign == "-" ? "-" : "", value);

    /// <summary>There are calls that add to such a number.</summary>
    private static bool IsCounted(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    private static bool Call(Patch patch, AssignmentExpressionSyntax change, ExpressionSyntax use, string method, string sign, ExpressionSyntax value)
    {
        var (open, close) = sign.Length > 0
            && value is not (LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax
                or ParenthesizedExpressionSyntax) ? ("(", ")") : ("", "");
        patch.Replace(TextSpan.FromBounds(change.SpanStart, value.SpanStart), $"{method}(ref {use}, {sign}{open}");
        if (value.Span.End < change.Span.End)
            patch.Replace(TextSpan.FromBounds(value.Span.End, change.Span.End), "");
        patch.After(change.Span.End, close + ")");
        return true;
    }

    private static string Inside(ExpressionSyntax change, string call, string undone) =>
        undone.Length > 0 && change.Parent is BinaryExpressionSyntax or MemberAccessExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax
            ? $"({call}{undone})"
            : call + undone;

    private static bool IsField(Finding finding, IFieldSymbol field, SyntaxNode node) =>
        node is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            && SymbolEqualityComparer.Default.Equals(finding.Symbol(node), field);
}
