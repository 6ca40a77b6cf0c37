namespace Threadwise.CodeFixes;

/// <summary>A locked block that is there for one piece of state.</summary>
internal static class OneState
{
    /// <summary>Nothing else in the block could have needed the lock it had: no other state, and no call of code that may.</summary>
    public static bool IsAll(Finding finding, StatementSyntax block, ISymbol state) =>
        block.DescendantNodes().All(node => node is not (AwaitExpressionSyntax or LockStatementSyntax or AnonymousFunctionExpressionSyntax or YieldStatementSyntax)
        && (node is not SimpleNameSyntax || finding.Symbol(node) switch
        {
            IFieldSymbol { IsConst: false } field => SymbolEqualityComparer.Default.Equals(field, state)
                || field.IsReadOnly && (field.Type.IsValueType || field.Type.SpecialType == SpecialType.System_String),
            IPropertySymbol property when property.DeclaringSyntaxReferences.Length > 0 => SymbolEqualityComparer.Default.Equals(property, state),
            IMethodSymbol method => method.DeclaringSyntaxReferences.IsEmpty,
            _ => true,
        }));
}
