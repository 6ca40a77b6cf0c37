using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes;

/// <summary>A fix for one rule: a title, and what to write for one finding. Registration, keys, fix-all and the proof that the result compiles are shared.</summary>
public abstract class Fix : CodeFixProvider
{
    private readonly string _id;
    private readonly string _title;
    private readonly ImmutableArray<string> _others;

    /// <param name="others">The titles of other ways to fix the same, which are offered after the first.</param>
    private protected Fix(string id, string title, params string[] others)
    {
        _id = id;
        _title = title;
        _others = others.ToImmutableArray();
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The titles of the ways that are offered after the first.</summary>
    internal IReadOnlyList<string> Others => _others;

    public sealed override FixAllProvider GetFixAllProvider() => new FixAllInDocument(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        await OfferAsync(context, _title, _id).ConfigureAwait(false);
        foreach (var other in _others)
            await OfferAsync(context, other, Key(other)).ConfigureAwait(false);
    }

    private async Task OfferAsync(CodeFixContext context, string title, string key)
    {
        if (await ChangedAsync(context.Document, context.Diagnostics, context.CancellationToken, key).ConfigureAwait(false) is { } changed)
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), key), context.Diagnostics);
    }

    private string Key(string other) => _id + ", " + other;

    /// <summary>What the actions are asked for by, the first one first.</summary>
    internal IEnumerable<string> Keys => _others.Select(Key).Prepend(_id);

    /// <summary>What to write so that the finding is gone, or null when there is no safe change.</summary>
    private protected abstract Patch? For(Finding finding);

    /// <summary>The same in the other way that has this title.</summary>
    private protected virtual Patch? OtherFor(Finding finding, string title) => OtherFor(finding);

    /// <summary>The same in the only other way.</summary>
    private protected virtual Patch? OtherFor(Finding finding) => null;

    /// <summary>The document with every finding fixed that can be, or null when none can.</summary>
    internal async Task<Document?> ChangedAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancel, string? key = null)
    {
        if (await Source.OfAsync(document, cancel).ConfigureAwait(false) is not { } source)
            return null;

        var other = _others.FirstOrDefault(title => Key(title) == key);
        var patches = new List<Patch>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => IsIn(source.Root, diagnostic)).OrderBy(diagnostic => diagnostic.Location.SourceSpan))
            if (new Finding(source, diagnostic, cancel) is { IsWellFormed: true } finding
                && (other is null ? For(finding) : OtherFor(finding, other)) is { IsSafe: true } patch
                && patches.All(earlier => !patch.Is(earlier) && patch.AgreesWith(earlier)))
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
