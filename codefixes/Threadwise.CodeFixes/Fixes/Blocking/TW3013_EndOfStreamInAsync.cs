using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary><c>while (!reader.EndOfStream) { var line = reader.ReadLine(); …</c> becomes <c>while (await reader.ReadLineAsync() is { } line) { …</c></summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EndOfStreamInAsyncFix))]
public sealed class EndOfStreamInAsyncFix() : Fix("TW3013", "Read until there are no more lines")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not MemberAccessExpressionSyntax { Parent: PrefixUnaryExpressionSyntax { Parent: WhileStatementSyntax { Statement: BlockSyntax { Statements: [LocalDeclarationStatementSyntax first, ..] } } loop } } end
            || !finding.Speaks(LanguageVersion.CSharp8) || finding.Symbol(end.Expression) is not { } reader
            || first is not { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: var value } line] } || Read(value) is not { } read
            || !SymbolEqualityComparer.Default.Equals(finding.Symbol(Receiver(read)), reader) || Receiver(read).ToString() != end.Expression.ToString()
            || Uses(finding, loop, reader) != 2 || !finding.MayAwait(end) || !finding.MayAwait(read))
            return null;
        var patch = finding.Patch(loop);
        patch.Replace(loop.Condition.Span, $"{Awaited(finding, read)} is {{ }} {line.Identifier.Text}");
        return Removed(finding, patch, first);
    }

    /// <summary>The call that reads a line, whether it is awaited or not.</summary>
    private static InvocationExpressionSyntax? Read(ExpressionSyntax value) => value switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Read(sure.Operand),
        ParenthesizedExpressionSyntax inside => Read(inside.Expression),
        AwaitExpressionSyntax awaited => Read(awaited.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: var task } } => Read(task),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ReadLine" or "ReadLineAsync" } } call => call,
        _ => null,
    };

    private static ExpressionSyntax Receiver(InvocationExpressionSyntax read) => ((MemberAccessExpressionSyntax)read.Expression).Expression;

    private static string Awaited(Finding finding, InvocationExpressionSyntax read) =>
        read.Ancestors().TakeWhile(static ancestor => ancestor is ExpressionSyntax).OfType<AwaitExpressionSyntax>().FirstOrDefault() is { } awaited
            ? awaited.ToString()
            : $"await {Receiver(read)}.ReadLineAsync(){finding.Configured(read, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"))}";

    /// <summary>How often the loop names the reader.</summary>
    private static int Uses(Finding finding, WhileStatementSyntax loop, ISymbol reader) =>
        loop.DescendantNodes().OfType<SimpleNameSyntax>()
            .Count(name => name.Identifier.Text == reader.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), reader));

    private static Patch Removed(Finding finding, Patch patch, LocalDeclarationStatementSyntax first)
    {
        var (begin, last) = (first.GetFirstToken(), first.GetLastToken());
        return finding.Layout.StartsLine(begin) && finding.Layout.EndsLine(last)
            ? patch.Replace(TextSpan.FromBounds(finding.Layout.StartOfLine(begin), last.FullSpan.End), "")
            : patch.Replace(TextSpan.FromBounds(first.SpanStart, last.GetNextToken().SpanStart), "");
    }
}
