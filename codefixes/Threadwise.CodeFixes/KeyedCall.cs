namespace Threadwise.CodeFixes;

/// <summary>A question about a key of a concurrent collection as it is written, and how to write other steps on the same key.</summary>
internal sealed class KeyedCall
{
    private KeyedCall(ExpressionSyntax collection, ArgumentSyntax key, ArgumentSyntax? found)
    {
        Collection = collection.ToString();
        Key = key.ToString();
        if (found?.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.Text: var declared }, Type: var type })
            (Found, Declares) = (declared, type.ToString());
        else if (found?.Expression is IdentifierNameSyntax { Identifier.Text: var name })
            Found = name;
    }

    /// <summary>As they are written.</summary>
    public string Collection { get; }

    public string Key { get; }

    /// <summary>The variable that gets the value.</summary>
    public string? Found { get; }

    /// <summary>The type by which the question declares the variable, if it does.</summary>
    public string? Declares { get; }

    public static KeyedCall? Of(SyntaxNode? query) => query switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: [var key, ..] arguments } =>
            new(access.Expression, key, arguments.Count > 1 ? arguments[1] : null),
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } item => new(item.Expression, key, null),
        _ => null,
    };

    /// <summary>The value of the same key of the same collection.</summary>
    public bool IsItem(SyntaxNode node) =>
        node is ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } item && item.Expression.ToString() == Collection && key.ToString() == Key;

    /// <summary>The statements of a branch.</summary>
    public static IReadOnlyList<StatementSyntax> Statements(StatementSyntax? branch) =>
        branch is BlockSyntax block ? block.Statements.ToArray() : branch is null ? [] : new[] { branch };

    /// <summary>Without parentheses.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression) => expression is ParenthesizedExpressionSyntax inner ? Bare(inner.Expression) : expression;

    /// <summary>Evaluating it does nothing, and cannot fail.</summary>
    public static bool IsPlain(ExpressionSyntax value) => value is LiteralExpressionSyntax or IdentifierNameSyntax or PredefinedTypeSyntax or DefaultExpressionSyntax;
}
