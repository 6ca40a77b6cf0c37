using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Testing;

/// <summary>An example on a page: its text without the marks, and the lines (from 0) marked <c>// TWnnnn</c>.</summary>
internal sealed record Fence(string Section, string Text, IReadOnlyList<int> MarkedLines)
{
    /// <summary>A program if it has top-level statements, else a library.</summary>
    public Case Surroundings { get; } = new()
    {
        HasRuntime = true,
        Library = HostStubs.AreNamedIn(Text) ? HostStubs.Source : null,
        Output = CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any()
            ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
    };
}

/// <summary>A rule's page: its sections in order, and the C# examples in them.</summary>
internal sealed partial record Page(string Text, IReadOnlyList<string> Sections, IReadOnlyList<Fence> Fences)
{
    public static Page Read(string path) => Parse(File.ReadAllText(path));

    public static Page Parse(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var headings = Heading().Matches(text).Where(heading => !Fenced().Matches(text).Any(fence => fence.Index < heading.Index && heading.Index < fence.Index + fence.Length)).ToList();
        var fences = Fenced().Matches(text).Where(match => match.Groups["language"].Value == "csharp")
            .Select(match => Unmark(headings.LastOrDefault(heading => heading.Index < match.Index)?.Groups[1].Value ?? "", match.Groups["code"].Value));
        return new Page(text, [.. headings.Select(heading => heading.Groups[1].Value)], [.. fences]);
    }

    public IReadOnlyList<Fence> In(string section) => [.. Fences.Where(fence => fence.Section == section)];

    private static Fence Unmark(string section, string code)
    {
        var lines = code.Split('\n');
        var marked = lines.Index().Where(line => MarkAtEnd().IsMatch(line.Item)).Select(line => line.Index).ToList();
        return new Fence(section, string.Join('\n', lines.Select(line => MarkAtEnd().Replace(line, ""))), marked);
    }

    [GeneratedRegex("^## (.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```(?<language>[a-z]*)[^\n]*\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"\s*// TW\d{4}\s*$")]
    private static partial Regex MarkAtEnd();
}
