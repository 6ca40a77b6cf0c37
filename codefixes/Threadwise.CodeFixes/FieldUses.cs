namespace Threadwise.CodeFixes;

/// <summary>Every place that names a field, where all of them are in one document.</summary>
internal sealed class FieldUses
{
    private readonly IReadOnlyList<ExpressionSyntax> _all;
    private readonly SyntaxNode _type;

    private FieldUses(IReadOnlyList<ExpressionSyntax> all, SyntaxNode type) => (_all, _type) = (all, type);

    /// <summary>Null when other files may name the field, or another build of this one.</summary>
    public static FieldUses? Of(Finding finding, IFieldSymbol field)
    {
        if (field.DeclaringSyntaxReferences is not [var declared] || declared.SyntaxTree.FilePath != finding.Root.SyntaxTree.FilePath)
            return null;
        bool Names(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == field.Name;
        foreach (var tree in finding.Model.Compilation.SyntaxTrees)
            if (tree != finding.Root.SyntaxTree
                && (field.DeclaredAccessibility != Accessibility.Private || field.ContainingType.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == tree))
                && tree.GetRoot(finding.Cancel).DescendantTokens().Any(Names))
                return null;
        if (finding.Root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(field.Name)))
            return null;
        var uses = finding.Root.DescendantTokens().Where(Names).Select(static token => token.Parent).OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, field.OriginalDefinition))
            .Select(static name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name)
            .ToList();
        return new(uses, finding.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? finding.Root);
    }

    /// <summary>The code names the field, or a local that was given the field's value when it was declared.</summary>
    public static bool Reads(Finding finding, IFieldSymbol field, SyntaxNode code) => Names(finding, field, code)
        || code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => finding.Symbol(name) is ILocalSymbol { DeclaringSyntaxReferences: [var declared] }
            && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer: { } initializer } && Names(finding, field, initializer));

    public static bool Names(Finding finding, IFieldSymbol field, SyntaxNode code) =>
        code.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == field.Name
            && SymbolEqualityComparer.Default.Equals(finding.Symbol(node), field));

    /// <summary>This use gives a variable a value, or lets others do so.</summary>
    public static bool IsWritten(ExpressionSyntax use) => use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use
        || use.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax part } && IsWritten(part)
        || use.Parent is ParenthesizedExpressionSyntax whole && IsWritten(whole) || use.Parent is ForEachVariableStatementSyntax each && each.Variable == use
        || use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression };

    /// <summary>Of the object whose code it is: not after another name, and not in braces where another one is made or looked at.</summary>
    public static bool IsOwn(ExpressionSyntax use) => use is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        || use is IdentifierNameSyntax { Parent: not (NameColonSyntax or ExpressionColonSyntax or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }) }
        || use is IdentifierNameSyntax { Parent: AssignmentExpressionSyntax assignment } && assignment.Right == use;

    /// <summary>The name itself, behind what it is a member of.</summary>
    public static SyntaxToken NameIn(ExpressionSyntax use) =>
        use is MemberAccessExpressionSyntax access ? access.Name.Identifier : ((IdentifierNameSyntax)use).Identifier;

    public IReadOnlyList<ExpressionSyntax> Every => _all;

    public bool All(Func<ExpressionSyntax, bool> isSo) => _all.All(isSo);

    /// <summary>One patch over all uses; null where one of them cannot be written as it has to be.</summary>
    public Patch? Patch(Finding finding, Func<ExpressionSyntax, Patch, bool> convert)
    {
        var patch = finding.Patch(_type);
        return _all.All(use => convert(use, patch)) && patch.Writes.Count > 0 ? patch : null;
    }
}
