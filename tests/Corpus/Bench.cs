using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Corpus;

/// <summary>What one run over one project took.</summary>
internal sealed record Cost(double WallMs, double CpuMs, long Allocated, long PeakMemory)
{
    /// <summary>Of each of so many.</summary>
    public Cost Of(int times) => this with { WallMs = WallMs / times, CpuMs = CpuMs / times, Allocated = Allocated / times };
}

/// <summary>What a set found in a project, and the analyzers that threw.</summary>
internal sealed record Inspection(IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Crashes);

/// <summary>Compiles projects, and runs sets over them.</summary>
internal static class Bench
{
    private const double LeastMs = 1_000;

    /// <summary>How often each project is compiled in a row to be measured: whether garbage is collected once or not at all decides over a run that is short.</summary>
    public static int Times(IEnumerable<Project> repository, bool whole) => (int)Math.Ceiling(LeastMs / repository.Sum(project => Measure(project, null, whole, times: 1).WallMs));

    /// <summary>Compiles (no set), or compiles and analyses, each time from a fresh compilation over parsed trees, the way csc goes.</summary>
    /// <param name="whole">From the text of the files to an assembly with its symbols; with analyzers, members are bound once more than csc does.</param>
    public static Cost Measure(Project project, AnalyzerSet? set, bool whole, int times)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        ResetPeakMemory();
        var (allocated, cpu, clock) = (GC.GetTotalAllocatedBytes(precise: true), Cpu(), Stopwatch.StartNew());
        for (var i = 0; i < times; i++)
        {
            var compilation = Fresh(whole ? Parsed(project.Compilation) : project.Compilation, set);
            if (set is not null)
                Driver(compilation, project, set, _ => { }).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
            if (whole)
                compilation.Emit(new MemoryStream(), new MemoryStream());
            else if (set is null)
                compilation.GetDiagnostics();
        }

        return new Cost(clock.Elapsed.TotalMilliseconds, (Cpu() - cpu).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - allocated, PeakMemory()).Of(times);
    }

    /// <summary>The set's diagnostics: file by file in the order of their paths, then the compilation's; within each as they were reported.</summary>
    public static Inspection Inspect(Compilation compilation, Project project, AnalyzerSet set)
    {
        var crashes = new List<string>();
        var result = Driver(Fresh(compilation, set), project, set, Crashed).GetAnalysisResultAsync(default).GetAwaiter().GetResult();
        var perFile = result.SyntaxDiagnostics.Concat(result.SemanticDiagnostics).OrderBy(tree => tree.Key.FilePath, StringComparer.Ordinal).Select(tree => tree.Value);
        var diagnostics = perFile.Append(result.CompilationDiagnostics)
            .SelectMany(perAnalyzer => set.Analyzers.SelectMany(analyzer => perAnalyzer.TryGetValue(analyzer, out var reported) ? reported : []));
        return new([.. diagnostics.Where(d => d.Id != "AD0001" && d.Severity != DiagnosticSeverity.Hidden)], crashes);

        void Crashed(string crash)
        {
            lock (crashes)
                crashes.Add($"{project.Name}: {crash}");
        }
    }

    private static CompilationWithAnalyzers Driver(Compilation compilation, Project project, AnalyzerSet set, Action<string> crashed) => new(
        compilation,
        set.Analyzers,
        new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(set.AdditionalFiles, new BuildProperties(project.Evaluation)),
            (exception, analyzer, _) => crashed($"{analyzer.GetType().Name}: {exception.GetType().Name}: {exception.Message} {Where(exception)}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));

    private static string Where(Exception exception) =>
        string.Join(" < ", exception.StackTrace?.Split('\n').Take(4).Select(frame => frame.Trim()) ?? []);

    private static Compilation Parsed(Compilation compilation) => compilation.RemoveAllSyntaxTrees()
        .AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath)));

    private static Compilation Fresh(Compilation compilation, AnalyzerSet? set)
    {
        var options = compilation.Options;
        var severities = options.SpecificDiagnosticOptions;
        return compilation.WithOptions(options.WithSpecificDiagnosticOptions(set is null ? severities.ToDictionary() : severities.Concat(set.Severities)
            .GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last().Value)));
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void ResetPeakMemory()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }
}
