using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>One diagnostic to be fixed, and the document it was found in.</summary>
internal sealed class Finding(Source source, Diagnostic diagnostic, CancellationToken cancel)
{
    public SemanticModel Model => source.Model;

    public SyntaxNode Root => source.Root;

    public Facts Facts => source.Facts;

    public Layout Layout => source.Layout;

    public CancellationToken Cancel => cancel;

    /// <summary>The syntax under the squiggle.</summary>
    public SyntaxNode Node { get; } = source.Root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The syntax at the further places of the diagnostic, or null when one of them is in another file.</summary>
    public IReadOnlyList<SyntaxNode>? Others =>
        diagnostic.AdditionalLocations.All(place => place.SourceTree?.FilePath == source.Root.SyntaxTree.FilePath && source.Root.FullSpan.Contains(place.SourceSpan))
        ? diagnostic.AdditionalLocations.Select(place => source.Root.FindNode(place.SourceSpan, getInnermostNodeForTie: true)).ToList()
        : null;

    /// <summary>The member has no syntax errors, so its text means what its tree says.</summary>
    public bool IsWellFormed => Function.Member(Node) is var member
        && !(member.ContainsDiagnostics && member.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error));

    /// <summary>What the rule says about the finding under this name, if anything.</summary>
    public string? this[string property] => diagnostic.Properties.TryGetValue(property, out var value) ? value : null;

    public ISymbol? Symbol(SyntaxNode node) => Model.GetSymbolInfo(node, Cancel).Symbol;

    /// <summary>The language the document is written in has this feature.</summary>
    public bool Speaks(LanguageVersion version) => Root.SyntaxTree.Options is CSharpParseOptions options && options.LanguageVersion >= version;

    /// <summary>The name of a type of the framework, without what is written behind it; in full where it is not at hand, or stands for another one.</summary>
    public string Named(string type, int position)
    {
        var (full, simple) = (type.Split('`')[0], type.Split('`')[0].Substring(type.LastIndexOf('.') + 1));
        return Model.LookupNamespacesAndTypes(position, name: simple).OfType<INamedTypeSymbol>()
            .Any(seen => SymbolEqualityComparer.Default.Equals(seen, Model.Compilation.GetTypeByMetadataName(type))) ? simple : full;
    }

    public Patch Patch(SyntaxNode extent, bool alone = false) => new(Root, extent.Span, alone);
}
