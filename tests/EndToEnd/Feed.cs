using System.IO.Compression;
using EndToEnd;
using Xunit;

[assembly: AssemblyFixture(typeof(Feed))]

namespace EndToEnd;

/// <summary>The packages as they would be published, in a folder that serves as a package source. Packed once for all tests.</summary>
public sealed class Feed : IAsyncLifetime
{
    /// <summary>New for every run, so that no run can meet another's package in the machine's cache.</summary>
    public string Version { get; } = $"0.1.0-e2e.{DateTime.UtcNow.Ticks}";

    public string Folder { get; } = Place.Fresh();

    public string Analyzers => Package("Threadwise");

    public string Runtime => Package("Threadwise.Runtime");

    /// <summary>The dlls that a compiler is given.</summary>
    public string[] AnalyzerDlls => Directory.GetFiles(Path.Combine(Folder, "extracted", "analyzers", "dotnet", "cs"), "*.dll");

    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { "analyzers/Threadwise.Package", "runtime/Threadwise.Runtime" })
            (await Dotnet.Run(Place.Repository, "pack", project, "--no-build", "-c", Place.Configuration, "-o", Folder, $"-p:PackageVersion={Version}")).MustSucceed();
        ZipFile.ExtractToDirectory(Analyzers, Path.Combine(Folder, "extracted"));
    }

    /// <summary>Makes the projects of a folder find the packages, beside every source the machine already has.</summary>
    public void Serve(string folder) => File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources>
            <add key="threadwise-local" value="{Folder}" />
          </packageSources>
        </configuration>
        """);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (var id in new[] { "threadwise", "threadwise.runtime" })
            if (Path.Combine(Place.Packages, id, Version) is var cached && Directory.Exists(cached))
                Directory.Delete(cached, recursive: true);
        return default;
    }

    private string Package(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");
}
