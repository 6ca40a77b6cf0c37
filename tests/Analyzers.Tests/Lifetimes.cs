using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>An analyzer lives as long as the IDE; compilations and trees it has seen must not.</summary>
public class Lifetimes
{
    [Fact]
    public void What_was_analyzed_is_collected()
    {
        var analyzer = new ThreadwiseAnalyzer();
        var seen = new[] { Analyze(analyzer, "First"), Analyze(analyzer, "Second") }.SelectMany(each => each).ToList();
        for (var i = 0; i < 10 && seen.Exists(each => each.Reference.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GC.KeepAlive(analyzer);
        Violations.None(seen.Where(each => each.Reference.IsAlive).Select(each => each.Name + " is kept alive"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<(string Name, WeakReference Reference)> Analyze(DiagnosticAnalyzer analyzer, string name)
    {
        var compilation = Determinism.Everything(name);
        var findings = compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.DoesNotContain(findings, finding => finding.Id == "AD0001");
        var tree = compilation.SyntaxTrees.First();
        return
        [
            ($"compilation {name}", new WeakReference(compilation)),
            ($"tree of {name}", new WeakReference(tree)),
            ($"nodes of {name}", new WeakReference(tree.GetRoot())),
            ($"symbols of {name}", new WeakReference(compilation.Assembly)),
        ];
    }
}
