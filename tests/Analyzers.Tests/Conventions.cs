using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Sizes, names and comments of every source file.</summary>
public partial class Conventions
{
    private const int LongestMethod = 40;

    private static readonly string[] Folders = ["analyzers", "codefixes", "runtime", "tests"];

    private static readonly Lazy<List<(string Path, SyntaxNode Root)>> Sources = new(() =>
        [.. from folder in Folders
            from path in Examples.Files(folder, "*.cs")
            select (Path.GetRelativePath(Catalog.Repository, path).Replace('\\', '/'), CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot())]);

    private static IEnumerable<(string Path, SyntaxNode Root)> Product => Sources.Value.Where(source => !source.Path.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void No_file_is_too_long() => Violations.None(
        from source in Sources.Value
        let lines = source.Root.GetText().Lines.Count - 1
        where lines > LongestFile(source.Path)
        select $"{source.Path}: {lines} lines, at most {LongestFile(source.Path)}");

    [Fact]
    public void No_method_is_too_long() => Violations.None(
        from source in Sources.Value
        from member in source.Root.DescendantNodes()
        where member is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = LinesOf(member)
        where lines > LongestMethod
        select $"{source.Path}: {NameOf(member)} has {lines} lines, at most {LongestMethod}");

    [Fact]
    public void A_file_is_named_for_what_it_is() => Violations.None(
        Sources.Value.Select(source => source.Path).Where(path => Nameless().IsMatch(Path.GetFileNameWithoutExtension(path))));

    [Fact]
    public void A_type_says_what_it_means() => Violations.None(
        from source in Product
        where !source.Path.EndsWith("/Polyfills.cs", StringComparison.Ordinal)
        from type in source.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
        where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && type.Parent is not BaseTypeDeclarationSyntax
        group (source.Path, Type: type) by (Path.GetDirectoryName(source.Path), NameOf(type)) into parts
        where parts.All(part => IsReadable(part.Type) && !part.Type.GetLeadingTrivia().ToString().Contains("<summary>"))
        select $"{parts.First().Path}: {NameOf(parts.First().Type)}");

    /// <summary>A program of the evidence is one file, with the stub of a package's type among types that have no namespace.</summary>
    [Fact]
    public void A_namespace_takes_no_indentation() => Violations.None(
        from source in Sources.Value
        where !source.Path.EndsWith("/Polyfills.cs", StringComparison.Ordinal) && !source.Path.StartsWith("tests/Evidence/Programs/", StringComparison.Ordinal) && source.Root.DescendantNodes().OfType<NamespaceDeclarationSyntax>().Any()
        select source.Path);

    [Fact]
    public void Nothing_is_left_to_do() => Violations.None(
        from folder in Folders
        from pattern in new[] { "*.cs", "*.md", "*.txt", "*.csproj", "*.props", "*.targets" }
        from path in Examples.Files(folder, pattern)
        from line in File.ReadLines(path).Index()
        where Unfinished().IsMatch(line.Item)
        select $"{path}({line.Index + 1}): {line.Item.Trim()}");

    [Fact]
    public void No_file_begins_with_a_licence() => Violations.None(
        from source in Sources.Value
        where Licence().IsMatch(source.Root.GetLeadingTrivia().ToString())
        select source.Path);

    [Fact]
    public void No_test_is_skipped() => Violations.None(
        from source in Sources.Value
        from argument in source.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.ToString() is "Skip" or "SkipWhen" or "SkipUnless" or "Explicit"
        select $"{source.Path}: {argument}");

    [Fact]
    public void Documentation_is_written_and_not_inherited() => Violations.None(
        from source in Product
        where source.Root.ToFullString().Contains("<inheritdoc", StringComparison.Ordinal)
        select source.Path);

    /// <summary>Tests also run on older compilers, which cannot read every file.</summary>
    private static bool IsReadable(SyntaxNode node) => node.SyntaxTree.GetDiagnostics().All(problem => problem.Severity != DiagnosticSeverity.Error);

    private static int LongestFile(string path) =>
        path.StartsWith("analyzers/Threadwise.Analyzers/Rules/", StringComparison.Ordinal) ? 120
        : path.StartsWith("codefixes/Threadwise.CodeFixes/Fixes/", StringComparison.Ordinal) ? 150
        : path.StartsWith("runtime/", StringComparison.Ordinal) ? 400
        : path.StartsWith("tests/", StringComparison.Ordinal) ? 600
        : 250;

    /// <summary>A source under test inside a method is data and does not count.</summary>
    private static int LinesOf(SyntaxNode member)
    {
        var data = member.DescendantTokens().Where(token => token.Kind() is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.StringLiteralToken).Sum(token => token.Text.Count(c => c == '\n'));
        return member.ToString().Count(c => c == '\n') + 1 - data;
    }

    private static string NameOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => member.Kind().ToString(),
    };

    [GeneratedRegex("(Utils?|Helpers?|Common|Constants|Extensions|Manager)$")]
    private static partial Regex Nameless();

    [GeneratedRegex(@"\b(TO[D]O|FIXM[E]|HAC[K]|XX[X])\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"copyright|licensed under|all rights reserved", RegexOptions.IgnoreCase)]
    private static partial Regex Licence();
}
