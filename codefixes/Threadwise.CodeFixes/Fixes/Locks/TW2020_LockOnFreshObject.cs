using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The object moves into a field, so that it is the same on every call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockOnFreshObjectFix))]
public sealed class LockOnFreshObjectFix() : Fix("TW2020", "Lock an object that is kept in a field")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<LockStatementSyntax>() is not { } held || !held.Expression.Span.Contains(finding.Node.Span) || Waits(finding, held.Statement)
            ? null
        : IsPlain(finding.Node) ? Hoisted(finding, held, [held.Expression], null)
        : finding.Symbol(finding.Node) switch
        {
            ILocalSymbol local => Local(finding, held, local),
            IPropertySymbol property => Stored(finding, property),
            _ => null,
        };

    /// <summary>Nobody was kept out so far. Who is kept out from now on must not be what the code inside waits for.</summary>
    private static bool Waits(Finding finding, StatementSyntax inside) => Function.Nodes(inside).Any(node =>
        node is LockStatementSyntax or AwaitExpressionSyntax or YieldStatementSyntax
        || node is InvocationExpressionSyntax && finding.Symbol(node) is { } called
            && finding.Facts.About(called).Any(fact => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Blocks or Effect.Waits));

    private static bool IsPlain(SyntaxNode value) =>
        value is BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } creation
        && creation is ImplicitObjectCreationExpressionSyntax or ObjectCreationExpressionSyntax { Type: PredefinedTypeSyntax };

    /// <summary>Every use of the local becomes one of the field, and its declaration goes.</summary>
    private static Patch? Local(Finding finding, LockStatementSyntax held, ILocalSymbol local) =>
        local.Type.SpecialType == SpecialType.System_Object
        && local.DeclaringSyntaxReferences[0]
            .GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: var value,
                Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } statement } }
        && IsPlain(value) && statement.Parent is { } block && finding.Layout.StartsLine(statement.GetFirstToken()) && finding.Layout.EndsLine(statement.GetLastToken())
            ? Hoisted(finding, held, block.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => SymbolEqualityComparer.Default.Equals(finding.Symbol(name), local)).ToList(), statement)
            : null;

    private static Patch? Hoisted(Finding finding, LockStatementSyntax held, IReadOnlyList<ExpressionSyntax> uses, LocalDeclarationStatementSyntax? statement)
    {
        if (held.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { OpenBraceToken.RawKind: not 0 } declaration
            || finding.Model.GetDeclaredSymbol(declaration, finding.Cancel) is not { } owner)
            return null;
        var member = finding.Model.GetEnclosingSymbol(held.SpanStart, finding.Cancel);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            member = member.ContainingSymbol;
        if (member is null || !GateField.MayDeclare(owner, declaration, member.IsStatic))
            return null;
        var gate = GateField.In(finding, owner, declaration, member.IsStatic);
        var patch = gate.Declare(gate.Patch());
        foreach (var use in uses)
            patch.Replace(use.Span, gate.Name);
        return statement is null ? patch
            : patch.Replace(TextSpan.FromBounds(finding.Layout.StartOfLine(statement.GetFirstToken()), statement.GetLastToken().FullSpan.End), "");
    }

    /// <summary><c>Gate =&gt; new object()</c> becomes <c>Gate { get; } = new object()</c>.</summary>
    private static Patch? Stored(Finding finding, IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var reference] }
        && reference.SyntaxTree == finding.Root.SyntaxTree
        && reference.GetSyntax(finding.Cancel) is PropertyDeclarationSyntax { ExpressionBody: { } body, Parent: TypeDeclarationSyntax declaration }
        && IsPlain(body.Expression)
        && GateField.MayDeclare(property.ContainingType, declaration, property.IsStatic)
            ? finding.Patch(body).Replace(body.ArrowToken.Span, "{ get; } =")
            : null;
}
