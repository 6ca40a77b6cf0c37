using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Whether a collection that a lock is to guard, or something that goes on looking at it, can be used by those who do not hold the lock.</summary>
internal sealed class HandedOut
{
    private readonly Finding _finding;
    private readonly ITypeSymbol _type;
    private readonly bool _isGuarded;

    public HandedOut(Finding finding, IFieldSymbol field, FieldUses uses)
    {
        (_finding, _type) = (finding, field.Type);
        _isGuarded = IsCollection(field.Type)
            && (field.Type is not IArrayTypeSymbol || uses.Every.Any(static use => use.Parent is ElementAccessExpressionSyntax element && FieldUses.IsWritten(element)));
    }

    /// <summary>By what is done where the field is named.</summary>
    public bool Is(ExpressionSyntax use) => _isGuarded && use.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Left == use => assignment.Parent is not ExpressionStatementSyntax || !IsFresh(assignment.Right),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => false,
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => false,
        _ => Leaves(use),
    };

    /// <summary>By what it starts with: nobody else has that.</summary>
    public bool StartsElsewhere(VariableDeclaratorSyntax declaration) => _isGuarded && declaration.Initializer is { Value: var value } && !IsFresh(value);

    private bool IsFresh(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
        || value.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression
        || _finding.Model.GetOperation(value, _finding.Cancel) is { Kind: Reader.CollectionExpression } || IsCopy(value);

    /// <summary>Something is left of it in the hands of who asked.</summary>
    private bool Leaves(ExpressionSyntax value)
    {
        for (; Further(value) is { } next; value = next)
            if (next is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } && arguments.Any(IsTaken))
                return true;
        return value.Parent switch
        {
            ExpressionStatementSyntax => false,
            CommonForEachStatementSyntax loop when loop.Expression == value => false,
            ArrowExpressionClauseSyntax { Parent: { } member } when _finding.Model.GetDeclaredSymbol(member, _finding.Cancel) is IMethodSymbol { ReturnsVoid: true } =>
                false,
            LambdaExpressionSyntax lambda when _finding.Symbol(lambda) is IMethodSymbol { ReturnsVoid: true } => false,
            ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: ExpressionSyntax taker } when IsReader(taker) => false,
            _ => _finding.Model.GetTypeInfo(value, _finding.Cancel).Type is not { } type || !IsCopy(value) && IsCollection(type),
        };
    }

    private static ExpressionSyntax? Further(ExpressionSyntax value) => value.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == value => access,
        ElementAccessExpressionSyntax element when element.Expression == value => element,
        InvocationExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } =>
            (ExpressionSyntax)value.Parent,
        _ => null,
    };

    /// <summary>An inner collection that a call gives in an argument.</summary>
    private bool IsTaken(ArgumentSyntax argument) =>
        argument.RefKindKeyword.RawKind != 0 && (_finding.Model.GetTypeInfo(argument.Expression, _finding.Cancel).Type is not { } type || IsCollection(type));

    private bool IsCopy(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax && _finding.Symbol(value) is { } called && _finding.Facts.About(called, Effect.Owned) is not null;

    /// <summary>Goes through it, and keeps nothing of it but the elements.</summary>
    private bool IsReader(ExpressionSyntax taker) => _finding.Symbol(taker) is IMethodSymbol method
        && (_finding.Facts.About(method).Any(static fact => fact.Effect is Effect.Enumerates or Effect.Sizes)
            || method is { Name: "Join" or "Concat", ContainingType.SpecialType: SpecialType.System_String });

    private bool IsCollection(ITypeSymbol type) => type.SpecialType != SpecialType.System_String && _finding.Facts.About(type, Effect.Immutable) is null
        && (type is IArrayTypeSymbol || type.IsRefLikeType
            || SymbolEqualityComparer.Default.Equals(type, _type) && _finding.Facts.About(type.OriginalDefinition, Effect.Container) is not null
            || type.AllInterfaces.Append(type)
                .Any(static contract => contract.SpecialType is SpecialType.System_Collections_IEnumerable or SpecialType.System_Collections_IEnumerator)
            || _finding.Facts.About(type.OriginalDefinition).Any(static fact => fact.Effect is Effect.Container or Effect.Unsafe));
}
