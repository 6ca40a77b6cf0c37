using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EndToEnd.Host;

/// <summary>A compiler that loads analyzers from files, as csc does. Speaks in strings, so that callers need no compiler of their own.</summary>
public static class CompilerHost
{
    /// <summary>The compiler's version, what could not be loaded, and what was found, a line each.</summary>
    public static string[] Analyze(string[] analyzers, string source, string[] references)
    {
        var lines = new List<string> { $"compiler {typeof(Compilation).Assembly.GetName().Version!.ToString(3)}" };
        var compilation = CSharpCompilation.Create("Hosted", [CSharpSyntaxTree.ParseText(source)], references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        lines.AddRange(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"error {diagnostic}"));
        var loaded = analyzers.SelectMany(path => Load(path, lines)).ToImmutableArray();
        lines.AddRange(loaded.IsEmpty ? ["nothing loaded"] : compilation.WithAnalyzers(loaded).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().Select(diagnostic => $"found {diagnostic.Id}"));
        return [.. lines];
    }

    private static ImmutableArray<DiagnosticAnalyzer> Load(string path, List<string> lines)
    {
        var file = new AnalyzerFileReference(path, new Loader());
        file.AnalyzerLoadFailed += (_, failure) =>
        {
            if (failure.ErrorCode != AnalyzerLoadFailureEventArgs.FailureErrorCode.NoAnalyzers)
                lines.Add($"failed {Path.GetFileName(path)}: {failure.ErrorCode} {failure.Message}");
        };
        return file.GetAnalyzers(LanguageNames.CSharp);
    }

    /// <summary>Loads an analyzer where the compiler itself was loaded.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => AssemblyLoadContext.GetLoadContext(typeof(CompilerHost).Assembly)!.LoadFromAssemblyPath(fullPath);
    }
}
