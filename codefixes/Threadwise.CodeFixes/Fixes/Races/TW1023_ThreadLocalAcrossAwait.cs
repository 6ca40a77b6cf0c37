using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The value goes with the asynchronous code instead of the thread: <c>AsyncLocal</c> in place of <c>ThreadLocal</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThreadLocalAcrossAwaitFix))]
public sealed class ThreadLocalAcrossAwaitFix() : Fix("TW1023", "Keep the value in an 'AsyncLocal'")
{
    private const string OfThread = "ThreadLocal", OfFlow = "AsyncLocal";

    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not MemberAccessExpressionSyntax { Expression: var holder }
            || finding.Symbol(holder) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var reference] } field
            || reference.SyntaxTree != finding.Root.SyntaxTree
            || reference.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null
                or { Arguments.Count: 0 }, Initializer: null } creation, Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            || NameIn(declaration.Type) is not { } type || field.ContainingType.DeclaringSyntaxReferences is not [var owner]
            || !OnlyItsValue(finding, owner.GetSyntax(finding.Cancel), field))
            return null;
        var patch = new Patch(finding.Root, owner.Span, alone: true).Replace(type.Span, OfFlow);
        return creation is not ObjectCreationExpressionSyntax { Type: var created } ? patch : NameIn(created) is { } again ? patch.Replace(again.Span, OfFlow) : null;
    }

    private static SyntaxToken? NameIn(TypeSyntax type) => type switch
    {
        GenericNameSyntax { Identifier: { ValueText: OfThread } name } => name,
        QualifiedNameSyntax { Right: var right } => NameIn(right),
        AliasQualifiedNameSyntax { Name: var name } => NameIn(name),
        _ => null,
    };

    private static bool OnlyItsValue(Finding finding, SyntaxNode owner, IFieldSymbol field) => owner.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == field.Name
            && SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, field.OriginalDefinition))
        .All(name => (name.Parent is MemberAccessExpressionSyntax own && own.Name == name
            ? own
            : (ExpressionSyntax)name).Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" });
}
