using System.Reflection;
using System.Runtime.CompilerServices;

namespace EndToEnd;

/// <summary>Where things are: the repository, its build output, the packages on this machine.</summary>
internal static class Place
{
    public static string Repository { get; } = Above(AppContext.BaseDirectory, "Analyzers.sln");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The folder of NuGet's packages on this machine.</summary>
    public static string Packages { get; } = Metadata("Packages");

    public static string Output(string project) =>
        Path.Combine(Repository, Path.GetDirectoryName(project)!, "bin", Configuration, "net10.0", Path.GetFileNameWithoutExtension(project) + ".dll");

    /// <summary>A new empty folder whose builds take nothing from the folders above it.</summary>
    public static string Fresh([CallerFilePath] string name = "")
    {
        var folder = Directory.CreateTempSubdirectory($"threadwise-{Path.GetFileNameWithoutExtension(name).ToLowerInvariant()}-").FullName;
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, file), "<Project />\n");
        File.WriteAllText(Path.Combine(folder, ".editorconfig"), "root = true\n");
        return folder;
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                continue;
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string Above(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"{file} is in no folder above the tests."), file);

    private static string Metadata(string key) =>
        typeof(Place).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == key).Value!;
}
