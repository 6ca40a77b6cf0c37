namespace Threadwise.CodeFixes;

/// <summary>Whether a document still compiles after patches: the members they touch must have no error they did not have before, and the text none that changes what follows.</summary>
internal sealed class CompileCheck(Source source, CancellationToken cancel)
{
    public bool Passes(IReadOnlyList<Patch> patches)
    {
        var changed = PatchedText.Of(source, patches);
        var tree = source.Root.SyntaxTree.WithChangedText(changed);
        if (Unread(tree) > Unread(source.Root.SyntaxTree))
            return false;
        var after = source.Model.Compilation.ReplaceSyntaxTree(source.Root.SyntaxTree, tree).GetSemanticModel(tree);
        var members = patches.Select(patch => Function.Member(source.Root.FindNode(patch.Extent)).FullSpan).ToList();
        var span = TextSpan.FromBounds(members.Min(member => member.Start), members.Max(member => member.End));
        var before = Errors(source.Model, span);
        return Errors(after, TextSpan.FromBounds(span.Start, span.End + changed.Length - source.Text.Length))
            .All(error => before.TryGetValue(error.Key, out var count) && error.Value <= count);
    }

    /// <summary>A brace too few is missed at the end of the file.</summary>
    private int Unread(SyntaxTree tree) => tree.GetDiagnostics(cancel).Count(static problem => problem.Severity == DiagnosticSeverity.Error);

    private Dictionary<string, int> Errors(SemanticModel compiled, TextSpan span) =>
        compiled.GetDiagnostics(span, cancel)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());
}
