using System.Globalization;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The late read is started before the wait, and its result taken where it was read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ProcessOutputDeadlockFix))]
public sealed class ProcessOutputDeadlockFix() : Fix("TW2031", "Start reading before the wait")
{
    private protected override Patch? For(Finding finding)
    {
        if (Late(finding) is not { Expression: MemberAccessExpressionSyntax { Expression: var pipe, Name.Identifier.ValueText: "ReadToEnd" or "ReadToEndAsync" } access,
            ArgumentList.Arguments.Count: 0 } read
            || finding.Node.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax } first
            || !StatementRun.Siblings(first).Any(statement => statement.SpanStart > first.SpanStart && statement.Span.Contains(read.Span))
            || Function.Around(first) != Function.Around(read) || !IsPlain(pipe))
            return null;
        var started = Name(finding, first);
        var (layout, patch) = (finding.Layout, new Patch(finding.Root, TextSpan.FromBounds(first.SpanStart, read.Span.End), alone: true));
        var line = layout.StartsLine(first.GetFirstToken()) ? layout.NewLine + layout.Indentation(first.SpanStart) : " ";
        patch.Before(first.SpanStart, $"var {started} = {pipe}.ReadToEndAsync();{line}");
        if (access.Name.Identifier.ValueText == "ReadToEndAsync")
            return patch.Replace(read.Span, started);
        if (IsAsync(finding, read) && finding.MayAwait(read))
            return patch.Replace(read.Span,
                Awaited(read, started + finding.Configured(read, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1"))));
        return patch.Replace(read.Span, started + ".GetAwaiter().GetResult()");
    }

    private static InvocationExpressionSyntax? Late(Finding finding)
    {
        var parts = finding["read"]?.Split('+');
        return parts?.Length == 2
            ? finding.Root.FindNode(new TextSpan(Number(parts[0]), Number(parts[1])), getInnermostNodeForTie: true) as InvocationExpressionSyntax
            : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Names the same pipe before the wait.</summary>
    private static bool IsPlain(ExpressionSyntax pipe) =>
        pipe.DescendantNodesAndSelf().All(node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax);

    private static bool IsAsync(Finding finding, SyntaxNode place) =>
        finding.Model.GetEnclosingSymbol(place.SpanStart, finding.Cancel) is IMethodSymbol { IsAsync: true };

    private static string Awaited(ExpressionSyntax read, string task) =>
        read.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax ? $"(await {task})" : "await " + task;

    private static string Name(Finding finding, StatementSyntax before)
    {
        var name = finding["pipe"] == "error" ? "errorRead" : "outputRead";
        var taken = Function.Around(before).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToList();
        while (taken.Contains(name))
            name += "2";
        return name;
    }
}
