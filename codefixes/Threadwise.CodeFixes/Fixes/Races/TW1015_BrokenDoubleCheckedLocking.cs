using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What the first test looks at is written last, and seen last: a flag after all it stands for, an object when it is complete.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenDoubleCheckedLockingFix))]
public sealed class BrokenDoubleCheckedLockingFix() : Fix("TW1015", "Let it be seen last", "Make it once, by a Lazy<T>")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["how"] == "Unordered")
            return finding.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Expression: AssignmentExpressionSyntax { Left: var left } }
                && finding.Symbol(left) is IFieldSymbol flag && OrderedFor(finding, flag) is { } plain
                ? finding.Patch(plain.Parent!).Before(plain.Declaration.Type.SpanStart, "volatile ") : null;
        if (finding["how"] != "Early" || finding.Node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: AssignmentExpressionSyntax assignment,
            Parent: BlockSyntax block } written
            || finding.Symbol(assignment.Left) is not IFieldSymbol field || finding.Node.FirstAncestorOrSelf<LockStatementSyntax>() is not { } section)
            return null;
        var rest = block.Statements.Skip(block.Statements.IndexOf(written) + 1)
            .TakeWhile(next => next is not (ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax)).ToList();
        if (rest.Count == 0 || !finding.Layout.StartsLine(written.GetFirstToken()) || !finding.Layout.EndsLine(rest[rest.Count - 1].GetLastToken())
            || CallsWhatReads(finding, rest, field))
            return null;
        var patch = new Patch(finding.Root, field.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(finding.Cancel) is { } type && type.Span.Contains(block.Span)
            && type.SyntaxTree == finding.Root.SyntaxTree ? type.Span : block.Span, alone: true);
        return field.Type.SpecialType == SpecialType.System_Boolean
            ? Flag(finding, patch, written, assignment, rest, field)
            : Object(finding, patch, section, written, assignment, rest);
    }

    private protected override Patch? OtherFor(Finding finding) => finding["how"] == "Early" ? FilledLazyField.For(finding) : null;

    /// <summary>A method called meanwhile would find it unwritten, and may do all again.</summary>
    private static bool CallsWhatReads(Finding finding, IEnumerable<StatementSyntax> rest, IFieldSymbol field) =>
        rest.SelectMany(statement => statement.DescendantNodes()).Any(node => node is AnonymousFunctionExpressionSyntax && Names(node, field.Name)
            || finding.Symbol(node) is IMethodSymbol or IPropertySymbol
                && finding.Symbol(node)!.DeclaringSyntaxReferences.Any(called => called.GetSyntax(finding.Cancel) is MemberDeclarationSyntax and not TypeDeclarationSyntax && Names(called.GetSyntax(finding.Cancel), field.Name)));

    private static bool Names(SyntaxNode code, string name) => code.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    private static Patch? Flag(Finding finding, Patch patch, StatementSyntax written, AssignmentExpressionSyntax assignment,
        IReadOnlyList<StatementSyntax> rest, IFieldSymbol field)
    {
        if (assignment.Right is not LiteralExpressionSyntax || rest.Any(statement => Names(statement, field.Name)))
            return null;
        Last(finding, patch.Replace(Lines(finding, written), ""), rest[rest.Count - 1], written.ToString());
        return OrderedFor(finding, field) is { } declaration ? patch.Before(declaration.Declaration.Type.SpanStart, "volatile ") : field.IsVolatile ? patch : null;
    }

    /// <summary>The declaration, where what is written before the flag can be kept before it by the word <c>volatile</c>.</summary>
    private static FieldDeclarationSyntax? OrderedFor(Finding finding, IFieldSymbol field) =>
        !field.IsVolatile && !field.IsReadOnly && field.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == finding.Root.SyntaxTree
        && reference.GetSyntax(finding.Cancel) is { Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration }
        && field.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal
        && !finding.Model.Compilation.SyntaxTrees.Where(tree => tree == reference.SyntaxTree || field.DeclaredAccessibility != Accessibility.Private
            || declaration.Parent is TypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Any(tree => tree.GetRoot(finding.Cancel).DescendantNodes()
            .Any(node => node is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax && Names(node, field.Name))) ? declaration : null;

    /// <summary>A local has the object until it is complete.</summary>
    private static Patch? Object(Finding finding, Patch patch, LockStatementSyntax section, StatementSyntax written,
        AssignmentExpressionSyntax assignment, IReadOnlyList<StatementSyntax> rest)
    {
        var (member, value) = (assignment.Left, assignment.Right);
        if (value is AssignmentExpressionSyntax)
            return null;
        var name = value is IdentifierNameSyntax { Identifier.ValueText: var known } && finding.Symbol(value) is ILocalSymbol ? known : null;
        if (name is null)
        {
            var type = finding.Model.GetTypeInfo(member, finding.Cancel).Type!;
            name = LocalName.After(section, member, type, []);
            var declared = value is ObjectCreationExpressionSyntax
                ? "var"
                : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(finding.Model, written.SpanStart, StatementRun.TypeName);
            patch.Replace(member.Span, $"{declared} {name}");
        }
        else
        {
            patch.Replace(Lines(finding, written), "");
        }

        foreach (var use in rest.SelectMany(statement => statement.DescendantNodes()).OfType<ExpressionSyntax>().Where(node => Is(finding, node, member)))
            if (use.Parent is AssignmentExpressionSyntax again && again.Left == use || use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
                return null;
            else
                patch.Replace(use.Span, name);
        Last(finding, patch, rest[rest.Count - 1], $"{member} = {name};");
        return patch;
    }

    private static bool Is(Finding finding, ExpressionSyntax use, ExpressionSyntax member) =>
        use is IdentifierNameSyntax { Parent: not MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } }
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && SymbolEqualityComparer.Default.Equals(finding.Symbol(use), finding.Symbol(member));

    private static void Last(Finding finding, Patch patch, StatementSyntax last, string text) =>
        patch.After(Layout.EndOfLine(last.GetLastToken()), finding.Layout.NewLine + finding.Layout.Indentation(last.SpanStart) + text);

    /// <summary>The statement with its line.</summary>
    private static TextSpan Lines(Finding finding, StatementSyntax statement) =>
        TextSpan.FromBounds(finding.Layout.StartOfLine(statement.GetFirstToken()), statement.GetLastToken().FullSpan.End);
}
