using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Corpus;

/// <summary>Loads each analyzer folder into a context of its own, sharing with this program only Roslyn and the framework.</summary>
internal sealed class Loader : IAnalyzerAssemblyLoader
{
    private static readonly Loader Instance = new();
    private readonly ConcurrentDictionary<string, FolderContext> _contexts = new(StringComparer.Ordinal);

    public static AnalyzerFileReference Reference(string path)
    {
        var reference = new AnalyzerFileReference(path, Instance);
        reference.AnalyzerLoadFailed += (_, e) => Console.Error.WriteLine($"not loaded: {Path.GetFileName(path)}: {e.Message}");
        return reference;
    }

    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) =>
        _contexts.GetOrAdd(Path.GetDirectoryName(fullPath)!, static folder => new FolderContext(folder)).LoadFromAssemblyPath(fullPath);

    private sealed class FolderContext(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && !name.Name.Contains("NetAnalyzers", StringComparison.Ordinal))
                return null;

            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
