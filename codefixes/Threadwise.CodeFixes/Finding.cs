using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>One diagnostic to be fixed, and the document it was found in.</summary>
internal sealed class Finding(SemanticModel model, SyntaxNode root, SourceText text, Diagnostic diagnostic, CancellationToken cancel)
{
    public SemanticModel Model { get; } = model;

    public SyntaxNode Root { get; } = root;

    public SourceText Text { get; } = text;

    public CancellationToken Cancel { get; } = cancel;

    public Facts Facts { get; } = new(Table.BuiltIn);

    public Layout Layout { get; } = new(root, text);

    /// <summary>The syntax under the squiggle.</summary>
    public SyntaxNode Node { get; } = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The member has no syntax errors, so its text means what its tree says.</summary>
    public bool IsWellFormed => Function.Member(Node) is var member
        && !(member.ContainsDiagnostics && member.GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error));

    /// <summary>What the rule says about the finding under this name, if anything.</summary>
    public string? this[string property] => diagnostic.Properties.TryGetValue(property, out var value) ? value : null;

    public ISymbol? Symbol(SyntaxNode node) => Model.GetSymbolInfo(node, Cancel).Symbol;

    public Patch Patch(SyntaxNode extent, bool alone = false) => new(Root, extent.Span, alone);
}
