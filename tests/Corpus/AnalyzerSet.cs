using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Corpus;

/// <summary>Analyzers that run together, and the rules of theirs that count.</summary>
internal sealed partial record AnalyzerSet(
    string Name,
    ImmutableArray<DiagnosticAnalyzer> Analyzers,
    ImmutableDictionary<string, ReportDiagnostic> Severities,
    ImmutableArray<AdditionalText> AdditionalFiles)
{
    public const string Ours = "Threadwise";

    public bool IsOurs => Name == Ours;

    /// <summary>The sets to compare, ours first.</summary>
    public static IReadOnlyList<AnalyzerSet> For(Options options)
    {
        var sets = new List<AnalyzerSet>();
        if (options.Package is { } package)
            sets.Add(FromFolder(Ours, Unpacked(package), options.Rules));
        else if (options.Analyzers is { } path)
            sets.Add(Directory.Exists(path) ? FromFolder(Ours, path, options.Rules) : Create(Ours, [path], [], options.Rules));

        if (options.NoOp)
            sets.Add(new("no-op walk", [new OperationWalk()], ImmutableDictionary<string, ReportDiagnostic>.Empty, []));

        sets.AddRange(options.Peers.Select(peer => FromFolder(peer, Packages.Folder(peer), options.PeerRules)));
        return sets;
    }

    private static string Unpacked(string package)
    {
        var folder = Directory.CreateTempSubdirectory("corpus-package-").FullName;
        ZipFile.ExtractToDirectory(package, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    /// <summary>What a compiler of this Roslyn version would load from a package.</summary>
    private static AnalyzerSet FromFolder(string name, string folder, Regex? rules)
    {
        var root = Path.Combine(folder, "analyzers") is var packed && Directory.Exists(packed) ? packed : folder;
        var assemblies = Directory.EnumerateFiles(root, "*.dll", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".resources.dll", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}vb{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        var roslyn = typeof(Compilation).Assembly.GetName().Version!;
        var newest = assemblies.Select(RoslynOf).Where(v => v is not null && v <= roslyn).Max();
        var additional = Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "AdditionalFiles");
        return Create(name, assemblies.Where(path => RoslynOf(path) is not { } v || v == newest), additional, rules);
    }

    private static AnalyzerSet Create(string name, IEnumerable<string> assemblies, IEnumerable<string> additional, Regex? rules)
    {
        var all = assemblies.SelectMany(path => Loader.Reference(path).GetAnalyzers(LanguageNames.CSharp)).ToList();
        var severities = all.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).Distinct()
            .ToImmutableDictionary(id => id, id => Counts(id) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress);
        return new(
            name,
            [.. all.Where(a => a.SupportedDiagnostics.Any(d => Counts(d.Id)))],
            severities,
            [.. additional.Select(path => (AdditionalText)new AdditionalFile(path))]);

        bool Counts(string id) => rules?.IsMatch(id) ?? true;
    }

    private static Version? RoslynOf(string path) => RoslynFolder().Match(path) is { Success: true } m ? Version.Parse(m.Groups[1].Value) : null;

    [GeneratedRegex(@"[\\/]roslyn(\d+\.\d+)[\\/]")]
    private static partial Regex RoslynFolder();

    private sealed class AdditionalFile(string path) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(File.ReadAllText(path));

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
