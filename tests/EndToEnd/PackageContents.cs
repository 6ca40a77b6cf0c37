using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace EndToEnd;

/// <summary>What is in the packages, and what their dlls ask of the compiler that loads them.</summary>
public sealed class PackageContents(Feed feed)
{
    private static readonly string[] Modes = ["All", "Default", "None", "Recommended", "Strict"];

    [Fact]
    public void The_analyzer_package_has_exactly_these_files()
    {
        var presets = Path.Combine(Place.Repository, "analyzers", "Threadwise.Analyzers", "Presets");
        string[] wanted =
        [
            "README.md", "Threadwise.nuspec", "icon.png",
            "analyzers/dotnet/cs/Threadwise.Analyzers.dll", "analyzers/dotnet/cs/Threadwise.CodeFixes.dll",
            "build/Threadwise.Levels.props", "build/Threadwise.props", "build/Threadwise.targets",
            "buildTransitive/Threadwise.props", "buildTransitive/Threadwise.targets",
            .. Directory.EnumerateDirectories(presets).SelectMany(level => Modes.Select(mode => $"presets/{Path.GetFileName(level)}/{mode}.globalconfig")),
        ];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), Files(feed.Analyzers));
    }

    [Fact]
    public void The_runtime_package_has_exactly_these_files()
    {
        string[] frameworks = ["net10.0", "net8.0", "net9.0", "netstandard2.0"];
        string[] wanted = ["README.md", "Threadwise.Runtime.nuspec", "icon.png", .. frameworks.SelectMany(framework => new[] { $"lib/{framework}/Threadwise.Runtime.dll", $"lib/{framework}/Threadwise.Runtime.xml" })];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), Files(feed.Runtime));
    }

    [Fact]
    public void The_packages_depend_on_nothing_and_say_where_they_come_from()
    {
        foreach (var package in new[] { feed.Analyzers, feed.Runtime })
        {
            var nuspec = Nuspec(package);
            Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "dependency");
            foreach (var name in new[] { "license", "readme", "icon", "projectUrl", "releaseNotes", "description", "tags", "copyright" })
                Assert.False(string.IsNullOrWhiteSpace(nuspec.Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value), name);
            var repository = nuspec.Descendants().Single(element => element.Name.LocalName == "repository");
            Assert.Equal("git", repository.Attribute("type")?.Value);
            Assert.StartsWith("https://", repository.Attribute("url")?.Value);
            if (Directory.Exists(Path.Combine(Place.Repository, ".git")))
                Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
        }

        Assert.Equal("true", Nuspec(feed.Analyzers).Descendants().Single(element => element.Name.LocalName == "developmentDependency").Value);
    }

    [Fact]
    public void The_analyzers_ask_for_the_oldest_compiler_only()
    {
        string[] compiler = ["Microsoft.CodeAnalysis 4.5.0.0", "Microsoft.CodeAnalysis.CSharp 4.5.0.0", "System.Collections.Immutable 6.0.0.0", "netstandard 2.0.0.0"];
        Assert.Subset(compiler.ToHashSet(), References("Threadwise.Analyzers.dll"));
        Assert.Subset(
            new HashSet<string>([.. compiler, "Threadwise.Analyzers 0.1.0.0", "Microsoft.CodeAnalysis.Workspaces 4.5.0.0", "Microsoft.CodeAnalysis.CSharp.Workspaces 4.5.0.0"]),
            References("Threadwise.CodeFixes.dll"));
    }

    private HashSet<string> References(string dll)
    {
        using var file = new PEReader(File.OpenRead(feed.AnalyzerDlls.Single(path => Path.GetFileName(path) == dll)));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}").ToHashSet();
    }

    private static IEnumerable<string> Files(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        // What the packaging format itself adds.
        return [.. zip.Entries.Select(entry => entry.FullName).Where(name => name != "[Content_Types].xml" && !name.StartsWith("_rels/") && !name.StartsWith("package/")).Order(StringComparer.Ordinal)];
    }

    private static XDocument Nuspec(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        using var stream = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }
}
