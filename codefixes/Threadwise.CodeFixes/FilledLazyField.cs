using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.CodeFixes;

/// <summary>A private field that a test, a lock and a second test fill with constants becomes a <c>Lazy&lt;T></c>, which makes and fills the collection once.
/// It keeps a failure, so none of the steps can fail.</summary>
internal sealed class FilledLazyField
{
    private readonly Finding _finding;
    private readonly FieldUses _uses;
    private readonly IfStatementSyntax _outer;
    private readonly BlockSyntax _block;
    private readonly HashSet<object> _keys = [];

    private FilledLazyField(Finding finding, FieldUses uses, IfStatementSyntax outer, BlockSyntax block) =>
        (_finding, _uses, _outer, _block) = (finding, uses, outer, block);

    public static Patch? For(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
                Right: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } value } made,
                Parent: BlockSyntax { Parent: IfStatementSyntax { Else: null } inner } block } first || block.Statements[0] != first
            || Only(inner) is not LockStatementSyntax held || Only(held) is not IfStatementSyntax { Else: null } outer || Next(outer) is not { } next
            || finding.Symbol(made.Left) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type: INamedTypeSymbol type } field
            || !SymbolEqualityComparer.Default.Equals(finding.Model.GetTypeInfo(value, finding.Cancel).Type, type)
            || LazyField.DeclarationOf(finding, field, mayBeVolatile: true) is not { } declaration || FieldUses.Of(finding, field) is not { } uses
            || Gate.Of(finding, held) is not { } gate)
            return null;
        var lazy = new FilledLazyField(finding, uses, outer, block);
        return lazy.IsSure(type, held, inner, made) && lazy.IsAskedFor() ? lazy.Write(declaration, made, value, next, gate) : null;
    }

    /// <summary>The statement around this one, if it holds nothing else.</summary>
    private static StatementSyntax? Only(StatementSyntax statement) =>
        statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent as StatementSyntax : statement.Parent as StatementSyntax;

    private static StatementSyntax? Next(StatementSyntax statement) =>
        statement.Parent is BlockSyntax { Statements: var all } ? all.ElementAtOrDefault(all.IndexOf(statement) + 1) : null;

    /// <summary>Both tests ask for the field, and what is done behind them is known and has no way to fail.</summary>
    private bool IsSure(INamedTypeSymbol type, LockStatementSyntax held, IfStatementSyntax inner, AssignmentExpressionSyntax made)
    {
        var steps = _block.Statements.Skip(1).Select(step => Step(step, type)).ToList();
        var known = steps.Concat([made.Left, LazyField.Tested(_outer.Condition), LazyField.Tested(inner.Condition)]).ToList();
        return LazyField.IsSure(_finding, (BaseObjectCreationExpressionSyntax)made.Right) && known.TrueForAll(use => use is not null && _uses.Every.Contains(use))
            && _uses.Every.Count(use => _outer.Span.Contains(use.Span)) == known.Count
            && held.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax };
    }

    /// <summary>The collection of a statement that puts a constant into it; null for any other, and for a second value of the same key.</summary>
    private ExpressionSyntax? Step(StatementSyntax statement, INamedTypeSymbol type) => _finding.Model.GetOperation(statement, _finding.Cancel) switch
    {
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "Add", Instance: { } to, Arguments: [{ Value: var item }] } call }
            when HasOne(type) && call.TargetMethod.ContainingType.Equals(type, SymbolEqualityComparer.Default) && IsConstant(item)
                && IsComparable(call.TargetMethod.Parameters[0].Type) =>
                to.Syntax as ExpressionSyntax,
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "Add", Instance: { } to,
            Arguments: [{ Value: var key }, { Value: var value }] arguments } }
            when IsHashed(type) && arguments[0].Parameter?.Ordinal == 0 && IsKey(key) && _keys.Add(key.ConstantValue.Value!) && IsConstant(value) =>
                to.Syntax as ExpressionSyntax,
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } to,
            Arguments: [{ Value: var key }] }, Value: var value } }
            when IsHashed(type) && IsKey(key) && IsConstant(value) && Knows(key) => to.Syntax as ExpressionSyntax,
        _ => null,
    };

    /// <summary>From now on there is a value for it, and perhaps was before.</summary>
    private bool Knows(IOperation key)
    {
        _keys.Add(key.ConstantValue.Value!);
        return true;
    }

    /// <summary>A list or a set: it takes whatever its items can be.</summary>
    private static bool HasOne(INamedTypeSymbol type) => type.TypeArguments.Length == 1
        && type.AllInterfaces.Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T);

    /// <summary>Keys are the same where they are equal, and not where a culture finds so.</summary>
    private static bool IsHashed(INamedTypeSymbol type) => type is { Name: "Dictionary" or "ConcurrentDictionary", TypeArguments.Length: 2 };

    private static bool IsKey(IOperation key) => key.ConstantValue is { HasValue: true, Value: not null } && IsComparable(key.Type);

    private static bool IsComparable(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String };

    private static bool IsConstant(IOperation value) =>
        value.ConstantValue.HasValue || value is IConversionOperation { OperatorMethod: null, Operand: var operand } && IsConstant(operand);

    /// <summary>All that is done with it otherwise follows the tests, and leaves it where it is.</summary>
    private bool IsAskedFor()
    {
        var others = _uses.Every.Where(use => !_outer.Span.Contains(use.Span)).ToList();
        return others.Count > 0 && !_outer.Parent!.DescendantNodes().Any(node => node is LabeledStatementSyntax or LocalFunctionStatementSyntax)
            && others.TrueForAll(use => use.SpanStart > _outer.Span.End && _outer.Parent.Span.Contains(use.Span)
            && FieldUses.IsOwn(use) && !FieldUses.IsWritten(use)
            && use.Parent is not (RefExpressionSyntax
                or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
            && !use.Ancestors().Any(node => node is AnonymousFunctionExpressionSyntax
                && _finding.Model.GetTypeInfo(node, _finding.Cancel).ConvertedType is not { TypeKind: TypeKind.Delegate }));
    }

    private Patch? Write(FieldDeclarationSyntax declaration, AssignmentExpressionSyntax made, BaseObjectCreationExpressionSyntax value, StatementSyntax next, Gate gate)
    {
        var (layout, name, type) = (_finding.Layout, FreeName.In(_block,
            LocalName.Plain(declaration.Declaration.Variables[0].Identifier.ValueText)), declaration.Declaration.Type);
        var (inside, isOnLines) = (TextSpan.FromBounds(_block.OpenBraceToken.Span.End, _block.CloseBraceToken.SpanStart), layout.StartsLine(_block.Statements[0]
            .GetFirstToken()));
        if (_block.ContainsDirectives || _block.DescendantTokens().Any(static token => token.Text.Contains("\n"))
            || isOnLines != layout.StartsLine(_block.CloseBraceToken))
            return null;
        var local = value is ObjectCreationExpressionSyntax ? "var" : (type is NullableTypeSyntax nullable ? nullable.ElementType : type).ToString();
        var text = Text(inside, name, made.Left, $"{local} {name}").Trim();
        var patch = new Patch(_finding.Root, declaration.Parent!.Span, alone: false);
        foreach (var use in _uses.Every.Where(use => !_outer.Span.Contains(use.Span)))
            if (use.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure)
                patch.Replace(sure.OperatorToken.Span, ".Value");
            else
                patch.After(use.Span.End, ".Value");
        Remove(patch, inside, next);
        gate.Remove(patch);
        return LazyField.Declare(_finding, patch, declaration, isOnLines ? Lines(declaration, text, name) : $" {{ {text} return {name}; }}");
    }

    /// <summary>The steps, done to a local.</summary>
    private string Text(TextSpan inside, string name, ExpressionSyntax first, string declared)
    {
        var text = _finding.Root.SyntaxTree.GetText(_finding.Cancel).ToString(inside);
        foreach (var use in _uses.Every.Where(use => inside.Contains(use.Span)).OrderByDescending(static use => use.SpanStart))
            text = text.Remove(use.SpanStart - inside.Start, use.Span.Length).Insert(use.SpanStart - inside.Start, use == first ? declared : name);
        return text;
    }

    private string Lines(FieldDeclarationSyntax declaration, string text, string name)
    {
        var layout = _finding.Layout;
        var (indentation, old) = (layout.Indentation(declaration.SpanStart), layout.Indentation(_block.Statements[0].SpanStart));
        var line = layout.NewLine + indentation;
        var inner = line + layout.Step(declaration);
        return layout.OpenBrace(indentation) + inner + text.Replace(layout.NewLine + old, inner) + inner + $"return {name};" + line + "}";
    }

    /// <summary>Takes the tests and the lock away; what is inside is written elsewhere, with its comments.</summary>
    private void Remove(Patch patch, TextSpan inside, StatementSyntax next)
    {
        var comment = next.GetLeadingTrivia().FirstOrDefault(static trivia => !Layout.IsBlank(trivia));
        patch.Replace(TextSpan.FromBounds(_outer.SpanStart, inside.Start), "").Drop(inside)
            .Replace(TextSpan.FromBounds(inside.End, comment.RawKind == 0 ? next.SpanStart : comment.FullSpan.Start), "");
    }

    /// <summary>What is locked: a field that is there from the start, and for this lock only or for others too.</summary>
    private sealed class Gate(Finding finding, FieldDeclarationSyntax declaration, bool isFree)
    {
        public static Gate? Of(Finding finding, LockStatementSyntax held) =>
            finding.Symbol(held.Expression) is IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private,
                DeclaringSyntaxReferences: [var declared] } field
            && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax,
                Parent.Parent: FieldDeclarationSyntax declaration }
            && FieldUses.Of(finding, field) is { } uses && new Gate(finding, declaration, uses.Every.Count == 1
                && !finding.Root.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText == field.Name)) is var gate && gate.MayGo
                    ? gate
                    : null;

        /// <summary>It has a line of its own, and nobody wrote why it is there.</summary>
        private bool MayGo =>
            !isFree || declaration is { AttributeLists.Count: 0, Declaration.Variables.Count: 1 } && finding.Layout.StartsLine(declaration.GetFirstToken())
            && finding.Layout.EndsLine(declaration.SemicolonToken) && declaration.DescendantTrivia().All(Layout.IsBlank);

        public void Remove(Patch patch)
        {
            if (isFree)
                patch.Replace(TextSpan.FromBounds(finding.Layout.StartOfLine(declaration.GetFirstToken()), declaration.GetLastToken().TrailingTrivia.Span.End), "");
        }
    }
}
