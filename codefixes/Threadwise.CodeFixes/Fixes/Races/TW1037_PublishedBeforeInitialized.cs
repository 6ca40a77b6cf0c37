using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The object is stored when it is complete.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PublishedBeforeInitializedFix))]
public sealed class PublishedBeforeInitializedFix() : Fix("TW1037", "Store it last")
{
    private protected override Patch? For(Finding finding) =>
        finding["how"] == "stored" && finding.Others is [var published] && Local(finding) is { } local
            ? LaterStatement.Behind(finding, published, finding.Node, statement => statement.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Any(name => SymbolEqualityComparer.Default.Equals(finding.Symbol(name), local)))
            : null;

    /// <summary>The object that is changed too late.</summary>
    private static ISymbol? Local(Finding finding) =>
        finding.Node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(finding.Symbol).FirstOrDefault(static symbol => symbol is ILocalSymbol);
}
