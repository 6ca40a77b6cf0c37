using System.Runtime.CompilerServices;

namespace Threadwise.CodeFixes;

/// <summary>An object as a lock names it: in a <c>lock</c> statement, as the first argument of a member of <c>Monitor</c>, or in a set of locks.</summary>
/// <param name="Key">Equal for two expressions that name one object of one type or text; null where that cannot be told.</param>
internal sealed record LockOperand(ExpressionSyntax Expression, (string Kind, object Of)? Key, ITypeSymbol? Type)
{
    public static LockOperand Of(SemanticModel model, ExpressionSyntax expression, CancellationToken cancel)
    {
        var bare = Bare(expression);
        return new(bare, KeyOf(model, bare, cancel), model.GetTypeInfo(bare, cancel).Type?.OriginalDefinition);
    }

    public bool Names(ISymbol member) => Key is ("member", ISymbol named) && SymbolEqualityComparer.Default.Equals(named, member.OriginalDefinition);

    /// <summary>Without parentheses and conversions.</summary>
    private static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        CastExpressionSyntax cast => Bare(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Bare(suppressed.Operand),
        _ => expression,
    };

    private static (string, object)? KeyOf(SemanticModel model, ExpressionSyntax bare, CancellationToken cancel) => bare switch
    {
        ThisExpressionSyntax => model.GetTypeInfo(bare, cancel).Type is { } type ? ("this", type.OriginalDefinition) : null,
        TypeOfExpressionSyntax typeOf =>
            model.GetTypeInfo(typeOf.Type, cancel).Type is { } type && type.Equals(type.OriginalDefinition, SymbolEqualityComparer.Default) ? ("typeof", type) : null,
        LiteralExpressionSyntax { Token.Value: string text } => ("text", text),
        IdentifierNameSyntax or MemberAccessExpressionSyntax => model.GetSymbolInfo(bare, cancel).Symbol switch
        {
            IFieldSymbol field => ("member", field.OriginalDefinition),
            IPropertySymbol property when StoresItsValue(property) => ("member", property.OriginalDefinition),
            _ => null,
        },
        _ => null,
    };

    private static bool StoresItsValue(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}

/// <summary>Every object that is locked anywhere in a compilation.</summary>
internal static class LockOperands
{
    private static readonly ConditionalWeakTable<Compilation, List<LockOperand>> Known = new();

    public static IReadOnlyList<LockOperand> Of(Compilation compilation, CancellationToken cancel)
    {
        if (Known.TryGetValue(compilation, out var known))
            return known;
        var found = compilation.SyntaxTrees.SelectMany(tree => In(compilation, tree, cancel)).ToList();
        return Known.GetValue(compilation, _ => found);
    }

    private static IEnumerable<LockOperand> In(Compilation compilation, SyntaxTree tree, CancellationToken cancel)
    {
        var text = tree.GetText(cancel).ToString();
        if (!text.Contains("lock") && !text.Contains("Monitor") && !text.Contains("LockSet"))
            yield break;
        SemanticModel? model = null;
        foreach (var node in tree.GetRoot(cancel).DescendantNodes())
            foreach (var (expression, isFirst) in Expressions(node))
            {
                model ??= compilation.GetSemanticModel(tree);
                if (node is LockStatementSyntax
                    || model.GetSymbolInfo(node, cancel).Symbol is IMethodSymbol { ContainingType.Name: var owner }
                        && (owner == "LockSet" || (owner == "Monitor" && isFirst)))
                    yield return LockOperand.Of(model, expression, cancel);
            }
    }

    private static IEnumerable<(ExpressionSyntax Expression, bool IsFirst)> Expressions(SyntaxNode node) => node switch
    {
        LockStatementSyntax held => [(held.Expression, true)],
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments, Expression: MemberAccessExpressionSyntax or IdentifierNameSyntax } call
            when Name(call.Expression) is "Enter" or "TryEnter" or "Exit" or "Wait" or "Pulse" or "PulseAll" or "IsEntered" =>
                arguments.Select((argument, index) => (argument.Expression, index == 0)),
        _ => [],
    };

    private static string Name(ExpressionSyntax called) =>
        called is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : ((IdentifierNameSyntax)called).Identifier.ValueText;
}
