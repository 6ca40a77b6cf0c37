using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The source is created so that what awaits it never runs inside the call that completes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompletionUnderLockFix))]
public sealed class CompletionUnderLockFix() : Fix("TW2012", "Run continuations asynchronously")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Others is not { Count: > 0 } creations
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.TaskCreationOptions") is not { } options)
            return null;
        var patch = finding.Patch(creations.Count == 1 ? creations[0] : creations[0].FirstAncestorOrSelf<TypeDeclarationSyntax>()!, alone: creations.Count > 1);
        foreach (var creation in creations)
        {
            var option = $"{options.ToMinimalDisplayString(finding.Model, creation.SpanStart)}.RunContinuationsAsynchronously";
            if (creation is not BaseObjectCreationExpressionSyntax { ArgumentList: { } list } || finding.Symbol(creation) is not IMethodSymbol constructor)
                return null;
            if (constructor.Parameters.IsEmpty)
                patch.Before(list.CloseParenToken.SpanStart, option);
            else if (constructor.Parameters is [{ Type.SpecialType: SpecialType.System_Object }])
                patch.Before(list.CloseParenToken.SpanStart, ", " + option);
            else
                return null;
        }

        return patch;
    }
}
