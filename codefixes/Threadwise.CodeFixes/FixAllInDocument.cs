using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes;

/// <summary>Fixes all findings of a document in one pass over its text.</summary>
internal sealed class FixAllInDocument(Fix fix) : DocumentBasedFixAllProvider
{
    protected override Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
        fix.ChangedAsync(document, diagnostics, fixAllContext.CancellationToken, fixAllContext.CodeActionEquivalenceKey);
}
