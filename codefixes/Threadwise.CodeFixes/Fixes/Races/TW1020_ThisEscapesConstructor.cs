using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The object is handed out when its constructor has written it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThisEscapesConstructorFix))]
public sealed class ThisEscapesConstructorFix() : Fix("TW1020", "Hand it out last")
{
    private protected override Patch? For(Finding finding) =>
        finding.Others is [var written] ? LaterStatement.Behind(finding, finding.Node, written, statement => LaterStatement.WritesMember(finding, statement)) : null;
}
