using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The <c>DisposeAsync</c> of a type, where it does more than call <c>Dispose</c>: declared by the type or a base, not one that is asynchronous in name only.</summary>
internal static class AsyncDisposal
{
    public static IMethodSymbol? Of(ITypeSymbol type, Facts facts, CancellationToken cancel)
    {
        if (facts.About(type).Any(static fact => fact.Effect is Effect.Idle or Effect.Memory))
            return null;
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            foreach (var member in declaring.GetMembers())
                if (member is IMethodSymbol method && Shapes.DisposesAsync(method) && !IsPassedOn(method, cancel))
                    return IsIdle(method, facts) || IsOver(method, cancel) ? null : method;
        return type.TypeKind == TypeKind.Interface
            ? type.AllInterfaces.SelectMany(static contract => contract.GetMembers()).OfType<IMethodSymbol>().FirstOrDefault(Shapes.DisposesAsync)
            : null;
    }

    /// <summary>A row says so of this very member, and not of one it overrides.</summary>
    private static bool IsIdle(IMethodSymbol method, Facts facts) => facts.About(method, Effect.Idle) is { } fact && fact.TypeName == method.ContainingType.Name;

    /// <summary>All it does beside what <c>Dispose</c> does is left to the base.</summary>
    private static bool IsPassedOn(IMethodSymbol method, CancellationToken cancel) =>
        Waits(method, cancel) is { Count: > 0 } waits && waits.All(static wait => wait is not null && IsBase(wait));

    /// <summary>It awaits nothing and returns what is complete already.</summary>
    private static bool IsOver(IMethodSymbol method, CancellationToken cancel) => Waits(method, cancel) is { Count: 0 };

    /// <summary>The tasks its end depends on; null where there is no source, or no body.</summary>
    private static List<ExpressionSyntax?>? Waits(IMethodSymbol method, CancellationToken cancel)
    {
        if (method.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancel)).OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(static part => part.Body is not null || part.ExpressionBody is not null) is not { } declared)
            return null;
        var isAsync = declared.Modifiers.Any(SyntaxKind.AsyncKeyword);
        var waits = new List<ExpressionSyntax?>();
        foreach (var node in ((SyntaxNode?)declared.Body ?? declared.ExpressionBody)!
            .DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            switch (node)
            {
                case AwaitExpressionSyntax { Expression: var awaited }:
                    waits.Add(awaited);
                    break;
                case LocalDeclarationStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax when node.GetFirstToken().IsKind(SyntaxKind.AwaitKeyword):
                    waits.Add(null);
                    break;
                case ArrowExpressionClauseSyntax { Expression: var value } when !isAsync && !IsComplete(value):
                    waits.Add(value);
                    break;
                case ReturnStatementSyntax { Expression: { } value } when !isAsync && !IsComplete(value):
                    waits.Add(value);
                    break;
            }

        return waits;
    }

    private static bool IsComplete(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax or ThrowExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only] } => IsComplete(only.Expression),
        BaseObjectCreationExpressionSyntax => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.Over } => true,
        _ => false,
    };

    /// <summary><c>base.DisposeAsync()</c>, configured or not.</summary>
    private static bool IsBase(ExpressionSyntax value) => value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var on } }
        && (on is BaseExpressionSyntax || IsBase(on));
}
