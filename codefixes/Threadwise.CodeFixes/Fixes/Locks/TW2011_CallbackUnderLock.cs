using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A delegate called at the end of the lock, or a member that raises an event there, is called after it, with what it would have been given.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CallbackUnderLockFix))]
public sealed class CallbackUnderLockFix() : Fix("TW2011", "Call after the lock")
{
    private protected override Patch? For(Finding finding) =>
        finding.Symbol(finding.Node) is IMethodSymbol called && (called.MethodKind == MethodKind.DelegateInvoke || OnlyRaises(finding, called))
        && LastInLock.Of(finding) is { HasOthers: true } last && last.Copies.Cover(last.Value) ? last.Out() : null;

    /// <summary>Raises events and touches nothing else, so that who overrides it is in the place of a handler. Other members may rely on the lock.</summary>
    private static bool OnlyRaises(Finding finding, IMethodSymbol method)
    {
        if (!method.ReturnsVoid || method.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != finding.Root.SyntaxTree
            || reference.GetSyntax(finding.Cancel) is not MethodDeclarationSyntax declaration)
            return false;
        var used = (declaration.Body ?? (SyntaxNode?)declaration.ExpressionBody)?.DescendantNodes().OfType<SimpleNameSyntax>().Select(finding.Symbol).ToList() ?? [];
        return used.Any(symbol => symbol is IEventSymbol) && used.All(symbol => symbol
            is IEventSymbol or ILocalSymbol or IParameterSymbol or INamespaceOrTypeSymbol or IMethodSymbol { MethodKind: MethodKind.DelegateInvoke }
                or IFieldSymbol { IsStatic: true, IsReadOnly: true });
    }
}
