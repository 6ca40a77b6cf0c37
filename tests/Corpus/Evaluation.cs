using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Corpus;

/// <summary>What MSBuild says of a project file; where it does not evaluate, what can be read off its text.</summary>
internal sealed partial class Evaluation
{
    private readonly JsonElement? _answer;
    private readonly string _text;

    private Evaluation(string path)
    {
        _text = File.Exists(path) ? File.ReadAllText(path) : "";
        if (_text == "")
            return;

        TargetFramework = ChooseFramework(Dotnet.Evaluate(path, "-getProperty:TargetFramework,TargetFrameworks"));
        _answer = Dotnet.Evaluate(path,
            $"-p:TargetFramework={TargetFramework} "
            + "-getProperty:DefineConstants,LangVersion,Nullable,ImplicitUsings,OutputType,TargetFrameworks,AllowUnsafeBlocks,AssemblyName,AssemblyOriginatorKeyFile,SignAssembly,"
            + "PublicKey,NoWarn,IsTestProject,UseWPF,UseWindowsForms "
            + "-getItem:Compile,Using,PackageReference,PackageVersion,ProjectReference,FrameworkReference,InternalsVisibleTo");
    }

    public static Evaluation Of(string path) => new(path);

    public bool Succeeded => _answer is not null;

    /// <summary>Whether there is a project file at all, and not just a folder of sources.</summary>
    public bool IsProject => _text != "";

    public string TargetFramework { get; } = "net10.0";

    public IEnumerable<JsonElement> Items(string name) =>
        _answer is { } e && e.GetProperty("Items").TryGetProperty(name, out var items) ? items.EnumerateArray() : [];

    public string Property(string name) => _answer is { } e
        ? e.GetProperty("Properties").GetProperty(name).GetString()!
        : Regex.Match(_text, $"<{name}>(.*?)</{name}>") is { Success: true } m ? m.Groups[1].Value : "";

    public bool Is(string name, string value) => Same(Property(name), value);

    public bool Enabled(string name) => Is(name, "enable") || Is(name, "true");

    public static string Metadata(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString()! : "";

    public static bool Is(JsonElement item, string name, string value) => Same(Metadata(item, name), value);

    /// <summary>The packages whose assemblies the code compiles against, with the versions of central package management.</summary>
    public IEnumerable<(string Id, string Version)> Packages()
    {
        var central = Items("PackageVersion").ToLookup(i => Metadata(i, "Identity"), i => Metadata(i, "Version"), StringComparer.OrdinalIgnoreCase);
        foreach (var item in Items("PackageReference").Where(MayCarryAssemblies))
        {
            var id = Metadata(item, "Identity");
            yield return (id, Metadata(item, "VersionOverride") is { Length: > 0 } overridden ? overridden
                : Metadata(item, "Version") is { Length: > 0 } own ? own
                : central[id].LastOrDefault("*"));
        }
    }

    private static bool MayCarryAssemblies(JsonElement package) =>
        Metadata(package, "IncludeAssets") is var included
        && (included == "" || included.Contains("compile", StringComparison.OrdinalIgnoreCase) || included.Contains("all", StringComparison.OrdinalIgnoreCase))
        && !Metadata(package, "ExcludeAssets").Contains("compile", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<string> Symbols()
    {
        var symbols = Property("DefineConstants").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Where(Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier)
            .Append("TRACE")
            .Append(TargetFramework.Replace('.', '_').ToUpperInvariant())
            .ToHashSet(StringComparer.Ordinal);
        if (TargetFramework.StartsWith("netstandard", StringComparison.Ordinal))
        {
            symbols.Add("NETSTANDARD");
            string[] versions = ["1_0", "1_1", "1_2", "1_3", "1_4", "1_5", "1_6", "2_0", .. TargetFramework == "netstandard2.1" ? ["2_1"] : Array.Empty<string>()];
            symbols.UnionWith(versions.Select(v => $"NETSTANDARD{v}_OR_GREATER"));
            return symbols;
        }

        var major = ModernFramework().IsMatch(TargetFramework) ? Major(TargetFramework) : 10;
        symbols.UnionWith(["NET", "NETCOREAPP"]);
        symbols.UnionWith(Enumerable.Range(5, Math.Max(1, major - 4)).Select(v => $"NET{v}_0_OR_GREATER"));
        symbols.UnionWith(new[] { "1_0", "1_1", "2_0", "2_1", "2_2", "3_0", "3_1" }.Select(v => $"NETCOREAPP{v}_OR_GREATER"));
        return symbols;
    }

    /// <summary>The newest plain .NET among the project's frameworks, else .NET Standard, else what comes first.</summary>
    private static string ChooseFramework(JsonElement? evaluation)
    {
        var properties = evaluation?.GetProperty("Properties");
        var frameworks = new[] { "TargetFrameworks", "TargetFramework" }
            .SelectMany(name => properties?.GetProperty(name).GetString()!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            .ToList();
        return frameworks.Where(f => ModernFramework().IsMatch(f)).MaxBy(Major)
            ?? frameworks.Where(f => f.StartsWith("netstandard", StringComparison.Ordinal)).Max()
            ?? frameworks.FirstOrDefault("net10.0");
    }

    private static int Major(string framework) => int.Parse(framework[3..^2], CultureInfo.InvariantCulture);

    private static bool Same(string actual, string value) => actual.Equals(value, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^net\d+\.0$")]
    private static partial Regex ModernFramework();
}
