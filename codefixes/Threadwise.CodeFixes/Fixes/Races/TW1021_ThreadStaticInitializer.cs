using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The field becomes a <c>ThreadLocal</c>, which makes the value for each thread.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThreadStaticInitializerFix))]
public sealed class ThreadStaticInitializerFix() : Fix("TW1021", "Make the value for each thread")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && !variable.Ancestors().Any(node => node is StatementSyntax)
            ? ThreadLocalField.Of(finding, variable, static _ => true)
            : null;
}
