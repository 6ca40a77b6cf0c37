using Xunit;

namespace EndToEnd;

/// <summary>The tests that share the consumers' folder, one after the other.</summary>
[CollectionDefinition]
public sealed class Consumers : ICollectionFixture<Workshop>;

/// <summary>Fresh projects that install the package, all restored and built once by one <c>dotnet build</c>.</summary>
public sealed class Workshop(Feed feed) : IAsyncLifetime
{
    private static readonly string[] Presets = ["None", "Default", "Recommended", "All", "strict", "Loud"];

    public string Folder { get; } = Place.Fresh();

    /// <summary>What the build said about each project; a target framework of its own each time.</summary>
    internal ILookup<string, Finding> Findings { get; private set; } = null!;

    internal Dotnet Build { get; private set; } = null!;

    /// <summary>The log of the console project, as the build left it.</summary>
    public string Sarif { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        feed.Serve(Folder);
        Place.Copy(Path.Combine(Place.Repository, "tests", "EndToEnd", "Consumers"), Folder);
        WriteUnsilenced();
        foreach (var preset in Presets)
            WritePreset($"Preset{preset}", $"<ThreadwiseAnalysisMode>{preset}</ThreadwiseAnalysisMode>");
        WritePreset("LevelLatest", "<ThreadwiseAnalysisMode>Strict</ThreadwiseAnalysisMode><ThreadwiseAnalysisLevel>latest</ThreadwiseAnalysisLevel>");
        WritePreset("LevelUnknown", "<ThreadwiseAnalysisLevel>9.9</ThreadwiseAnalysisLevel>");
        File.WriteAllText(Path.Combine(Folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <ThreadwiseVersion>{feed.Version}</ThreadwiseVersion>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
              </PropertyGroup>
            </Project>
            """);
        var projects = Directory.EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"  <Project Path=\"{Path.GetRelativePath(Folder, path)}\" />");
        File.WriteAllText(Path.Combine(Folder, "All.slnx"), $"<Solution>\n{string.Join('\n', projects)}\n</Solution>\n");
        Build = await Dotnet.Run(Folder, "build", "All.slnx", "-v", "q", "-clp:NoSummary");
        Findings = Build.Findings.ToLookup(finding => finding.ProjectName);
        Sarif = await File.ReadAllTextAsync(Path.Combine(Folder, "Console", "console.sarif"));
    }

    /// <summary>Ids with severities of what a project's build said, in order; an id stands as often as it was reported.</summary>
    internal string[] Reported(string project) => Said(Findings[project]);

    internal static string[] Said(IEnumerable<Finding> findings) => [.. findings.Select(finding => $"{finding.Severity} {finding.Id}").Order(StringComparer.Ordinal)];

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return default;
    }

    /// <summary>The sources of <c>Silenced</c> without anything that silences.</summary>
    private void WriteUnsilenced()
    {
        WriteProject("Unsilenced", "");
        foreach (var source in Directory.EnumerateFiles(Path.Combine(Folder, "Silenced"), "*.cs"))
            File.Copy(source, Path.Combine(Folder, "Unsilenced", Path.GetFileName(source)));
    }

    private void WritePreset(string name, string properties) =>
        WriteProject(name, $"<PropertyGroup>{properties}</PropertyGroup><ItemGroup><Compile Include=\"../Code/*.cs\" /></ItemGroup>");

    private void WriteProject(string name, string content)
    {
        Directory.CreateDirectory(Path.Combine(Folder, name));
        File.WriteAllText(Path.Combine(Folder, name, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="Threadwise" Version="$(ThreadwiseVersion)" PrivateAssets="all" /></ItemGroup>
              {content}
            </Project>
            """);
    }
}
