using System.Text.Json;
using System.Text.RegularExpressions;

namespace Corpus;

/// <summary>NuGet packages, restored through a scratch project.</summary>
internal static partial class Packages
{
    private static readonly string Root =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The folder of one package, restored if need be.</summary>
    public static string Folder(string idAndVersion)
    {
        var (id, version) = idAndVersion.Split('/') is [var i, var v] ? (i, v) : throw new ArgumentException($"not ID/VERSION: {idAndVersion}");
        var folder = Path.Combine(Root, id.ToLowerInvariant(), version);
        if (Directory.Exists(folder))
            return folder;

        var output = Restore(Dotnet.Cached(idAndVersion), $"""<PackageDownload Include="{id}" Version="[{version}]" />""");
        return Directory.Exists(folder) ? folder : throw new InvalidOperationException($"{idAndVersion} did not restore: {output}");
    }

    /// <summary>The compile-time assemblies of the packages, without those that the feed does not have.</summary>
    public static IReadOnlyList<string> Assemblies(IEnumerable<(string Id, string Version)> packages)
    {
        var wanted = packages.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Id, p => p.Version, StringComparer.OrdinalIgnoreCase);
        if (wanted.Count == 0)
            return [];

        var scratch = Dotnet.Cached("packages:" + string.Join(';', wanted));
        var assets = Path.Combine(scratch, "obj", "project.assets.json");
        for (var attempt = 0; attempt < 4 && !File.Exists(assets + ".ok"); attempt++)
        {
            var output = Restore(scratch, string.Concat(wanted.Select(p => $"""<PackageReference Include="{p.Key}" Version="{p.Value}" />""")));
            if (!GiveIn(wanted, RestoreError().Matches(output)) && File.Exists(assets))
                File.WriteAllText(assets + ".ok", "");
        }

        return File.Exists(assets) ? [.. CompileAssets(assets)] : [];
    }

    /// <summary>Asks for any version of a package where the wanted one is missing, then for none; false when nothing was missing.</summary>
    private static bool GiveIn(Dictionary<string, string> wanted, MatchCollection failures)
    {
        foreach (Match failure in failures)
        {
            var id = failure.Groups["id"].Value;
            if (failure.Groups["code"].Value == "NU1102" && wanted.TryGetValue(id, out var version) && version != "*")
                wanted[id] = "*";
            else
                wanted.Remove(id);
        }

        return failures.Count > 0;
    }

    private static IEnumerable<string> CompileAssets(string assetsFile)
    {
        var assets = JsonDocument.Parse(File.ReadAllText(assetsFile)).RootElement;
        var libraries = assets.GetProperty("libraries");
        foreach (var package in assets.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            if (!package.Value.TryGetProperty("compile", out var compile) || !libraries.GetProperty(package.Name).TryGetProperty("path", out var path))
                continue;

            foreach (var asset in compile.EnumerateObject().Where(a => a.Name.EndsWith(".dll", StringComparison.Ordinal)))
                yield return Path.Combine(Root, path.GetString()!, asset.Name);
        }
    }

    private static string Restore(string scratch, string items)
    {
        Directory.CreateDirectory(scratch);
        var project = Path.Combine(scratch, "packages.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>NU1605;NU1608;NU1701</NoWarn>
              </PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);
        return Dotnet.Run($"restore \"{project}\" -nologo").Output;
    }

    [GeneratedRegex(@"(?<code>NU1101|NU1102): .*?package (?<id>[\w\-]+(?:\.[\w\-]+)*)")]
    private static partial Regex RestoreError();
}
