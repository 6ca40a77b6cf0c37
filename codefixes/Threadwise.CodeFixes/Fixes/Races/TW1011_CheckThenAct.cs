using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>One step of the collection that does both takes the place of the two.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckThenActFix))]
public sealed class CheckThenActFix() : Fix("TW1011", "Do both in one step")
{
    private protected override Patch? For(Finding finding) =>
        finding is not { Others: [InvocationExpressionSyntax or ElementAccessExpressionSyntax] } ? null : finding["pair"] switch
        {
            "Insert" => SuppliedValue.For(finding),
            "Renew" => RenewedValue.For(finding),
            "Fetch" => FoundValue.For(finding),
            "Withdraw" => Withdrawn(finding),
            _ => null,
        };

    /// <summary><c>TryRemove(k, out _)</c> becomes <c>TryRemove(new KeyValuePair(k, v))</c>, which removes what was looked at and nothing else.</summary>
    private static Patch? Withdrawn(Finding finding)
    {
        if (finding is not { Node: InvocationExpressionSyntax { ArgumentList.Arguments: [var key, var result] list } remove,
            Others: [InvocationExpressionSyntax { ArgumentList.Arguments: [_, var found] }] }
            || finding.Symbol(remove) is not IMethodSymbol { ContainingType: { TypeArguments: [_, _] arguments } }
            || NameOf(found) is not { } value || Fills(finding, arguments[1])
            || finding.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.KeyValuePair`2") is not { } pair)
            return null;
        var type = pair.Construct(arguments, arguments.Select(static argument => argument.NullableAnnotation).ToImmutableArray())
            .ToMinimalDisplayString(finding.Model, remove.SpanStart, StatementRun.TypeName);
        return finding.Patch(remove).Before(key.SpanStart, $"new {type}(").Replace(result.Span, value).After(result.Span.End, ")");
    }

    /// <summary>The value may change though it stays the same object: what others put into it meanwhile would be lost all the same.</summary>
    private static bool Fills(Finding finding, ITypeSymbol value) =>
        finding.Facts.About(value).Any(static fact => fact.Effect is Effect.Container or Effect.Synchronizes);

    private static string? NameOf(ArgumentSyntax found) => found.Expression switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.Text: var name } } => name,
        IdentifierNameSyntax { Identifier.Text: var name } => name,
        _ => null,
    };
}
