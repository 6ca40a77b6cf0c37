using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The dictionary keeps lazy values, each of which is made once, by whoever asks first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ImpureConcurrentFactoryFix))]
public sealed class ImpureConcurrentFactoryFix() : Fix("TW1025", "Make each value once")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var all } } }
            && finding.Symbol(all) is IFieldSymbol field ? LazyValues.In(finding, field) : null;
}
