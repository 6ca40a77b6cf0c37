using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A semaphore whose handle nobody asks for has nothing to dispose of: the call is removed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposedWhileInUseFix))]
public sealed class DisposedWhileInUseFix() : Fix("TW2035", "Leave the semaphore to the garbage collector")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var semaphore },
            Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }
        && finding.Symbol(semaphore) is IFieldSymbol { Type: { Name: "SemaphoreSlim" } type } && !AsksForHandle(finding, type)
            ? finding.Patch(statement).Replace(Lines(finding.Layout, statement), "")
            : null;

    private static bool AsksForHandle(Finding finding, ITypeSymbol type) =>
        finding.Root.DescendantTokens()
            .Any(token => token.IsKind(SyntaxKind.IdentifierToken)
                && type.GetMembers(token.ValueText).Any(member => member is IPropertySymbol { Type.Name: "WaitHandle" }));

    private static TextSpan Lines(Layout layout, StatementSyntax statement)
    {
        var (first, last) = (statement.GetFirstToken(), statement.GetLastToken());
        return layout.StartsLine(first) && last.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? TextSpan.FromBounds(layout.StartOfLine(first), last.FullSpan.End)
            : TextSpan.FromBounds(statement.SpanStart, last.FullSpan.End);
    }
}
