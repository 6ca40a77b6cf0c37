using System.Globalization;

namespace Threadwise.CodeFixes;

/// <summary>A name for a new variable or parameter that nothing in the function around it has.</summary>
internal static class FreeName
{
    public static string In(SyntaxNode function, string wanted)
    {
        var names = new HashSet<string>(function.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(static token => token.ValueText), StringComparer.Ordinal);
        return SyntaxFacts.GetKeywordKind(wanted) == SyntaxKind.None && !names.Contains(wanted) ? wanted
            : Enumerable.Range(2, int.MaxValue - 2).Select(i => wanted + i.ToString(CultureInfo.InvariantCulture)).First(name => !names.Contains(name));
    }
}
