using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The attribute goes, which has no effect and says what is not so; or the field becomes what the attribute says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThreadStaticInstanceFieldFix))]
public sealed class ThreadStaticInstanceFieldFix() : Fix("TW1022", "Remove the attribute without effect", "Make the field static, one for each thread")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } mark ? null
        : list.Attributes.Count == 1 ? finding.Patch(list).Replace(ThreadLocalField.Extent(finding, list), "")
        : finding.Patch(list).Replace(Between(list, list.Attributes.IndexOf(mark)), "");

    /// <summary>The attribute with the comma beside it.</summary>
    private static TextSpan Between(AttributeListSyntax list, int at) => at > 0
        ? TextSpan.FromBounds(list.Attributes[at - 1].Span.End, list.Attributes[at].Span.End)
        : TextSpan.FromBounds(list.Attributes[0].SpanStart, list.Attributes[1].SpanStart);

    private protected override Patch? OtherFor(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { AttributeLists: [{ Attributes.Count: 1 }],
            Declaration: { Variables: [{ Initializer: null } variable] } declaration } field
            || field.Modifiers.Any(static modifier => modifier.Kind() is not (SyntaxKind.PrivateKeyword or SyntaxKind.VolatileKeyword))
            || finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } slot
            || !MayShare(slot.ContainingType, field)
            || FieldUses.Of(finding, slot) is not { } uses || !uses.All(use => IsOfThread(finding, slot, use)))
            return null;
        var patch = finding.Patch(field.Parent!).Before(declaration.Type.SpanStart, "static ");
        foreach (var use in uses.Every.OfType<MemberAccessExpressionSyntax>())
            patch.Replace(use.Expression.Span, slot.ContainingType.Name);
        return patch;
    }

    /// <summary>Its objects do not compare by the field, are not stored with it, and there is one type for all of them.</summary>
    private static bool MayShare(INamedTypeSymbol type, FieldDeclarationSyntax field)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            if (outer.IsGenericType)
                return false;
        return !type.IsRecord && GateField.MayDeclare(type, (TypeDeclarationSyntax)field.Parent!, isStatic: false);
    }

    /// <summary>Of this object, in code that stays on its thread, after the object is there; and what it gets is not the object's own.</summary>
    private static bool IsOfThread(Finding finding, IFieldSymbol slot, ExpressionSyntax use)
    {
        if (use is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            || use.Parent is NameColonSyntax or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax })
            return false;
        var function = Function.Around(use);
        return function is not (ConstructorDeclarationSyntax or DestructorDeclarationSyntax or TypeDeclarationSyntax)
            && !function.DescendantNodes().Any(static node => node is AwaitExpressionSyntax or YieldStatementSyntax
                or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 })
            && !use.Ancestors().Any(static node => node is AnonymousFunctionExpressionSyntax)
            && (IsConstant(slot, use) || !function.DescendantNodes().Any(node => IsOfObject(finding, slot, node)));
    }

    /// <summary>A number is read, counted, or set to a number that is written there.</summary>
    private static bool IsConstant(IFieldSymbol slot, ExpressionSyntax use) => slot.Type is { IsValueType: true, SpecialType: not SpecialType.None } && use.Parent switch
    {
        ArgumentSyntax { Parent: TupleExpressionSyntax } or RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => false,
        AssignmentExpressionSyntax assignment when assignment.Left == use => assignment.Right is LiteralExpressionSyntax,
        _ => true,
    };

    /// <summary>A value that an object has, and another may not.</summary>
    private static bool IsOfObject(Finding finding, IFieldSymbol slot, SyntaxNode node) => node switch
    {
        ThisExpressionSyntax => node.Parent is not MemberAccessExpressionSyntax,
        BaseExpressionSyntax => true,
        IdentifierNameSyntax => finding.Symbol(node) switch
        {
            IMethodSymbol { IsStatic: false } method => !method.ReturnsVoid || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None),
            IFieldSymbol { IsStatic: false } field => !SymbolEqualityComparer.Default.Equals(field, slot),
            IPropertySymbol { IsStatic: false } or IEventSymbol { IsStatic: false } => true,
            _ => false,
        } && node.Parent is not MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax },
        _ => false,
    };
}
