using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Testing;

/// <summary>A source that some test or page contains, without its marks.</summary>
internal sealed record Example(string Origin, string Text)
{
    public override string ToString() => Origin;
}

/// <summary>Every C# source in the string literals of the tests and on the pages, so that checks over all of them cover each new rule by themselves.</summary>
internal static class Examples
{
    private static readonly Lazy<IReadOnlyList<Example>> Found = new(() => [.. FromTests().Concat(FromPages()).DistinctBy(example => example.Text)]);

    public static IReadOnlyList<Example> All => Found.Value;

    /// <summary>The source files of one folder of the repository, without build output.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Catalog.PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Catalog.Repository, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts" or "TestResults"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<Example> FromTests() =>
        from path in Files("tests", "*.cs")
        let tree = CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path)
        from literal in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
        let text = TextOf(literal)
        where text is not null && LooksLikeSource(text)
        select new Example($"{Path.GetRelativePath(Catalog.Repository, path)}:{literal.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", Unmarked(text));

    private static IEnumerable<Example> FromPages() =>
        from path in Files("analyzers/Threadwise.Analyzers/Rules", "*.md")
        from fence in Page.Read(path).Fences.Index()
        select new Example($"{Path.GetRelativePath(Catalog.Repository, path)}#{fence.Index + 1}", fence.Item.Text);

    private static string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "hole")),
        _ => null,
    };

    private static bool LooksLikeSource(string text) =>
        text.Length > 12 && text.AsSpan().IndexOfAny('{', ';') >= 0
        && CSharpSyntaxTree.ParseText(Unmarked(text)).GetCompilationUnitRoot() is { Members.Count: > 0 } root
        && root.Members.Any(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax or GlobalStatementSyntax { ContainsDiagnostics: false });

    private static string Unmarked(string text)
    {
        try
        {
            return Markup.Parse(text).Text;
        }
        catch (FormatException)
        {
            return text;
        }
    }
}
