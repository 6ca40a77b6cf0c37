using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes;
using Threadwise.Testing;
using Xunit;

namespace CodeFixes.Tests;

/// <summary>A rule that reports every expression and statement makes its fix break nothing: what each of its actions offers compiles, and loses no comment.</summary>
public class Anywhere
{
    private const string Folder = "tests/Evidence/Programs";

    /// <summary>Of the programs of other rules, one place of so many is reported.</summary>
    private const int Step = 3;

    private static readonly StandIn s_silent = new("TW0000", static (_, _) => null);

    /// <summary>What rules say of their findings, so that fixes go on; in turns, where a fix goes by it.</summary>
    private static readonly ImmutableArray<ImmutableDictionary<string, string?>> s_said =
    [
        .. new[]
        {
            (Kind: "wait", Guard: "_gate", How: "Early", Pair: "Insert", Query: "true"),
            (Kind: "monitor", Guard: "_gate", How: "Unordered", Pair: "Renew", Query: "false"),
            (Kind: "lock", Guard: "s_gate", How: "stored", Pair: "Fetch", Query: "true"),
            (Kind: "result", Guard: "_lock", How: "Early", Pair: "Withdraw", Query: "false"),
            (Kind: "swap", Guard: "_gate", How: "wide", Pair: "Insert", Query: "true"),
        }.Select(static said => new Dictionary<string, string?>
        {
            ["swap"] = "true", ["convert"] = "true", ["direct"] = "true", ["exit"] = "exception", ["lock"] = "_gate", ["kind"] = said.Kind,
            ["guard"] = said.Guard, ["how"] = said.How, ["pair"] = said.Pair, ["query"] = said.Query,
        }.ToImmutableDictionary()),
    ];

    /// <summary>What programs share.</summary>
    private static readonly ImmutableArray<KeyValuePair<string, string>> s_shared =
    [
        .. from path in Examples.Files($"{Folder}/Shared", "*.cs")
           let text = File.ReadAllText(path)
           where !NeedsService(text)
           select new KeyValuePair<string, string>(Path.GetFileName(path), text),
    ];

    private static readonly Lazy<ImmutableArray<(string Id, Document Document)>> s_programs = new(static () =>
    [
        .. from path in Examples.Files(Folder, "TW*.cs")
           where !path.EndsWith(".Fixed.cs", StringComparison.Ordinal)
           let text = File.ReadAllText(path)
           where !NeedsService(text)
           select (Path.GetFileName(path).Split('_')[0], new Case { Output = OutputKind.ConsoleApplication }.Project([new("Program.cs", "// begin\n" + text.ReplaceLineEndings("\n").Replace(";\n", "; // kept\n")), .. s_shared], s_silent)
               .Documents.Single(static document => document.Name == "Program.cs")),
    ]);

    /// <summary>Ids of rules, and by what their actions are asked for.</summary>
    public static TheoryData<string, string> Actions => [.. from fix in Catalog.Fixes.OfType<Fix>() from key in fix.Keys select new TheoryDataRow<string, string>(fix.FixableDiagnosticIds[0], key)];

    [Theory, MemberData(nameof(Actions))]
    public async Task Whatever_is_reported_the_program_compiles_and_keeps_its_comments(string id, string key)
    {
        var fix = Catalog.Fixes.OfType<Fix>().Single(fix => fix.FixableDiagnosticIds.Contains(id));
        foreach (var (i, program) in s_programs.Value.Index())
            await Try(fix, key, program.Document, program.Id == id ? 1 : Step, i % Step);
    }

    /// <summary>It is compiled against ASP.NET Core, which these tests do not refer to.</summary>
    private static bool NeedsService(string program) => new[] { "Microsoft.AspNetCore", "Microsoft.Extensions", "Service." }.Any(part => program.Contains(part, StringComparison.Ordinal));

    private static async Task Try(Fix fix, string key, Document program, int step, int first)
    {
        if (await fix.ChangedAsync(program, Findings(fix, (await program.GetSyntaxRootAsync())!, step, first), default, key) is not { } changed)
            return;
        var errors = (await changed.Project.GetCompilationAsync())!.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(!errors.Any(), string.Join("\n", errors) + "\n" + await changed.GetTextAsync());
        Assert.Empty(Commentary.Lost((await program.GetTextAsync()).ToString(), (await changed.GetTextAsync()).ToString()));
    }

    /// <summary>Expressions and statements, each with what is called or written next after it, or last before it, as its further places. No rule looks into attributes.</summary>
    private static ImmutableArray<Diagnostic> Findings(Fix fix, SyntaxNode root, int step, int first)
    {
        var rule = new StandIn(fix.FixableDiagnosticIds[0], static (_, _) => null).SupportedDiagnostics[0];
        var nodes = root.DescendantNodes(static node => node is not AttributeListSyntax).Where(static node => node is ExpressionSyntax or StatementSyntax).ToList();
        var calls = nodes.Where(static node => node is InvocationExpressionSyntax or ElementAccessExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax).ToList();
        return [.. nodes.Where((_, i) => i % step == first % step).Select((node, i) => Diagnostic.Create(rule, node.GetLocation(), Further(node, i).Select(static call => call.GetLocation()), s_said[i % s_said.Length]))];

        IEnumerable<SyntaxNode> Further(SyntaxNode node, int i) =>
            (i % 2 == 0 ? calls.Where(call => call.SpanStart > node.Span.End) : calls.Where(call => call.Span.End < node.SpanStart).Reverse()).Take(1 + i / 2 % 2);
    }
}
