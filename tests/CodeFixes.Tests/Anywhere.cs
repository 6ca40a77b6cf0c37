using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests;

/// <summary>A rule that reports every expression and statement makes its fix break nothing: what it offers compiles, and loses no comment.</summary>
public class Anywhere
{
    private const string Programs = "tests/Evidence/Programs";

    /// <summary>What rules say of their findings, so that fixes go on.</summary>
    private static readonly ImmutableDictionary<string, string?> s_said = new Dictionary<string, string?>
    {
        ["swap"] = "true", ["convert"] = "true", ["direct"] = "true", ["exit"] = "exception", ["lock"] = "_gate", ["kind"] = "wait",
    }.ToImmutableDictionary();

    /// <summary>What programs share.</summary>
    private static readonly ImmutableArray<KeyValuePair<string, string>> s_shared =
    [
        .. from path in Examples.Files($"{Programs}/Shared", "*.cs")
           let text = File.ReadAllText(path)
           where !NeedsService(text)
           select new KeyValuePair<string, string>(Path.GetFileName(path), text),
    ];

    public static TheoryData<string> Ids => [.. Catalog.Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Where(id => id.StartsWith("TW2", StringComparison.Ordinal) || id is "TW1006" or "TW1008" or "TW3008").Distinct()];

    [Theory, MemberData(nameof(Ids))]
    public async Task Whatever_is_reported_the_program_compiles_and_keeps_its_comments(string id)
    {
        var fix = Catalog.Fixes.OfType<Fix>().Single(fix => fix.FixableDiagnosticIds.Contains(id));
        foreach (var path in Examples.Files(Programs, "TW*.cs").Where(path => !path.EndsWith(".Fixed.cs", StringComparison.Ordinal)))
            if (await File.ReadAllTextAsync(path) is var program && !NeedsService(program))
                await Try(fix, id, program);
    }

    /// <summary>It is compiled against ASP.NET Core, which these tests do not refer to.</summary>
    private static bool NeedsService(string program) => new[] { "Microsoft.AspNetCore", "Microsoft.Extensions", "Service." }.Any(part => program.Contains(part, StringComparison.Ordinal));

    private static async Task Try(Fix fix, string id, string program)
    {
        var text = "// begin\n" + program.ReplaceLineEndings("\n").Replace(";\n", "; // kept\n");
        var silent = new StandIn(id, static (_, _) => null);
        var document = new Case { Output = OutputKind.ConsoleApplication }.Project([new("Program.cs", text), .. s_shared], silent).Documents.Single(document => document.Name == "Program.cs");
        var root = (await document.GetSyntaxRootAsync())!;
        var findings = root.DescendantNodes().Where(node => node is ExpressionSyntax or StatementSyntax)
            .Select(node => Diagnostic.Create(silent.SupportedDiagnostics[0], node.GetLocation(), s_said)).ToImmutableArray();
        if (await fix.ChangedAsync(document, findings, default) is not { } changed)
            return;
        var analysis = await Analysis.Of(changed.Project, silent);
        Assert.True(!analysis.Errors.Any(), string.Join("\n", analysis.Errors) + "\n" + await changed.GetTextAsync());
        Assert.Empty(Commentary.Lost(text, (await changed.GetTextAsync()).ToString()));
    }
}
