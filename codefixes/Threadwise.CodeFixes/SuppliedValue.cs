namespace Threadwise.CodeFixes;

/// <summary>What is put in because it was not there is handed to the collection, which puts it in and says what it has.</summary>
internal static class SuppliedValue
{
    public static Patch? For(Finding finding)
    {
        if (finding.Others![0] is not InvocationExpressionSyntax query || KeyedCall.Of(query) is not { } key
            || query.FirstAncestorOrSelf<IfStatementSyntax>() is not { Else: null } test)
            return null;
        var statements = KeyedCall.Statements(test.Statement);
        if (IsNegated(test.Condition, query) && test.Span.Contains(finding.Node.Span))
            return Value(finding, key, statements) is { } put
                ? Instead(finding, test, test, put, key, IsMade(key, put, test) ? $"{key.Collection}.TryAdd({key.Key}, " : Head(finding, key, put))
                : null;
        if (KeyedCall.Bare(test.Condition) != query || statements is not [ReturnStatementSyntax { Expression: IdentifierNameSyntax returned }]
            || returned.Identifier.Text != key.Found)
            return null;
        var rest = StatementRun.Siblings(test).SkipWhile(other => other != test).Skip(1).ToList();
        return rest is [.., ReturnStatementSyntax { Expression: IdentifierNameSyntax last } end]
            && Value(finding, key, rest.GetRange(0, rest.Count - 1)) is { } stored && last.Identifier.Text == stored.Name
            ? Instead(finding, test, end, stored, key, $"return {Call(finding, key)}") : null;
    }

    private static bool IsNegated(ExpressionSyntax condition, InvocationExpressionSyntax query) =>
        KeyedCall.Bare(condition) is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand }
            && KeyedCall.Bare(operand) == query;

    /// <summary>What is put in, if the statements do nothing else, and the variable that has it afterwards.</summary>
    private static (ExpressionSyntax Value, string? Name)? Value(Finding finding, KeyedCall key, IReadOnlyList<StatementSyntax> statements) => statements switch
    {
        [var only] when Stored(finding,
            only) is { } stored => KeyedCall.Bare(stored) is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
                Left: IdentifierNameSyntax { Identifier.Text: var name }, Right: var value } ? (value, name) : (stored, key.Found is null ? null : ""),
        [ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
            Left: IdentifierNameSyntax { Identifier.Text: var name }, Right: var value } }, var put] when Stored(finding, put)?.ToString() == name =>
            (value, name),
        [LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.Text: var name, Initializer.Value: var value }] }, var put]
            when Stored(finding, put)?.ToString() == name =>
            (value, name),
        _ => null,
    };

    /// <summary>What the statement puts in, if it is the one that was found.</summary>
    private static ExpressionSyntax? Stored(Finding finding, StatementSyntax statement) => (statement as ExpressionStatementSyntax)?.Expression switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var item, Right: var value } when item == finding.Node => value,
        InvocationExpressionSyntax { ArgumentList.Arguments: [_, var value] } add when add == finding.Node => value.Expression,
        AssignmentExpressionSyntax { Right: AssignmentExpressionSyntax { Left: var item, Right: var value } } when item == finding.Node => value,
        _ => null,
    };

    /// <summary>The value is there anyway, and nobody looks at it afterwards: it does not matter whose is kept.</summary>
    private static bool IsMade(KeyedCall key, (ExpressionSyntax Value, string? Name) put, IfStatementSyntax test) =>
        key.Found is null && put.Name is null && put.Value is LiteralExpressionSyntax or IdentifierNameSyntax
        && !Function.Around(test).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.SpanStart > test.Span.End && name.Identifier.ValueText == put.Value.ToString());

    /// <summary>What stands before the value in the new statement; null where the value goes nowhere, though somebody expects it.</summary>
    private static string? Head(Finding finding, KeyedCall key, (ExpressionSyntax Value, string? Name) put) =>
        key.Found is null ? (put.Name is null ? Call(finding, key) : null)
        : put.Name != key.Found ? null
        : key.Declares is null ? $"{key.Found} = {Call(finding, key)}"
        : $"{key.Declares.TrimEnd('?')} {key.Found} = {Call(finding, key)}";

    private static string Call(Finding finding, KeyedCall key) =>
        $"{key.Collection}.{(finding.Node is InvocationExpressionSyntax added && finding.Symbol(added) is IMethodSymbol { ReturnsVoid: true } ? "GetValue" : "GetOrAdd")}({key.Key}, _ => ";

    private static Patch? Instead(Finding finding, StatementSyntax first, StatementSyntax last,
        (ExpressionSyntax Value, string? Name) put, KeyedCall key, string? head) =>
        head is null || put.Value.DescendantNodesAndSelf()
            .Any(node => node is AwaitExpressionSyntax || node is IdentifierNameSyntax { Identifier.Text: var name } && name == key.Found) ? null
        : new Patch(finding.Root, TextSpan.FromBounds(first.SpanStart, last.Span.End), alone: true)
            .Replace(TextSpan.FromBounds(first.SpanStart, put.Value.SpanStart), head)
            .Replace(TextSpan.FromBounds(put.Value.Span.End, last.Span.End), ");");
}
