using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Corpus;

/// <summary>A diagnostic, located so that it can be found again after edits elsewhere in the file: the line is for the reader only.</summary>
internal sealed partial record Finding(string Rule, string File, string Member, string Message, int Line, int Column)
{
    public static Finding From(Diagnostic diagnostic, Compilation compilation, string root)
    {
        var span = diagnostic.Location.GetLineSpan();
        var file = span.Path is { Length: > 0 } path ? Path.GetRelativePath(root, path).Replace('\\', '/') : "";
        return new(
            diagnostic.Id, file, EnclosingMember(diagnostic.Location, compilation), WithoutLines(diagnostic.GetMessage()),
            span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
    }

    /// <summary>The findings in the order of the verdict files; equal ones in one member are told apart by number.</summary>
    public static IEnumerable<(Finding Finding, FindingKey Key)> Numbered(IEnumerable<Finding> findings) =>
        findings.Distinct()
            .GroupBy(f => (f.Rule, f.File, f.Member, f.Message))
            .SelectMany(same => same.OrderBy(f => f.Line).ThenBy(f => f.Column)
                .Select((f, index) => (f, new FindingKey(f.Rule, f.File, f.Member, f.Message, index + 1))))
            .OrderBy(pair => pair.Item2);

    private static string EnclosingMember(Location location, Compilation compilation)
    {
        if (location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree))
            return "";

        var symbol = compilation.GetSemanticModel(tree).GetEnclosingSymbol(location.SourceSpan.Start);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LambdaMethod or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;

        return symbol?.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) ?? "";
    }

    private static string WithoutLines(string message) => LineNumber().Replace(message, "");

    [GeneratedRegex(@"(?<=\.cs)(:\d+)+|(?<=\.cs)\(\d+(,\d+)*\)|(?<=\bline) \d+")]
    private static partial Regex LineNumber();
}
