using System.Globalization;

namespace Threadwise.CodeFixes;

/// <summary>A name for a new local: like that of what it keeps, and like no other name in the function, nor like the one another lock there gets for it.</summary>
internal static class LocalName
{
    public static string After(LockStatementSyntax held, ExpressionSyntax value, ITypeSymbol type, IEnumerable<string> more)
    {
        var (source, function) = (Source(value), Function.Around(held));
        var name = Plain(source ?? (type is { SpecialType: SpecialType.None, Name.Length: > 0 } ? type.Name : "value"));
        var earlier = source is null
            ? 0
            : function.DescendantNodes().OfType<LockStatementSyntax>().Count(other => other.Span.End <= held.SpanStart && Names(other).Contains(source));
        var taken = new HashSet<string>(Names(function).Concat(more), StringComparer.Ordinal);
        return Enumerable.Range(earlier + 1, int.MaxValue - earlier).Select(i => i == 1 ? name : name + i.ToString(CultureInfo.InvariantCulture))
            .First(candidate => !taken.Contains(candidate));
    }

    /// <summary>For a copy of what is read at a place.</summary>
    public static string For(ExpressionSyntax value) => FreeName.In(Function.Around(value), Plain(Source(value) ?? "value"));

    private static IEnumerable<string> Names(SyntaxNode code) =>
        code.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    /// <summary>What is copied, in one word; of a call only its type says it.</summary>
    private static string? Source(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Source(suppressed.Operand),
        _ => null,
    };

    /// <summary><c>_thread</c>, <c>s_thread</c> and <c>Thread</c> become <c>thread</c>.</summary>
    public static string Plain(string name)
    {
        var bare = name.Length > 2 && name[1] == '_' ? name.Substring(2) : name;
        bare = bare.TrimStart('_');
        if (bare.Length == 0 || !char.IsLetter(bare[0]))
            return "copy";
        var plain = char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        return SyntaxFacts.GetKeywordKind(plain) != SyntaxKind.None || plain is "await" or "field" or "var" ? plain + "Copy" : plain;
    }
}
