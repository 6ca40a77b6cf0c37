using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Xunit;

namespace Analyzers.Tests;

/// <summary>The presets of the package follow from the descriptors and the release files; <c>UPDATE=1</c> rewrites them.</summary>
public sealed class GeneratedPresets
{
    private static readonly string Source = Path.Combine(Root(), "analyzers", "Threadwise.Analyzers");

    [Fact]
    public void Presets_are_current()
    {
        var releases = new[] { "Shipped", "Unshipped" }.Select(name => File.ReadAllText(Path.Combine(Source, $"AnalyzerReleases.{name}.md"))).ToArray();
        var current = typeof(ThreadwiseAnalyzer).Assembly.GetName().Version!;
        var wanted = new Presets(ImmutableArray.CreateRange(Threadwise.Analyzers.Rule.All, rule => rule.Descriptor), releases[0], releases[1], new(current.Major, current.Minor), CorpusVerdicts.IsProven).Files()
            .ToDictionary(file => Path.Combine(Source, "Presets", file.Path), file => file.Text);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
            Rewrite(wanted);
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), Present().Order(StringComparer.Ordinal));
        Assert.All(wanted, file => Assert.Equal(file.Value, File.ReadAllText(file.Key).ReplaceLineEndings("\n")));
    }

    [Fact]
    public void A_rule_that_is_newer_than_the_level_is_off_in_every_preset()
    {
        var files = Files(shipped: Release("1.0", "TW2001 | Threadwise.Locks | Warning | A"), unshipped: New("TW2002 | Threadwise.Locks | Warning | B"), current: new(1, 1));
        foreach (var mode in new[] { "None", "Default", "Recommended", "All", "Strict" })
        {
            Assert.Contains("dotnet_diagnostic.TW2002.severity = none", files[$"1.0/{mode}.globalconfig"]);
            Assert.Equal(mode == "None", files[$"1.1/{mode}.globalconfig"].Contains("TW2002.severity = none"));
        }
    }

    [Fact]
    public void The_default_level_is_the_first_release_of_the_major_version()
    {
        var shipped = Release("1.0", "TW2001 | Threadwise.Locks | Warning | A") + Release("1.1", "TW2002 | Threadwise.Locks | Warning | B");
        Assert.Contains("<_ThreadwiseDefaultLevel>1.0<", Files(shipped, "", new(1, 2))["Threadwise.Levels.props"]);
        Assert.Contains("<_ThreadwiseLatestLevel>1.2<", Files(shipped, "", new(1, 2))["Threadwise.Levels.props"]);
        Assert.Contains("<_ThreadwiseDefaultLevel>2.0<", Files(shipped, "", new(2, 0))["Threadwise.Levels.props"]);
        Assert.Contains("<_ThreadwiseLevels>1.0, 1.1, 2.0<", Files(shipped, "", new(2, 0))["Threadwise.Levels.props"]);
    }

    [Fact]
    public void A_severity_that_was_raised_later_stays_low_at_the_old_level()
    {
        const string Raised = "### Changed Rules\n\nRule ID | New Category | New Severity | Old Category | Old Severity | Notes\nTW2001 | Threadwise.Locks | Warning | Threadwise.Locks | Info | A\n";
        var files = Files(Release("1.0", "TW2001 | Threadwise.Locks | Info | A", "TW2002 | Threadwise.Locks | Warning | B"), Raised, new(1, 1));
        Assert.Contains("dotnet_diagnostic.TW2001.severity = suggestion", files["1.0/Default.globalconfig"]);
        Assert.DoesNotContain("TW2001", files["1.1/Default.globalconfig"]);
        Assert.Contains("dotnet_diagnostic.TW2001.severity = suggestion", files["1.0/Strict.globalconfig"]);
        Assert.Contains("dotnet_analyzer_diagnostic.category-Threadwise.Locks.severity = error", files["1.1/Strict.globalconfig"]);
    }

    [Fact]
    public void A_preset_names_a_family_where_it_can_so_that_the_users_own_family_setting_wins()
    {
        var shipped = Release("1.0", "TW2001 | Threadwise.Locks | Warning | A", "TW2002 | Threadwise.Locks | Warning | B");
        var strict = Files(shipped, "", new(1, 0))["1.0/Strict.globalconfig"];
        Assert.Contains("dotnet_analyzer_diagnostic.category-Threadwise.Locks.severity = error", strict);
        Assert.DoesNotContain("dotnet_diagnostic.", strict);
    }

    [Fact]
    public void A_warning_whose_findings_nobody_judged_is_a_suggestion_where_only_proven_ones_are_wanted()
    {
        var row = "TW2001 | Threadwise.Locks | Warning | A" + Presets.Unproven;
        var files = Files("", New(row, "TW2002 | Threadwise.Locks | Warning | B"), new(1, 0), id => id != "TW2001");
        AssertOnlyOneWarns(files["1.0/Recommended.globalconfig"]);
        Assert.All(new[] { "Default", "All", "Strict" }, mode => Assert.DoesNotContain("TW2001", files[$"1.0/{mode}.globalconfig"]));

        var later = Files(Release("1.0", row, "TW2002 | Threadwise.Locks | Warning | B"), "", new(1, 1));
        AssertOnlyOneWarns(later["1.0/Recommended.globalconfig"]);
        Assert.Contains("Threadwise.Locks.severity = warning", later["1.1/Recommended.globalconfig"]);

        void AssertOnlyOneWarns(string preset)
        {
            Assert.Contains("Threadwise.Locks.severity = suggestion", preset);
            Assert.Contains("dotnet_diagnostic.TW2002.severity = warning", preset);
        }
    }

    [Fact]
    public void A_patch_release_adds_no_rule()
    {
        var shipped = Release("1.0", "TW2001 | Threadwise.Locks | Warning | A");
        Assert.Throws<InvalidOperationException>(() => Files(shipped, New("TW2002 | Threadwise.Locks | Warning | B"), new(1, 0)));
    }

    private static Dictionary<string, string> Files(string shipped, string unshipped, Version current, Func<string, bool>? proven = null) =>
        new Presets([Rule("TW2001"), Rule("TW2002")], shipped, unshipped, current, proven ?? (_ => true)).Files().ToDictionary(file => file.Path, file => file.Text);

    private static DiagnosticDescriptor Rule(string id) => new(id, id, id, "Threadwise.Locks", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    private static string Release(string version, params string[] rows) => $"## Release {version}\n\n{New(rows)}\n";

    private static string New(params string[] rows) => $"### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n{string.Join('\n', rows)}\n";

    private static IEnumerable<string> Present() =>
        Directory.Exists(Path.Combine(Source, "Presets")) ? Directory.EnumerateFiles(Path.Combine(Source, "Presets"), "*", SearchOption.AllDirectories) : [];

    private static void Rewrite(Dictionary<string, string> wanted)
    {
        foreach (var stale in Present().Where(path => !wanted.ContainsKey(path)).ToList())
            File.Delete(stale);
        foreach (var (path, text) in wanted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Analyzers.sln")))
                return folder.FullName;
        throw new InvalidOperationException("Analyzers.sln is in no folder above the tests.");
    }
}

/// <summary>Writes one file per level and mode. A level is a minor version: the rules, and their severities, as that version had them.</summary>
internal sealed class Presets
{
    private const string Header = "# Generated from the descriptors. The low level lets every setting of yours win.\nis_global = true\nglobal_level = -10\n";

    /// <summary>What release rows say of a warning that is not one in <c>Recommended</c>, at that level for ever.</summary>
    public const string Unproven = ", not proven on real code";

    private readonly ImmutableArray<DiagnosticDescriptor> _rules;
    private readonly SortedDictionary<Version, Dictionary<string, string>> _levels = [];
    private readonly Version _current;

    public Presets(ImmutableArray<DiagnosticDescriptor> rules, string shipped, string unshipped, Version current, Func<string, bool> proven)
    {
        (_rules, _current) = (rules, current);
        var known = new Dictionary<string, string>();
        foreach (var release in shipped.Split("\n## Release ").Select(part => part.Replace("## Release ", "")).Where(part => part is [>= '0' and <= '9', ..]))
            _levels[Level(release)] = known = After(known, release);
        var last = After(known, unshipped);
        foreach (var rule in rules)
            if (!last.TryGetValue(rule.Id, out var severity))
                last[rule.Id] = Default(rule);
            else if (severity == Unproven && MayWarn(rule, proven))
                last[rule.Id] = "Warning";
        if (_levels.ContainsKey(current) && last.Any(rule => !known.TryGetValue(rule.Key, out var severity) || severity != rule.Value))
            throw new InvalidOperationException($"{current} is shipped; a rule is added or made louder in a new minor version, so raise it in Directory.Build.props.");
        _levels[current] = last;
    }

    /// <summary>It is right where it warns, or what it says of settings is certain.</summary>
    public static bool MayWarn(DiagnosticDescriptor rule, Func<string, bool> proven) =>
        Default(rule) != "Warning" || rule.Category == "Threadwise.Configuration" || proven(rule.Id);

    public IEnumerable<(string Path, string Text)> Files()
    {
        yield return ("Threadwise.Levels.props", Levels());
        foreach (var (level, known) in _levels)
        {
            yield return ($"{level}/None.globalconfig", Header + Ids(_rules.Select(rule => (rule.Id, "none"))));
            yield return ($"{level}/Default.globalconfig", Header + Ids(_rules.Where(rule => Loud(Severity(known, rule)) != Default(rule)).Select(rule => (rule.Id, Name(Severity(known, rule))))));
            yield return ($"{level}/Recommended.globalconfig", Header + Mode(known, severity => severity == Unproven ? "Info" : severity));
            yield return ($"{level}/All.globalconfig", Header + Mode(known, severity => severity is "Error" ? severity : "Warning"));
            yield return ($"{level}/Strict.globalconfig", Header + Mode(known, severity => Loud(severity) is "Warning" ? "Error" : severity));
        }
    }

    private string Levels() => $"""
        <!-- Generated from the release files. -->
        <Project>
          <PropertyGroup>
            <_ThreadwiseLevels>{string.Join(", ", _levels.Keys)}</_ThreadwiseLevels>
            <_ThreadwiseDefaultLevel>{_levels.Keys.First(level => level.Major == _current.Major)}</_ThreadwiseDefaultLevel>
            <_ThreadwiseLatestLevel>{_current}</_ThreadwiseLatestLevel>
          </PropertyGroup>
        </Project>

        """.ReplaceLineEndings("\n");

    /// <summary>A line per family, and a line per rule only where the family's does not fit: a rule's line would outdo the user's own line for the family.</summary>
    private string Mode(Dictionary<string, string> known, Func<string, string> wanted)
    {
        var families = new StringBuilder();
        var alone = new List<(string Id, string Severity)>();
        foreach (var family in _rules.GroupBy(rule => rule.Category).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            var rules = family.Select(rule => (Rule: rule, Wanted: Wanted(rule))).ToList();
            // A family's line reaches neither what is off by default nor what is reported outside the sources.
            var follow = rules.Where(rule => rule.Rule.IsEnabledByDefault && known.ContainsKey(rule.Rule.Id) && family.Key != "Threadwise.Configuration").ToList();
            // Where some rules stop the build, the user's own line for the family has to reach them.
            var common = follow.Any(rule => rule.Wanted == "Error") ? "Error"
                : follow.GroupBy(rule => rule.Wanted).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
            if (common is not null)
                families.Append($"dotnet_analyzer_diagnostic.category-{family.Key}.severity = {Name(common)}\n");
            alone.AddRange(rules.Where(rule => !follow.Contains(rule) || rule.Wanted != common).Select(rule => (rule.Rule.Id, Name(rule.Wanted))));
        }

        return families + Ids(alone);

        string Wanted(DiagnosticDescriptor rule) => Severity(known, rule) is var severity && known.ContainsKey(rule.Id) ? wanted(severity) : severity;
    }

    private static string Ids(IEnumerable<(string Id, string Severity)> lines) =>
        string.Concat(lines.OrderBy(line => line.Id, StringComparer.Ordinal).Select(line => $"dotnet_diagnostic.{line.Id}.severity = {line.Severity}\n"));

    private static string Severity(Dictionary<string, string> known, DiagnosticDescriptor rule) => known.GetValueOrDefault(rule.Id, "Disabled");

    private static string Loud(string severity) => severity == Unproven ? "Warning" : severity;

    private static string Default(DiagnosticDescriptor rule) => rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled";

    private static string Name(string severity) => Loud(severity) switch { "Error" => "error", "Warning" => "warning", "Info" => "suggestion", "Hidden" => "silent", _ => "none" };

    private static Version Level(string release) => Version.Parse(release.Split('\n')[0].Trim()) is var version ? new(version.Major, version.Minor) : null!;

    /// <summary>The severities after a release whose rows are new, changed (new category, new severity, old ones) or removed.</summary>
    private static Dictionary<string, string> After(Dictionary<string, string> before, string release)
    {
        var after = new Dictionary<string, string>(before);
        var section = "";
        foreach (var line in release.Split('\n'))
            if (line.StartsWith("###", StringComparison.Ordinal))
                section = line;
            else if (line.Split('|') is [var id, _, var severity, .., var notes] && id.StartsWith("TW", StringComparison.Ordinal))
                _ = section.Contains("Removed") ? after.Remove(id.Trim()) : (after[id.Trim()] = notes.TrimEnd().EndsWith(Unproven, StringComparison.Ordinal) ? Unproven : severity.Trim()) is not null;
        return after;
    }
}
