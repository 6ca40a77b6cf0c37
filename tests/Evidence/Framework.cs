using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace Threadwise.Evidence;

/// <summary>The framework this process runs on; the programs are compiled against it and the runtime library, and run on it.</summary>
internal static class Framework
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The runtime library, which some fixes use.</summary>
    public static string Library { get; } = typeof(LockSet).Assembly.Location;

    public static IReadOnlyList<MetadataReference> References { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetDirectoryName(path) == s_folder)
        .Append(Library)
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToList();

    /// <summary>The <c>dotnet</c> that owns the framework: <c>shared/Microsoft.NETCore.App/version</c> lies below it.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(s_folder, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static string RuntimeConfig { get; } = JsonSerializer.Serialize(new
    {
        runtimeOptions = new { tfm = "net10.0", framework = new { name = "Microsoft.NETCore.App", version = Environment.Version.ToString() } },
    });

    /// <summary>What a measurement was made on.</summary>
    public static string Machine { get; } =
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, .NET {Environment.Version}, {Environment.ProcessorCount} cores".Replace(".NET .NET", ".NET");
}
