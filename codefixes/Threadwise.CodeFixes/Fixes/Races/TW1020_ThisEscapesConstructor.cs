using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The object is handed out when its constructor has written it, or when it is done.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThisEscapesConstructorFix))]
public sealed class ThisEscapesConstructorFix() : Fix("TW1020", "Hand it out last", "Make objects by a method that starts them")
{
    private protected override Patch? For(Finding finding) =>
        finding.Others is [var written] ? LaterStatement.Behind(finding, finding.Node, written, statement => LaterStatement.WritesMember(finding, statement)) : null;

    private protected override Patch? OtherFor(Finding finding) => finding.Others is [_] ? FactoryMethod.For(finding) : null;
}
