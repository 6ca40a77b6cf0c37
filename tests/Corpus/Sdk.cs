using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Corpus;

/// <summary>Reference assemblies and source generators of the installed SDK's targeting packs.</summary>
internal static class Sdk
{
    private static readonly string[] Frameworks = ["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"];

    private static readonly ConcurrentDictionary<string, MetadataReference> Files = new(StringComparer.Ordinal);

    private static readonly string Packs = Path.Combine(
        Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")),
        "packs");

    /// <summary>The generators whose output other code needs in order to bind; those that emit interceptors are left out.</summary>
    public static ImmutableArray<ISourceGenerator> Generators { get; } =
        [.. Frameworks
            .SelectMany(pack => Directory.EnumerateFiles(Path.Combine(Pack(pack), "analyzers", "dotnet", "cs"), "*.dll"))
            .Where(path => path.Contains("Generat", StringComparison.Ordinal)
                && !path.Contains("RequestDelegate", StringComparison.Ordinal)
                && !path.Contains("Configuration.Binder", StringComparison.Ordinal))
            .SelectMany(path => Loader.Reference(path).GetGenerators(LanguageNames.CSharp))];

    public static IReadOnlyList<string> Framework(bool aspNet) =>
        [.. Frameworks.Take(aspNet ? 2 : 1).SelectMany(p => Directory.EnumerateFiles(Directory.GetDirectories(Path.Combine(Pack(p), "ref")).Single(), "*.dll"))];

    public static MetadataReference File(string path) => Files.GetOrAdd(path, static p => MetadataReference.CreateFromFile(p));

    private static string Pack(string name) =>
        Directory.GetDirectories(Path.Combine(Packs, name)).MaxBy(d => Version.Parse(Path.GetFileName(d).Split('-')[0]))
        ?? throw new InvalidOperationException($"no targeting pack {name} under {Packs}");
}
