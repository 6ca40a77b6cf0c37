using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What the call returned is kept and used in place of another reading; in a swap, what it compares with.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InterlockedResultIgnoredFix))]
public sealed class InterlockedResultIgnoredFix() : Fix("TW1039", "Use what the call returned")
{
    private protected override Patch? For(Finding finding) =>
        finding is { Node: IdentifierNameSyntax or MemberAccessExpressionSyntax, Others: [InvocationExpressionSyntax call] } && (ExpressionSyntax)finding.Node is var read
        ? finding["kind"] switch { "swap" => Swapped(finding, read, call), "result" => Returned(finding, read, call), _ => null }
        : null;

    private static Patch? Returned(Finding finding, ExpressionSyntax read, InvocationExpressionSyntax call)
    {
        if (call is not { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } change,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Increment" or "Decrement" or "Add" } }
            || read.Ancestors().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Parent == change.Parent) is not { } use
            || use.SpanStart < change.SpanStart)
            return null;
        var name = Name(read, Function.Around(call));
        var patch = new Patch(finding.Root, TextSpan.FromBounds(change.SpanStart, use.Span.End), alone: true).Before(call.SpanStart, $"var {name} = ");
        foreach (var again in Function.Nodes(use)
            .Where(node => node.ToString() == read.ToString() && node is IdentifierNameSyntax or MemberAccessExpressionSyntax
                && node.Parent is not (ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })))
            patch.Replace(again.Span, name);
        return patch;
    }

    private static Patch? Swapped(Finding finding, ExpressionSyntax read, InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [_, _, { Expression: IdentifierNameSyntax comparand }] && finding.Symbol(comparand) is ILocalSymbol
            ? finding.Patch(read).Replace(read.Span, comparand.Identifier.Text)
            : null;

    private static string Name(ExpressionSyntax read, SyntaxNode function)
    {
        var field = (read is MemberAccessExpressionSyntax access ? access.Name.Identifier : ((IdentifierNameSyntax)read).Identifier).ValueText;
        var plain = field.TrimStart('_');
        plain = plain.Length == 0 ? "value" : char.ToLowerInvariant(plain[0]) + plain.Substring(1);
        return FreeName.In(function, plain);
    }
}
