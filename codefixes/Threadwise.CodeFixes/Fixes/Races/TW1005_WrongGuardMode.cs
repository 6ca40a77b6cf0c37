using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The lock is entered, and left, as a writer; for what all objects share, they take one lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WrongGuardModeFix))]
public sealed class WrongGuardModeFix() : Fix("TW1005", "Enter the lock as a writer", "Take a lock that all objects share")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["guard"] is not { } guard || Function.Around(finding.Node) is not { } function)
            return null;
        var calls = Function.Nodes(function).Select(node => LockCall.Of(finding, node)).OfType<LockCall>().ToList();
        var readers = calls.Where(call => call.Fact.Mode == Mode.Shared && call.Lock.ToString() is var written && (written == guard || written == "this." + guard))
            .ToList();
        // Taken once, given back, and nothing in between that could take it, or another lock, a second time.
        if (readers.Count != calls.Count || readers.Count(call => call.Takes) != 1 || readers.Count < 2
            || Function.Nodes(function).Any(node => CallsOwnCode(finding, node)))
            return null;
        var patch = finding.Patch(function is BasePropertyDeclarationSyntax or BaseMethodDeclarationSyntax
            ? function
            : function.FirstAncestorOrSelf<StatementSyntax>() ?? function, alone: true);
        foreach (var call in readers)
            if (call is { Name: { } name } && call.NameIn(finding, Mode.Exclusive) is { } exclusive)
                patch.Replace(name.Span, exclusive);
            else
                return null;
        return patch;
    }

    private protected override Patch? OtherFor(Finding finding) =>
        finding["guard"] is { } guard && finding.Node is ExpressionSyntax access && finding.Symbol(access) is IFieldSymbol { IsStatic: true } state
            ? SharedLock.For(finding, state, guard)
            : null;

    private static bool CallsOwnCode(Finding finding, SyntaxNode node) => node is LockStatementSyntax
        || node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
            && finding.Symbol(node) is not IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: true };
}
