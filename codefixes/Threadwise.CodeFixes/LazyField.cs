using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A private field that one getter fills becomes a <c>Lazy&lt;T></c>, which makes the object once. What it makes it of can neither fail nor look at anything: a failure would be kept, and a field's start knows no object.</summary>
internal static class LazyField
{
    public static Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax { Parent: AssignmentExpressionSyntax { Right: BaseObjectCreationExpressionSyntax { ArgumentList: null
            or { Arguments.Count: 0 }, Initializer: null } value } assignment } || !IsSure(finding, value)
            || finding.Symbol(finding.Node) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type.IsReferenceType: true } field
            || DeclarationOf(finding, field) is not { } declaration
            || FieldUses.Of(finding, field) is not { } uses
            || !uses.All(use => field.IsStatic || use is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            || Getter(finding, assignment, uses) is not { } whole)
            return null;
        var patch = finding.Patch(declaration.Parent!)
            .Replace(whole, assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) ? $"{assignment.Left}.Value" : $"return {assignment.Left}.Value;");
        return Declare(finding, patch, declaration, " " + value);
    }

    /// <summary>Nothing can fail where it is made.</summary>
    public static bool IsSure(Finding finding, BaseObjectCreationExpressionSyntax value) =>
        finding.Model.GetTypeInfo(value, finding.Cancel).Type is { } type && (type.SpecialType == SpecialType.System_Object
            || type.DeclaringSyntaxReferences.IsEmpty
                && (finding.Facts.About(type.OriginalDefinition, Effect.Container) is not null
                    || IsEnumerable(type) && finding.Facts.About(type.OriginalDefinition, Effect.ThreadSafe) is not null));

    private static bool IsEnumerable(ITypeSymbol type) => type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);

    /// <summary>A private field that starts empty, in a type that may have another one instead.</summary>
    public static FieldDeclarationSyntax? DeclarationOf(Finding finding, IFieldSymbol field, bool mayBeVolatile = false) =>
        field.DeclaringSyntaxReferences is [var declared]
            && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer: null,
                Parent: VariableDeclarationSyntax { Variables.Count: 1,
                    Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Parent: TypeDeclarationSyntax type } declaration } }
        && declaration.Modifiers.All(modifier => modifier.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.StaticKeyword
            || mayBeVolatile && modifier.IsKind(SyntaxKind.VolatileKeyword))
        && (field.IsStatic
            ? !type.Modifiers.Any(SyntaxKind.PartialKeyword)
            : !field.ContainingType.IsRecord && FilledField.IsThereFirst(field.ContainingType) && !FilledField.MayBeCopied(finding, field.ContainingType))
        && !FilledField.IsSpelt(finding, field) && GateField.MayDeclare(field.ContainingType, type, field.IsStatic)
        && !(field.IsStatic && MayBeAskedBefore(finding, type, declaration)) ? declaration : null;

    /// <summary>What a static field above it starts with runs code of the project, which would find no <c>Lazy&lt;T></c> there yet.</summary>
    private static bool MayBeAskedBefore(Finding finding, TypeDeclarationSyntax type, FieldDeclarationSyntax declaration) =>
        type.Members.TakeWhile(member => member != declaration)
            .Where(static member => member is FieldDeclarationSyntax or PropertyDeclarationSyntax && member.Modifiers.Any(SyntaxKind.StaticKeyword))
            .SelectMany(static member => member.DescendantNodes(static node => node is not AccessorListSyntax and not ArrowExpressionClauseSyntax)
            .OfType<EqualsValueClauseSyntax>()).SelectMany(static start => start.Value.DescendantNodesAndSelf())
            .Any(node => finding.Symbol(node) is IMethodSymbol or IPropertySymbol && !finding.Symbol(node)!.ContainingType.DeclaringSyntaxReferences.IsEmpty);

    /// <summary>All that is done with the field: <c>=> _x ??= new()</c>, or <c>if (_x == null) _x = new(); return _x;</c></summary>
    private static TextSpan? Getter(Finding finding, AssignmentExpressionSyntax assignment, FieldUses uses)
    {
        if (assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression))
            return uses.Every.Count == 1 && assignment.Parent is ArrowExpressionClauseSyntax or ReturnStatementSyntax { Parent: BlockSyntax { Statements.Count: 1 } }
                && Function.Around(assignment) is not AnonymousFunctionExpressionSyntax ? assignment.Span : null;
        var test = assignment.Parent?.FirstAncestorOrSelf<IfStatementSyntax>();
        return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && uses.Every.Count == 3
            && test is { Else: null, Parent: BlockSyntax { Statements: [var first, ReturnStatementSyntax { Expression: { } returned } last] } } && first == test
            && KeyedCall.Statements(test.Statement) is [ExpressionStatementSyntax { Expression: var only }] && only == assignment && uses.Every.Contains(returned)
            && Tested(test.Condition) is { } tested && uses.Every.Contains(tested)
            ? TextSpan.FromBounds(test.SpanStart, last.Span.End) : null;
    }

    /// <summary>What is compared with null.</summary>
    public static ExpressionSyntax? Tested(ExpressionSyntax condition) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression, Left: var left } => left,
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression }, Expression: var left } => left,
        _ => null,
    };

    /// <param name="value">How the object is made: an expression or a block, with the blank space before it.</param>
    public static Patch Declare(Finding finding, Patch patch, FieldDeclarationSyntax declaration, string value)
    {
        var (written, name) = (declaration.Declaration.Type, finding.Named("System.Lazy`1", declaration.SpanStart));
        var type = $"{name}<{(written is NullableTypeSyntax nullable ? nullable.ElementType : written)}>";
        foreach (var modifier in declaration.Modifiers.Where(static modifier => modifier.IsKind(SyntaxKind.VolatileKeyword)))
            patch.Replace(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), "");
        return patch.Replace(written.Span, "readonly " + type)
            .After(declaration.Declaration.Variables[0].Identifier.Span.End, $" = {(finding.Speaks(LanguageVersion.CSharp9) ? "new" : "new " + type)}(() =>{value})");
    }
}
