namespace Threadwise.CodeFixes;

/// <summary>A name for a new gate: like those of the other fields, and like no other name in the type.</summary>
internal static class FieldName
{
    public static string In(INamedTypeSymbol owner, TypeDeclarationSyntax declaration, bool isStatic)
    {
        var fields = declaration.Members.OfType<FieldDeclarationSyntax>()
            .Where(field => field.Modifiers.Any(SyntaxKind.StaticKeyword) == isStatic && !field.Modifiers.Any(SyntaxKind.PublicKeyword))
            .SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.ValueText).ToList();
        var name = fields.Count == 0 ? (isStatic ? "s_gate" : "_gate")
            : fields.Exists(field => field.StartsWith("s_", StringComparison.Ordinal)) ? "s_gate"
            : fields.Exists(field => field[0] == '_') ? "_gate"
            : char.IsUpper(fields[0][0]) ? "Gate" : "gate";
        var taken = new HashSet<string>(declaration.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText), StringComparer.Ordinal);
        for (var above = owner.BaseType; above is not null; above = above.BaseType)
            taken.UnionWith(above.MemberNames);
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? name : name + i.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .First(candidate => !taken.Contains(candidate));
    }
}
