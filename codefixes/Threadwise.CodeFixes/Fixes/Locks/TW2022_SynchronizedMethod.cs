using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The attribute goes, and the bodies of all such methods go into locks of a private object, as do all other locks of the instance or type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SynchronizedMethodFix))]
public sealed class SynchronizedMethodFix() : Fix("TW2022", "Lock a private object in the body")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not MethodDeclarationSyntax
            || finding.Model.GetDeclaredSymbol(finding.Node, finding.Cancel) is not IMethodSymbol { ContainingType: var owner } found
            || GateField.InsteadOfOwn(finding, owner, found.IsStatic) is not var (gate, patch))
            return null;
        gate.Declare(patch);
        foreach (var method in owner.GetMembers().OfType<IMethodSymbol>().Where(method => GateField.IsLockedByLanguage(method) && method.IsStatic == found.IsStatic))
            if (!(method is { RefKind: RefKind.None, DeclaringSyntaxReferences: [var reference] }
                && reference.GetSyntax(finding.Cancel) is MethodDeclarationSyntax declaration && Convert(finding, patch, declaration, gate.Name)))
                return null;
        return patch;
    }

    private static bool Convert(Finding finding, Patch patch, MethodDeclarationSyntax method, string gate)
    {
        var attribute = method.AttributeLists.SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => attribute.ToString().EndsWith("(MethodImplOptions.Synchronized)", StringComparison.Ordinal));
        if (attribute?.Parent is not AttributeListSyntax { Attributes.Count: 1 } list || !finding.Layout.StartsLine(list.OpenBracketToken))
            return false;
        patch.Replace(TextSpan.FromBounds(list.SpanStart, list.GetLastToken().GetNextToken().SpanStart), "");
        switch (method)
        {
            case { Body.Statements: { Count: > 0 } statements }:
                var run = new StatementRun(finding, statements);
                return run is { MayMove: true, Yields: false, Awaits: false } && LockBlock.Around(finding, run, gate) is { } around && patch.With(around);
            case { ExpressionBody: { } arrow }:
                return patch.With(LockBlock.Around(finding, arrow, gate,
                    returns: method.ReturnType is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }));
            default:
                return false;
        }
    }
}
