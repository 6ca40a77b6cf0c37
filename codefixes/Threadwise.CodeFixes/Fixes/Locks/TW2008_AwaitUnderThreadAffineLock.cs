using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A private lock field becomes an <c>AsyncLock</c>, where the runtime library is at hand and only asynchronous code takes it; otherwise a <c>SemaphoreSlim(1, 1)</c>. So do its uses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitUnderThreadAffineLockFix))]
public sealed class AwaitUnderThreadAffineLockFix() : Fix("TW2008", "Make the lock one that can be awaited")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["convert"] != "true" || PrivateLock.Of(finding) is not { } gate)
            return null;
        var types = finding.Model.Compilation;
        return types.GetTypeByMetadataName("Threadwise.AsyncLock") is { DeclaredAccessibility: Accessibility.Public } own
            && gate.Become(own, "()", (patch, use) => AsyncLockUse.Convert(finding, patch, use)) is { } converted ? converted
            : gate.Become(types.GetTypeByMetadataName("System.Threading.SemaphoreSlim")!, "(1, 1)", (patch, use) => Convert(finding, patch, use));
    }

    /// <summary>False for a use that has no counterpart on a semaphore.</summary>
    private static bool Convert(Finding finding, Patch patch, ExpressionSyntax use)
    {
        switch (use.Parent)
        {
            case LockStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax, Statement: BlockSyntax } held:
                Try(finding, patch, held, use);
                return true;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } }:
                return Call(finding, patch, call, use);
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax } call }:
                return Call(finding, patch, call, use);
            default:
                return false;
        }
    }

    private static bool Call(Finding finding, Patch patch, InvocationExpressionSyntax call, ExpressionSyntax use)
    {
        if (finding.Symbol(call) is not IMethodSymbol { Name: "Enter" or "Exit", ContainingType.Name: "Monitor" or "Lock" } method)
            return false;
        patch.Replace(call.Span, method.Name == "Exit" ? use + ".Release()" : Take(finding, call, use));
        return true;
    }

    private static void Try(Finding finding, Patch patch, LockStatementSyntax held, ExpressionSyntax use)
    {
        var (layout, block) = (finding.Layout, (BlockSyntax)held.Statement);
        var head = TextSpan.FromBounds(held.SpanStart, held.CloseParenToken.Span.End);
        if (!layout.StartsLine(held.LockKeyword) || !layout.StartsLine(block.CloseBraceToken))
        {
            patch.Replace(head, Take(finding, held, use) + "; try").After(held.Span.End, $" finally {{ {use}.Release(); }}");
            return;
        }

        var indentation = layout.Indentation(held.SpanStart);
        var line = layout.NewLine + indentation;
        patch.Replace(head, $"{Take(finding, held, use)};{line}try")
            .After(held.Span.End, $"{layout.Continue(indentation, "finally")}{line}{layout.Step(held)}{use}.Release();{line}}}");
    }

    private static string Take(Finding finding, SyntaxNode place, ExpressionSyntax use)
    {
        var isAsync = finding.Model.GetEnclosingSymbol(place.SpanStart, finding.Cancel) is IMethodSymbol { IsAsync: true };
        return isAsync && use.Ancestors().OfType<LockStatementSyntax>().All(held => held == place)
            ? $"await {use}.WaitAsync(){finding.Configured(use, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"))}"
            : use + ".Wait()";
    }
}
