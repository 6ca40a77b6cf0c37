using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Testing;

/// <summary>What the compiler and the rules say about one project, in order of file and position.</summary>
internal sealed record Analysis(ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Compiler)
{
    public const int LongestMessage = 240;

    public IEnumerable<Diagnostic> Errors => Compiler.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <exception cref="VerifyException">A rule threw.</exception>
    public static async Task<Analysis> Of(Project project, DiagnosticAnalyzer analyzer, CancellationToken cancel = default)
    {
        var compilation = (await project.GetCompilationAsync(cancel))!;
        var crashes = new ConcurrentQueue<Exception>();
        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, (exception, _, _) => crashes.Enqueue(exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var all = await compilation.WithAnalyzers([analyzer], options).GetAllDiagnosticsAsync(cancel);
        if (!crashes.IsEmpty)
            throw new VerifyException("The analyzer threw:\n" + string.Join("\n", crashes));
        if (all.FirstOrDefault(IsUnreadable) is { } unreadable)
            throw new VerifyException($"A message is one line of at most {LongestMessage} characters: {unreadable.GetMessage()}");
        var sorted = all.OrderBy(PathOf, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan).ThenBy(d => d.Id, StringComparer.Ordinal).ToLookup(IsCompiler);
        return new Analysis([.. sorted[false]], [.. sorted[true]]);
    }

    public static string PathOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().Path ?? "";

    /// <summary>MSBuild, the IDEs and SARIF viewers cut or drop what is longer or has line breaks.</summary>
    private static bool IsUnreadable(Diagnostic diagnostic) =>
        !IsCompiler(diagnostic) && diagnostic.GetMessage() is var message && (message.Length > LongestMessage || message.AsSpan().IndexOfAny('\r', '\n') >= 0);

    private static bool IsCompiler(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal);
}

/// <summary>Analyses each snapshot of a project once.</summary>
internal sealed class Analyses(DiagnosticAnalyzer analyzer)
{
    private readonly ConditionalWeakTable<Project, Task<Analysis>> _known = [];

    public Task<Analysis> Of(Project project) => _known.GetValue(project, snapshot => Analysis.Of(snapshot, analyzer));
}
