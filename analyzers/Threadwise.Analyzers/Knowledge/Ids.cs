namespace Threadwise.Analyzers.Knowledge;

/// <summary>Finds what the id of a row is about in one compilation.</summary>
internal static class Ids
{
    /// <summary>The type of the id, or the one that should have the member; null where nothing refers to it.</summary>
    public static INamedTypeSymbol? TypeOf(string id, Compilation compilation) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId(TypeId(id), compilation) as INamedTypeSymbol;

    /// <summary>The id itself if it is a type's, or that of the type which should have the member.</summary>
    public static string TypeId(string id) => id[0] == 'T' ? id : "T:" + id.Substring(2, Math.Max(NameStart(id) - 3, 0));

    /// <summary>The type, or the members of that id, inherited ones too; all overloads if it ends in <c>*</c>.</summary>
    public static IEnumerable<ISymbol> Find(string id, Compilation compilation)
    {
        for (var type = TypeOf(id, compilation); type is not null; type = type.BaseType?.OriginalDefinition)
        {
            var found = id[0] == 'T' ? new[] { type } : Members(type, id);
            if (found.Any())
                return found;
        }

        return Enumerable.Empty<ISymbol>();
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type, string id)
    {
        var rest = id.Substring(NameStart(id));
        var prefix = id[0] + type.GetDocumentationCommentId()!.Substring(1) + ".";
        return type.GetMembers().Where(member => member.GetDocumentationCommentId() is { } candidate && candidate.StartsWith(prefix, StringComparison.Ordinal)
            && Matches(candidate.Substring(prefix.Length), rest));
    }

    /// <summary><c>Run``1(System.Int32)</c> is one of <c>Run*</c>, <c>Runner</c> is not.</summary>
    private static bool Matches(string member, string rest)
    {
        if (rest.Length == 0 || rest[rest.Length - 1] != '*')
            return member == rest;
        var length = rest.Length - 1;
        return string.CompareOrdinal(member, 0, rest, 0, length) == 0
            && (member.Length == length || member.Length > length && (member[length] == '(' || member[length] == '`'));
    }

    /// <summary>Where the member's name begins: after the last dot before its parameters.</summary>
    public static int NameStart(string id)
    {
        var end = id.IndexOf('(') is >= 0 and var open ? open : id.Length;
        return id.LastIndexOf('.', end - 1) + 1 is > 2 and var start ? start : 2;
    }
}
