using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The field is read once, into a local that the test and the use share.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FieldReadTwiceFix))]
public sealed class FieldReadTwiceFix() : Fix("TW1033", "Read the field once")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax read || finding.Symbol(read) is not { } field
            || read.Ancestors().TakeWhile(node => !Function.Is(node)).OfType<IfStatementSyntax>()
                .LastOrDefault(branch => Reads(finding, branch.Condition, field).Any()) is not { Parent: BlockSyntax } branch
            || !finding.Layout.StartsLine(branch.IfKeyword))
            return null;
        var reads = Reads(finding, branch, field).ToList();
        if (reads.Any(other => FieldUses.IsWritten(other) || Function.Around(other) != Function.Around(branch) || other.ToString() != reads[0].ToString())
            || branch.DescendantNodes().OfType<AwaitExpressionSyntax>().Any())
            return null;
        var local = LocalName.For(reads[0]);
        var patch = finding.Patch(branch, alone: true)
            .Before(branch.SpanStart, $"var {local} = {reads[0]};{finding.Layout.NewLine}{finding.Layout.Indentation(branch.SpanStart)}");
        foreach (var other in reads)
            patch.Replace(other.Span, local);
        return patch;
    }

    private static IEnumerable<ExpressionSyntax> Reads(Finding finding, SyntaxNode code, ISymbol field) => code.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), field))
        .Select(static name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name);
}
