using Threadwise.Analyzers.Engine;

namespace Threadwise.CodeFixes;

/// <summary><c>[GuardedBy]</c> written on a member, so that every access to it is checked from then on.</summary>
internal static class GuardMark
{
    private const string Attribute = "GuardedByAttribute";

    /// <summary>Null where the attribute is not at hand, the guard has no name there, or the mark would stand on more than this member.</summary>
    public static Patch? On(Finding finding, ISymbol? member)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || finding["kind"] is not ("monitor" or "lock") || finding["guard"] is not { } guard
            || DeclarationOf(finding, member) is not { } declaration
            || !IsNamed(member, guard) || Name(finding, declaration) is not { } name)
            return null;
        var (own, layout) = (member.ContainingType.Name + ".", finding.Layout);
        var mark = $"[{name}(\"{(guard.StartsWith(own, StringComparison.Ordinal) ? guard.Substring(own.Length) : guard)}\")]";
        return finding.Patch(declaration)
            .Before(declaration.SpanStart, layout.StartsLine(declaration.GetFirstToken())
                ? mark + layout.NewLine + layout.Indentation(declaration.SpanStart)
                : mark + " ");
    }

    private static MemberDeclarationSyntax? DeclarationOf(Finding finding, ISymbol member) =>
        member.DeclaringSyntaxReferences is not [var declared] || declared.SyntaxTree != finding.Root.SyntaxTree ? null : declared.GetSyntax(finding.Cancel) switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } => field,
            PropertyDeclarationSyntax property => property,
            _ => null,
        };

    /// <summary>Seen from the member, the guard is a lock; a member of all objects has none of one object.</summary>
    private static bool IsNamed(ISymbol member, string guard) =>
        Guards.Named(member.ContainingType.OriginalDefinition, guard) is { } place && !(member.IsStatic && place.Root == Root.This);

    /// <summary>The attribute as it is written here.</summary>
    private static string? Name(Finding finding, SyntaxNode at)
    {
        if (finding.Model.LookupNamespacesAndTypes(at.SpanStart, name: Attribute).OfType<INamedTypeSymbol>().FirstOrDefault() is { } seen)
            return Takes(seen) ? "GuardedBy" : null;
        return finding.Model.Compilation.GetTypeByMetadataName("Threadwise." + Attribute) is { } ours && Takes(ours) ? "Threadwise.GuardedBy" : null;
    }

    private static bool Takes(INamedTypeSymbol attribute) =>
        attribute.InstanceConstructors.Any(static constructor => constructor.Parameters is [{ Type.SpecialType: SpecialType.System_String }]);
}
