using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Methods that hand out nothing but new streams in memory, or what they were given, read off their declarations.</summary>
internal static class InMemory
{
    public static bool Returns(IMethodSymbol method, Facts facts, CancellationToken cancel) =>
        method.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax(cancel) is MethodDeclarationSyntax declaration
        && Returned(declaration).ToList() is { Count: > 0 } all && all.All(value => IsNew(value, declaration, facts));

    public static bool HandsBack(IMethodSymbol method, IParameterSymbol given, CancellationToken cancel) =>
        method.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax(cancel) is MethodDeclarationSyntax declaration
        && Returned(declaration).ToList() is { Count: > 0 } all
        && all.All(value => value is IdentifierNameSyntax { Identifier.ValueText: var name } && name == given.Name) && !IsAssigned(given.Name, declaration);

    private static IEnumerable<ExpressionSyntax?> Returned(MethodDeclarationSyntax method) =>
        method.ExpressionBody is { Expression: var only } ? new[] { only }
        : method.Body is null ? Enumerable.Empty<ExpressionSyntax?>()
        : method.Body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>()
            .Select(static statement => statement.Expression);

    private static bool IsNew(ExpressionSyntax? value, MethodDeclarationSyntax method, Facts facts) => value switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => facts.IsInMemory(NameOf(type)),
        CastExpressionSyntax { Expression: var cast } => IsNew(cast, method, facts),
        ParenthesizedExpressionSyntax { Expression: var inner } => IsNew(inner, method, facts),
        ConditionalExpressionSyntax { WhenTrue: var one, WhenFalse: var other } => IsNew(one, method, facts) && IsNew(other, method, facts),
        IdentifierNameSyntax { Identifier.ValueText: var name } =>
            method.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(local => local.Identifier.ValueText == name) is { Initializer.Value: var made }
                && made is not IdentifierNameSyntax && IsNew(made, method, facts)
            && !IsAssigned(name, method),
        _ => false,
    };

    private static bool IsAssigned(string name, MethodDeclarationSyntax method) =>
        method.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(assignment => assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name);

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax { Right.Identifier.ValueText: var name } => name,
        SimpleNameSyntax { Identifier.ValueText: var name } => name,
        _ => "",
    };
}
