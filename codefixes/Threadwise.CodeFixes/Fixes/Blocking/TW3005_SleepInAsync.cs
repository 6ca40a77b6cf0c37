using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary><c>Thread.Sleep(x)</c> becomes <c>await Task.Delay(x)</c>; a delay that is waited for is awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SleepInAsyncFix))]
public sealed class SleepInAsyncFix() : Fix("TW3005", "Await a delay instead of sleeping")
{
    private protected override Patch? For(Finding finding) => finding.Node is ExpressionSyntax wait ? Awaited(finding, wait) : null;

    /// <summary>The sleep as an await, or null when it cannot be one.</summary>
    internal static Patch? Awaited(Finding finding, ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax sleep when finding.Symbol(sleep) is IMethodSymbol { Name: "Sleep", ContainingType.Name: "Thread", Parameters.Length: 1 } =>
            Delayed(finding, sleep),
        _ => BlockingWaitInAsyncFix.Awaited(finding, expression),
    };

    private static Patch? Delayed(Finding finding, InvocationExpressionSyntax sleep)
    {
        if (!finding.MayAwait(sleep) || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task)
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
