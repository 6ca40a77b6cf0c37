using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary><c>Thread.Sleep(x)</c> becomes <c>await Task.Delay(x)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SleepInAsyncFix))]
public sealed class SleepInAsyncFix() : Fix("TW3005", "Await a delay instead of sleeping")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not InvocationExpressionSyntax sleep
            || finding.Symbol(sleep) is not IMethodSymbol { Name: "Sleep", ContainingType.Name: "Thread", Parameters.Length: 1 }
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task
            || !finding.MayAwait(sleep))
            return null;

        var patch = finding.Patch(sleep)
            .Replace(sleep.Expression.Span, task.ToMinimalDisplayString(finding.Model, sleep.SpanStart) + ".Delay")
            .After(sleep.Span.End, finding.Configured(sleep, task))
            .Await(sleep);
        return sleep.ArgumentList.Arguments is [{ NameColon: { } named } argument]
            ? patch.Replace(TextSpan.FromBounds(named.SpanStart, argument.Expression.SpanStart), "")
            : patch;
    }
}
