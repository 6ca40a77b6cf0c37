using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Threadwise.Testing;

/// <summary>The reference assemblies sources under test are compiled against, read once per process.</summary>
public static class Frameworks
{
    public const string Newest = "net10.0";

    public static readonly ImmutableArray<string> All = ["net8.0", "net9.0", "net10.0"];

    private static readonly ConcurrentDictionary<string, Lazy<Loaded>> Cache = new();

    /// <summary>The framework's own assemblies.</summary>
    public static ImmutableArray<MetadataReference> References(string framework) => Load(framework).References;

    /// <summary>The framework's assemblies and one with the annotation attributes.</summary>
    internal static ImmutableArray<MetadataReference> WithAnnotations(string framework) => [.. References(framework), Annotations.Reference];

    /// <summary>The runtime library, built for the newest framework.</summary>
    internal static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(LockSet).Assembly.Location);

    /// <summary>Compiles a library for the sources under test to refer to.</summary>
    public static MetadataReference Compile(string name, string source, string framework, params IEnumerable<MetadataReference> more)
    {
        using var image = new MemoryStream();
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(Sources.GlobalUsings), CSharpSyntaxTree.ParseText(source)],
            [.. References(framework), .. more], Sources.Options);
        var result = compilation.Emit(image);
        if (!result.Success)
            throw new VerifyException($"The library '{name}' does not compile:\n{string.Join("\n", result.Diagnostics)}");
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Loaded Load(string framework) => Cache.GetOrAdd(framework, static name => new Lazy<Loaded>(() => Read(name))).Value;

    private static Loaded Read(string framework)
    {
        var folder = typeof(Frameworks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RefPack:" + framework).Value!;
        ImmutableArray<MetadataReference> references = [.. Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path))];
        var kept = CSharpCompilation.Create("Kept", references: references);
        _ = kept.GetSpecialType(SpecialType.System_Object);
        return new Loaded(references, kept);
    }

    /// <summary>The compilation is kept alive so that every later one shares its symbols of the framework.</summary>
    private sealed record Loaded(ImmutableArray<MetadataReference> References, Compilation Kept);
}
