using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes;

/// <summary>A fix for one rule: a title, and what to write for one finding. Registration, keys, fix-all and the proof that the result compiles are shared.</summary>
public abstract class Fix : CodeFixProvider
{
    private readonly string _id;
    private readonly string _title;
    private readonly string? _other;

    /// <param name="other">The title of another way to fix the same, which is offered after the first.</param>
    private protected Fix(string id, string title, string? other = null)
    {
        _id = id;
        _title = title;
        _other = other;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new FixAllInDocument(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await ChangedAsync(context.Document, context.Diagnostics, context.CancellationToken).ConfigureAwait(false) is { } changed)
            context.RegisterCodeFix(CodeAction.Create(_title, _ => Task.FromResult(changed), equivalenceKey: _id), context.Diagnostics);
        if (_other is not null && await ChangedAsync(context.Document, context.Diagnostics, context.CancellationToken, OtherKey).ConfigureAwait(false) is { } other)
            context.RegisterCodeFix(CodeAction.Create(_other, _ => Task.FromResult(other), equivalenceKey: OtherKey), context.Diagnostics);
    }

    private string OtherKey => _id + ", " + _other;

    /// <summary>What to write so that the finding is gone, or null when there is no safe change.</summary>
    private protected abstract Patch? For(Finding finding);

    /// <summary>The same the other way.</summary>
    private protected virtual Patch? OtherFor(Finding finding) => null;

    /// <summary>The document with every finding fixed that can be, or null when none can.</summary>
    internal async Task<Document?> ChangedAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancel, string? key = null)
    {
        if (await Source.OfAsync(document, cancel).ConfigureAwait(false) is not { } source)
            return null;

        var patches = new List<Patch>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => IsIn(source.Root, diagnostic)).OrderBy(diagnostic => diagnostic.Location.SourceSpan))
            if (new Finding(source, diagnostic, cancel) is { IsWellFormed: true } finding && (key == OtherKey ? OtherFor(finding) : For(finding)) is { IsSafe: true } patch
                && patches.All(other => !patch.Is(other) && patch.AgreesWith(other)))
                patches.Add(patch);

        var kept = Compiling(new CompileCheck(source, cancel), [], patches);
        return kept.Count == 0 ? null : document.WithText(PatchedText.Of(source, kept));
    }

    private bool IsIn(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Id == _id && root.FullSpan.Contains(diagnostic.Location.SourceSpan);

    /// <summary>As many of the patches as compile together with those already kept.</summary>
    private static List<Patch> Compiling(CompileCheck check, List<Patch> kept, List<Patch> more)
    {
        if (more.Count == 0)
            return kept;
        var all = kept.Concat(more).ToList();
        if (check.Passes(all))
            return all;
        var half = more.Count / 2;
        return half == 0 ? kept : Compiling(check, Compiling(check, kept, more.GetRange(0, half)), more.GetRange(half, more.Count - half));
    }
}
