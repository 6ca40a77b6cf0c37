using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A synchronous call becomes an await of its asynchronous twin.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SyncCallInAsyncFix))]
public sealed class SyncCallInAsyncFix() : Fix("TW3002", "Await the asynchronous twin")
{
    private protected override Patch? For(Finding finding) => TwinCall.Awaited(finding);
}
