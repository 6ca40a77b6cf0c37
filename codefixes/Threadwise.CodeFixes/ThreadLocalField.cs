namespace Threadwise.CodeFixes;

/// <summary>A static field that keeps a value for each thread in a <c>ThreadLocal</c>, which makes it when a thread first asks; offered only if all uses of the field are seen.</summary>
internal static class ThreadLocalField
{
    /// <param name="mayUse">Whether a use means the same when each thread has its own value.</param>
    public static Patch? Of(Finding finding, VariableDeclaratorSyntax variable, Func<ExpressionSyntax, bool> mayUse)
    {
        if (variable is not { Initializer.Value: var value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax declaration } }
            || value is InitializerExpressionSyntax
            || finding.Model.GetDeclaredSymbol(variable,
                finding.Cancel) is not IFieldSymbol { IsStatic: true, DeclaredAccessibility: Accessibility.Private, IsVolatile: false } field
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.ThreadLocal`1") is not { } local || UsesOf(finding, field) is not { } uses
            || !uses.All(use => MayChange(use) && mayUse(use)))
            return null;
        var patch = new Patch(finding.Root, field.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel).Span, alone: true);
        if (!Unmark(finding, patch, declaration))
            return null;
        var kept = field.Type.WithNullableAnnotation(finding.Model.GetTypeInfo(value, finding.Cancel).Nullability.FlowState == NullableFlowState.NotNull
            ? NullableAnnotation.NotAnnotated
            : field.Type.NullableAnnotation);
        var type = local.Construct(ImmutableArray.Create(kept), ImmutableArray.Create(kept.NullableAnnotation))
            .ToMinimalDisplayString(finding.Model, variable.SpanStart, StatementRun.TypeName);
        var creation = finding.Speaks(LanguageVersion.CSharp9) ? "new" : "new " + type;
        if (!declaration.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            patch.Before(declaration.Declaration.Type.SpanStart, "readonly ");
        patch.Replace(declaration.Declaration.Type.Span, type).Before(value.SpanStart, $"{creation}(() => ").After(value.Span.End, ")");
        foreach (var use in uses)
            patch.After(use.Span.End, IsRead(use) && field.Type.IsReferenceType && finding.Model.GetNullableContext(use.SpanStart).WarningsEnabled()
                ? ".Value!"
                : ".Value");
        return patch;
    }

    /// <summary>Every expression that names the field, if all are in its type's only declaration.</summary>
    private static List<ExpressionSyntax>? UsesOf(Finding finding, IFieldSymbol field)
    {
        if (field.ContainingType.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != finding.Root.SyntaxTree
            || reference.GetSyntax(finding.Cancel) is not TypeDeclarationSyntax owner
            || owner.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)))
            return null;
        return owner.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name
                && SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, field.OriginalDefinition))
            .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name).ToList();
    }

    private static bool MayChange(ExpressionSyntax use) =>
        use.Parent is not (ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        && !use.Ancestors().TakeWhile(node => node is not StatementSyntax)
            .Any(node => node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    private static bool IsRead(ExpressionSyntax use) =>
        !(use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use) && use.Parent is not ConditionalAccessExpressionSyntax;

    /// <summary>Takes the attribute away that the type makes needless, with its line.</summary>
    private static bool Unmark(Finding finding, Patch patch, FieldDeclarationSyntax declaration)
    {
        foreach (var list in declaration.AttributeLists)
            if (list.Attributes.Count != 1)
                return false;
            else if (list.Attributes[0].Name.ToString().Split('.').Last() is "ThreadStatic" or "ThreadStaticAttribute")
                patch.Replace(Extent(finding, list), "");
        return true;
    }

    /// <summary>The attribute with the white space up to what it is on.</summary>
    public static TextSpan Extent(Finding finding, AttributeListSyntax list) =>
        list.GetLastToken().GetNextToken() is var next && next.LeadingTrivia.All(Layout.IsBlank) && list.GetLastToken().TrailingTrivia.All(Layout.IsBlank)
            ? TextSpan.FromBounds(list.SpanStart, next.SpanStart) : list.Span;
}
