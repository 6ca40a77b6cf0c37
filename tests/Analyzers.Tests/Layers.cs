using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Analyzers;
using Threadwise.CodeFixes;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Rules ask, the engine computes, the tables know: no layer does another's work.</summary>
public partial class Layers
{
    private const string Source = "analyzers/Threadwise.Analyzers";

    [Fact]
    public void A_rule_neither_walks_nor_registers()
    {
        NoCode("Rules", @"Microsoft\.CodeAnalysis\.(FlowAnalysis|Operations|CSharp)");
        NoCode("Rules", @"\b(Register\w+Action|ControlFlowGraph|SyntaxNode|SyntaxTree|SemanticModel|IOperation|I\w+Operation)\b");
    }

    [Fact]
    public void The_engine_knows_no_rule_and_no_message() => NoCode("Engine", @"TW\d{4}|\bDiagnosticDescriptor\b|Threadwise\.Analyzers\.Rules");

    [Fact]
    public void The_tables_know_no_flow() => NoCode("Knowledge", @"Microsoft\.CodeAnalysis\.(FlowAnalysis|Operations|CSharp)|Threadwise\.Analyzers\.(Engine|Rules)");

    [Theory]
    [InlineData("Rules"), InlineData("Engine")]
    public void Apis_are_named_in_the_tables_only(string folder) => Violations.None(
        from file in Files(folder)
        from literal in Literals(file)
        where ApiName().IsMatch(literal) || TableNames.Value.Contains(literal)
        select $"{Path.GetFileName(file)}: \"{literal}\"");

    [Fact]
    public void No_project_wide_using_opens_a_layer() =>
        Assert.DoesNotMatch(@"<Using Include=""Microsoft\.CodeAnalysis\.", File.ReadAllText(Catalog.PathOf($"{Source}/Threadwise.Analyzers.csproj")));

    [Fact]
    public void The_analyzers_refer_to_the_oldest_compiler_and_nothing_else() => Assert.Equal([],
        typeof(ThreadwiseAnalyzer).Assembly.GetReferencedAssemblies().Select(name => $"{name.Name} {name.Version!.ToString(2)}")
            .Except(["netstandard 2.0", "Microsoft.CodeAnalysis 4.5", "Microsoft.CodeAnalysis.CSharp 4.5", "System.Collections.Immutable 6.0"]));

    /// <summary>A reference to System.Composition would be a version that older hosts do not have.</summary>
    [Fact]
    public void The_fixes_refer_to_the_oldest_workspaces_and_nothing_else() => Assert.Equal([],
        typeof(Fix).Assembly.GetReferencedAssemblies().Select(name => $"{name.Name} {name.Version!.ToString(2)}")
            .Except(
            [
                "netstandard 2.0", "Microsoft.CodeAnalysis 4.5", "Microsoft.CodeAnalysis.CSharp 4.5", "Microsoft.CodeAnalysis.Workspaces 4.5",
                "Microsoft.CodeAnalysis.CSharp.Workspaces 4.5", "System.Collections.Immutable 6.0", "Threadwise.Analyzers 0.1",
            ]));

    [Fact]
    public void Every_fix_is_exported() => Assert.All(Catalog.Fixes, fix =>
        Assert.Contains(fix.GetType().GetCustomAttributesData(), attribute => attribute.AttributeType.Name == nameof(ExportCodeFixProviderAttribute)));

    private static void NoCode(string folder, string pattern) => Violations.None(
        from file in Files(folder)
        from match in Regex.Matches(Code(file), pattern)
        select $"{Path.GetFileName(file)}: {match.Value}");

    private static IEnumerable<string> Literals(string file) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
            .Select(token => token.ValueText);

    /// <summary>The bare names of the types and members that the tables have rows for.</summary>
    private static readonly Lazy<HashSet<string>> TableNames = new(() =>
        Examples.Files($"{Source}/Knowledge", "*.txt").SelectMany(File.ReadLines)
            .Select(line => DocumentationId().Match(line)).Where(match => match.Success)
            .SelectMany(match => match.Groups[1].Value.Split('.').TakeLast(2))
            .Select(name => name.Split('`')[0]).Where(name => name.Length > 1 && name[0] != '#').ToHashSet(StringComparer.Ordinal));

    /// <summary>The text without comments.</summary>
    private static string Code(string file)
    {
        var root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();
        return root.ReplaceTrivia(root.DescendantTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)), (_, _) => SyntaxFactory.Space).ToFullString();
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(Catalog.PathOf($"{Source}/{folder}")) ? Examples.Files($"{Source}/{folder}", "*.cs") : [];

    [GeneratedRegex(@"^(?:[TMPFE]:|(?:System|Microsoft)\.[A-Z])")]
    private static partial Regex ApiName();

    [GeneratedRegex(@"^[TMPFE]:([^ (]+)")]
    private static partial Regex DocumentationId();
}
