using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A wait for a semaphore, a process and the like becomes an await of its twin; where there is none, nothing is offered.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingPrimitiveInAsyncFix))]
public sealed class BlockingPrimitiveInAsyncFix() : Fix("TW3006", "Await instead of blocking")
{
    private protected override Patch? For(Finding finding) => TwinCall.Awaited(finding, IsUndone);

    /// <summary>A wait that is given up takes nothing, and the finally block around it would give that back.</summary>
    internal static bool IsUndone(InvocationExpressionSyntax wait) =>
        wait.Ancestors().TakeWhile(static ancestor => !Function.Is(ancestor))
            .Any(ancestor => ancestor is TryStatementSyntax { Finally: not null } tried && tried.Block.Span.Contains(wait.Span));
}
