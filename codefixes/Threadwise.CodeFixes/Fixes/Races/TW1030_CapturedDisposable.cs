using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The work is waited for where it is started; or it disposes of the object itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CapturedDisposableFix))]
public sealed class CapturedDisposableFix() : Fix("TW1030", "Await the work", "Dispose of it where it is used")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Others is not [ExpressionSyntax start]
            || finding.Model.GetTypeInfo(start, finding.Cancel).Type is not INamedTypeSymbol { Name: "Task" or "ValueTask" } task || !finding.MayAwait(start))
            return null;
        var wait = finding.Configured(start, task.OriginalDefinition);
        return start.Parent switch
        {
            ExpressionStatementSyntax statement => finding.Patch(statement).Before(start.SpanStart, "await ").After(start.Span.End, wait),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } left, Parent: ExpressionStatementSyntax statement }
                when finding.Symbol(left) is null or IDiscardSymbol =>
                finding.Patch(statement).Replace(TextSpan.FromBounds(left.SpanStart, start.SpanStart), "await ").After(start.Span.End, wait),
            _ => null,
        };
    }

    private protected override Patch? OtherFor(Finding finding) => OwnedByWork.For(finding);
}
