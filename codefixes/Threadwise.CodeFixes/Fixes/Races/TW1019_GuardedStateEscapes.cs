using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A copy is returned, made while the lock is held.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GuardedStateEscapesFix))]
public sealed class GuardedStateEscapesFix() : Fix("TW1019", "Return a copy")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax value || finding["locked"] == "false")
            return null;
        if (finding["query"] == "true")
            return finding.Patch(value).After(value.Span.End, ".ToList()");
        return finding.Model.GetTypeInfo(value, finding.Cancel).Type is INamedTypeSymbol type && Copied(type, value) is { } arguments
            ? finding.Patch(value).Before(value.SpanStart, $"new {type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(finding.Model, value.SpanStart, StatementRun.TypeName)}(").After(value.Span.End, arguments + ")")
            : null;
    }

    /// <summary>What else the constructor is told that makes the same again; null for what has no such constructor.</summary>
    private static string? Copied(INamedTypeSymbol type, ExpressionSyntax value) =>
        type.ContainingNamespace?.ToDisplayString() != "System.Collections.Generic" ? null : type.Name switch
    {
        "List" or "Queue" or "LinkedList" or "SortedSet" => "",
        "Dictionary" or "HashSet" or "SortedDictionary" => $", {value}.Comparer",
        _ => null,
    };
}
