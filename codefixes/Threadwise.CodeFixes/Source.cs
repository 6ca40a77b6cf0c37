using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A document as fixes read it: syntax, meaning, text, and what is known about the calls in it.</summary>
internal sealed class Source
{
    private Source(SemanticModel model, SyntaxNode root, SourceText text, Facts facts)
    {
        Model = model;
        Root = root;
        Text = text;
        Facts = facts;
        Layout = new Layout(root, text);
    }

    public SemanticModel Model { get; }

    public SyntaxNode Root { get; }

    public SourceText Text { get; }

    public Facts Facts { get; }

    public Layout Layout { get; }

    public static async Task<Source?> OfAsync(Document document, CancellationToken cancel)
    {
        var root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancel).ConfigureAwait(false);
        if (root is null || model is null)
            return null;
        var text = await document.GetTextAsync(cancel).ConfigureAwait(false);
        return new Source(model, root, text, new Facts(UserTables.Over(Table.BuiltIn, document.Project.AnalyzerOptions.AdditionalFiles, cancel)));
    }
}
