using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.CodeAnalysis;

namespace Threadwise.Evidence;

/// <summary>The framework this process runs on; the programs are compiled against it and the runtime library, and run on it.</summary>
internal static class Framework
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly string s_webFolder = Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!;
    private static readonly List<MetadataReference> s_web = [.. AssembliesIn(s_webFolder).Select(Reference)];

    /// <summary>The runtime library, which some fixes use.</summary>
    public static string Library { get; } = typeof(LockSet).Assembly.Location;

    public static IReadOnlyList<MetadataReference> References { get; } = [.. AssembliesIn(s_folder).Append(Library).Select(Reference)];

    /// <summary>The <c>dotnet</c> that owns the framework: <c>shared/Microsoft.NETCore.App/version</c> lies below it.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(s_folder, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>What a measurement was made on.</summary>
    public static string Machine { get; } =
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, .NET {Environment.Version}, {Environment.ProcessorCount} cores".Replace(".NET .NET", ".NET");

    /// <summary>A program that is a service, or shares the code of one, has the framework for services too.</summary>
    public static IEnumerable<MetadataReference> ReferencesFor(Subject subject) =>
        subject.Shared.Select(file => file.Value).Append(subject.Source).Any(text => text.Contains("using Microsoft.", StringComparison.Ordinal)) ? References.Concat(s_web) : References;

    public static string RuntimeConfigFor(Compilation compilation)
    {
        var folder = new DirectoryInfo(compilation.References.Contains(s_web[0]) ? s_webFolder : s_folder);
        return JsonSerializer.Serialize(new { runtimeOptions = new { tfm = "net10.0", framework = new { name = folder.Parent!.Name, version = folder.Name } } });
    }

    private static IEnumerable<string> AssembliesIn(string folder) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == folder);

    private static MetadataReference Reference(string path) => MetadataReference.CreateFromFile(path);
}
