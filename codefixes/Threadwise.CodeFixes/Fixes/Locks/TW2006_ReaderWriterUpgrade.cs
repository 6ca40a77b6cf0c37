using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The read lock that is to become a write lock is entered, and left, as an upgradeable one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReaderWriterUpgradeFix))]
public sealed class ReaderWriterUpgradeFix() : Fix("TW2006", "Enter an upgradeable read lock")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding["direct"] != "true" || finding.Others is not [var since]
            || LockCall.Of(finding, since) is not { Fact: { Effect: Effect.Acquires, Mode: Mode.Shared } } read
            || Function.Around(since) is var function && function != Function.Around(finding.Node))
            return null;
        var readers = Function.Nodes(function).Select(node => LockCall.Of(finding, node)).OfType<LockCall>()
            .Where(call => call.Fact.Mode == Mode.Shared && call.IsSameLock(read)).ToList();
        var patch = finding.Patch(function is BasePropertyDeclarationSyntax or BaseMethodDeclarationSyntax
            ? function
            : function.FirstAncestorOrSelf<StatementSyntax>() ?? function, alone: true);
        if (readers.Count(call => call.Takes) != 1 || readers.Count < 2)
            return null;
        foreach (var call in readers)
            if (call is { Name: { } name } && call.NameIn(finding, Mode.Upgradeable) is { } upgradeable)
                patch.Replace(name.Span, upgradeable);
            else
                return null;
        return patch;
    }
}
