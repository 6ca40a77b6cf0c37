using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What is done to the collection inside of functions is done while it is locked; or it becomes one for several threads; or a query makes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnsafeCollectionInParallelFix))]
public sealed class UnsafeCollectionInParallelFix() : Fix("TW1008", "Lock the collection", Concurrent, Query)
{
    private const string Concurrent = "Make it a concurrent collection";
    private const string Query = "Compute it by a parallel query";

    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax collection && finding.Symbol(collection) is { } variable && MayLock(finding, variable)
            ? new LockedChanges(finding, variable).With(collection.ToString(), name => IsUse(finding, name))
            : null;

    private protected override Patch? OtherFor(Finding finding, string title) => title == Concurrent ? ConcurrentForm.Of(finding) : ParallelQuery.Of(finding);

    /// <summary>It is the same object for as long as the functions run.</summary>
    private static bool MayLock(Finding finding, ISymbol variable) => variable switch
    {
        ILocalSymbol or IParameterSymbol => !Function.Member(finding.Node).DescendantNodes()
            .OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Name),
        IFieldSymbol field => field.IsReadOnly && field.DeclaredAccessibility == Accessibility.Private,
        _ => false,
    };

    /// <summary>A member is called that changes the collection or looks into it.</summary>
    private static bool IsUse(Finding finding, IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Expression == name => finding.Symbol(member) is { } used && Uses(finding, used),
        ElementAccessExpressionSyntax element when element.Expression == name => finding.Symbol(element) is { } used && Uses(finding, used),
        _ => false,
    };

    private static bool Uses(Finding finding, ISymbol member) =>
        finding.Facts.About(member).Any(static fact => fact.Effect is Effect.Writes or Effect.Reads or Effect.Enumerates);
}
