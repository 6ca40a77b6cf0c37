using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The signal is given when the state is written.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SignalBeforeStateFix))]
public sealed class SignalBeforeStateFix() : Fix("TW1034", "Signal last")
{
    private protected override Patch? For(Finding finding) =>
        finding.Others is [var written, _] ? LaterStatement.Behind(finding, finding.Node, written, statement => LaterStatement.WritesMember(finding, statement)) : null;
}
