using System.Collections.Immutable;
using Analyzers.Tests.Engine;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

public partial class Determinism
{
    private const int Shuffles = 100, MeshSize = 5;

    private static readonly string[] Rings = ["object object", "Lock Lock Lock", "SemaphoreSlim AsyncLock", "object ReaderWriterLockSlim object SemaphoreSlim"];

    /// <summary>Id, place, message, properties and further places of every leg, to the letter; on one thread in the same order within each type's files, too.</summary>
    [Fact]
    public async Task C5_174_Lock_cycles_do_not_depend_on_the_order_of_files()
    {
        var expected = await Find(Cycles(), concurrent: false);
        Assert.Equal(["TW2001", "TW2002"], expected.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal));
        for (var shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            var found = await Find(Shuffled(Cycles(), shuffle), concurrent: shuffle % 2 == 0);
            Assert.Equal(Sorted(expected), Sorted(found));
            if (shuffle % 2 != 0)
                Assert.Equal(Unsorted(expected), Unsorted(found));
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> Find(Compilation compilation, bool concurrent) =>
        await OfCycles.Analyze(compilation.WithOptions(Sources.Options.WithConcurrentBuild(concurrent)), new AnalyzerOptions([]), default, concurrent);

    private static readonly RobustnessTrial OfCycles = new(new ThreadwiseAnalyzer([new LockOrderInversion(), new LockOrderInversionAcrossTypes()]), []);

    /// <summary>Rings within types and across them, every member in a file of its own; and types of which each calls all others.</summary>
    private static Compilation Cycles() => CSharpCompilation.Create("Cycles", CycleTrees.Value, Frameworks.WithAnnotations(Frameworks.Newest), Sources.Options);

    private static readonly Lazy<ImmutableArray<SyntaxTree>> CycleTrees = new(() =>
    [
        .. Rings.Select(ring => new LockRing(ring.Split(' ')))
            .SelectMany(ring => new[] { ring.Directly(), ring.ThroughHelpers(), ring.ThroughOtherTypes() })
            .SelectMany((text, i) => Files($"Ring{i}", text)),
        .. Files("Mesh", string.Concat(Enumerable.Range(0, MeshSize).Select(Mesh))),
        CSharpSyntaxTree.ParseText(Sources.GlobalUsings),
    ]);

    private static string Mesh(int i) => $$"""
        public class N{{i}}
        {
            private readonly object _g = new();
            {{string.Concat(Others(i).Select(other => $"private readonly N{other} _n{other} = null!;\n"))}}
            public void Take() { lock (_g) { } }
            {{string.Concat(Others(i).Select(other => $"public void To{other}() {{ lock (_g) {{ _n{other}.Take(); }} }}\n"))}}
        }

        """;

    private static IEnumerable<int> Others(int i) => Enumerable.Range(0, MeshSize).Where(other => other != i);

    private static IEnumerable<SyntaxTree> Files(string space, string marked) =>
        from type in CSharpSyntaxTree.ParseText(Markup.Parse(marked).Text).GetCompilationUnitRoot().Members.OfType<ClassDeclarationSyntax>()
        from member in type.Members.Index()
        let text = $"namespace {space};\n{type.Modifiers} partial class {type.Identifier}{type.BaseList}\n{{\n{member.Item}}}\n"
        select CSharpSyntaxTree.ParseText(text, path: $"{space}.{type.Identifier}.{member.Index:00}.cs");
}
