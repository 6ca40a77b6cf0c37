namespace Threadwise.CodeFixes;

/// <summary>A parallel loop that does nothing but add to a list made right before it, written as a query that gives the list.</summary>
internal static class ParallelQuery
{
    public static Patch? Of(Finding finding)
    {
        if (finding.Node is not IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add",
            Parent: InvocationExpressionSyntax added } } name
            || added.ArgumentList.Arguments is not [{ NameColon: null, Expression: var element }]
            || finding.Symbol(added) is not IMethodSymbol { ContainingType: { Name: "List", ContainingNamespace.Name: "Generic", TypeArguments: [var type] } }
            || Lambda(added) is not { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } loop } } } lambda
            || Before(statement) is not { Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } made } variable] }
            || !IsEmpty(finding, made)
            || !SymbolEqualityComparer.Default.Equals(finding.Model.GetDeclaredSymbol(variable, finding.Cancel), finding.Symbol(name)) || IsMentioned(variable, element)
            || Source(finding, loop, lambda) is not var (text, items, before) || Projection(finding, lambda, element, type) is not { } select)
            return null;
        return new Patch(finding.Root, TextSpan.FromBounds(made.SpanStart, statement.Span.End), alone: true)
            .Replace(TextSpan.FromBounds(made.SpanStart, items.SpanStart), text)
            .Replace(TextSpan.FromBounds(items.Span.End, lambda.SpanStart), before + select)
            .Replace(TextSpan.FromBounds(lambda.Body.SpanStart, element.SpanStart), "")
            .Replace(TextSpan.FromBounds(element.Span.End, statement.SemicolonToken.SpanStart), ").ToList()");
    }

    /// <summary>The function that makes the call and does nothing else.</summary>
    private static LambdaExpressionSyntax? Lambda(InvocationExpressionSyntax call) => call.Parent switch
    {
        LambdaExpressionSyntax { Modifiers.Count: 0, AttributeLists.Count: 0 } lambda => lambda,
        ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1,
            Parent: LambdaExpressionSyntax { Modifiers.Count: 0, AttributeLists.Count: 0 } lambda } } =>
            lambda,
        _ => null,
    };

    private static LocalDeclarationStatementSyntax? Before(StatementSyntax statement) =>
        StatementRun.Siblings(statement).TakeWhile(sibling => sibling != statement)
            .LastOrDefault() is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration ? declaration : null;

    /// <summary>A list, which may have been told how long it will be.</summary>
    private static bool IsEmpty(Finding finding, BaseObjectCreationExpressionSyntax made) =>
        finding.Model.GetTypeInfo(made, finding.Cancel) is { Type: { Name: "List" } type, ConvertedType: var declared }
            && SymbolEqualityComparer.Default.Equals(type, declared)
        && made.ArgumentList?.Arguments.All(argument => IsWhole(finding, argument.Expression) && IsCount(finding, argument.Expression)) != false;

    private static bool IsWhole(Finding finding, ExpressionSyntax value) =>
        finding.Model.GetTypeInfo(value, finding.Cancel).ConvertedType?.SpecialType == SpecialType.System_Int32;

    private static bool IsMentioned(VariableDeclaratorSyntax variable, SyntaxNode code) => code.DescendantNodesAndSelf()
        .Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText);

    /// <summary>What the query goes through: the text before it, the expression that is kept, and the text after it.</summary>
    private static (string, ExpressionSyntax, string)? Source(Finding finding, InvocationExpressionSyntax loop, LambdaExpressionSyntax lambda)
    {
        if (loop.Expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Name: IdentifierNameSyntax })
            || loop.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null) || loop.ArgumentList.Arguments.Last().Expression != lambda
            || finding.Symbol(loop) is not IMethodSymbol { ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" }, Parameters: var parameters } method
            || parameters.Last().Type is not INamedTypeSymbol { Name: "Action", TypeArguments.Length: 1 })
            return null;
        var arguments = loop.ArgumentList.Arguments.Select(static argument => argument.Expression).ToList();
        return (method.Name, arguments) switch
        {
            ("ForEach", [var items, _]) when parameters[0].Type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                && !IsQuery(finding, items) =>
                IsPrimary(items) ? ("", items, ".AsParallel()") : ("(", items, ").AsParallel()"),
            ("For", [var from, var to, _]) when IsWhole(finding, to) && finding.Model.GetConstantValue(from, finding.Cancel) is { Value: 0 } && IsCount(finding, to)
                && finding.Model.Compilation.GetTypeByMetadataName("System.Linq.ParallelEnumerable") is { } queries =>
                    ($"{queries.ToMinimalDisplayString(finding.Model, loop.SpanStart)}.Range(0, ", to, ")"),
            _ => null,
        };
    }

    /// <summary>Never below zero: a loop does nothing then, but a query cannot be made.</summary>
    private static bool IsCount(Finding finding, ExpressionSyntax value) =>
        finding.Model.GetConstantValue(value, finding.Cancel) is { HasValue: true, Value: var known } ? known is int and >= 0
        : value is MemberAccessExpressionSyntax && finding.Symbol(value) is IPropertySymbol { Name: "Length" or "Count", DeclaringSyntaxReferences.IsEmpty: true };

    private static bool IsQuery(Finding finding, ExpressionSyntax items) => finding.Model.GetTypeInfo(items, finding.Cancel).Type is not { } type
        || type.Name.EndsWith("ParallelQuery", StringComparison.Ordinal);

    private static bool IsPrimary(ExpressionSyntax value) =>
        value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
            or LiteralExpressionSyntax or ThisExpressionSyntax;

    /// <summary>The types are written where the element is turned into another one on its way into the list.</summary>
    private static string? Projection(Finding finding, LambdaExpressionSyntax lambda, ExpressionSyntax element, ITypeSymbol type)
    {
        if (SymbolEqualityComparer.IncludeNullability.Equals(finding.Model.GetTypeInfo(element, finding.Cancel).Type, type))
            return ".Select(";
        return finding.Symbol(lambda) is IMethodSymbol { Parameters: [{ Type: { IsAnonymousType: false } item }] } ? $".Select<{Text(item)}, {Text(type)}>(" : null;

        string Text(ITypeSymbol shown) => shown.ToMinimalDisplayString(finding.Model, lambda.SpanStart, StatementRun.TypeName);
    }
}
