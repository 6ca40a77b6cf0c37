using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The semaphore is created with an upper limit of one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncappedMutexSemaphoreFix))]
public sealed class UncappedMutexSemaphoreFix() : Fix("TW2016", "Create it with an upper limit of 1")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { ArgumentList.Arguments: [var initial] } creation
            && Limit(finding, creation) is { } limit
            ? finding.Patch(creation).After(initial.Span.End, initial.NameColon is null ? ", 1" : $", {limit}: 1")
            : null;

    /// <summary>What the constructor with an upper limit calls it.</summary>
    private static string? Limit(Finding finding, BaseObjectCreationExpressionSyntax creation) =>
        finding.Symbol(creation)?.ContainingType.InstanceConstructors
            .FirstOrDefault(way => way.Parameters.Length == 2
                && way.Parameters.All(parameter => parameter.Type.SpecialType == SpecialType.System_Int32))?.Parameters[1].Name;
}
