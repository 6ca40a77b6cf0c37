using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Threadwise.Evidence;

/// <summary>One program with the defect of one rule: the file <c>Programs/TWnnnn_Name.cs</c>.</summary>
/// <param name="Way">The title of another of the fix's actions, which the program names in a line <c>// Also fixed by: title</c>, or, where it is there for that one alone, <c>// Fixed by: title</c>; otherwise it is the first.</param>
/// <param name="Fixed">Where the rule has no fix: the methods and constructors without the defect, written by hand in <c>Programs/TWnnnn_Name.Fixed.cs</c>.</param>
internal sealed partial record Subject(string Id, string Name, string Source, string? Way = null, string? Fixed = null)
{
    private const string FixedEnding = ".Fixed.cs";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Programs");

    private static readonly Dictionary<string, string> s_shared = Directory.EnumerateFiles(Path.Combine(s_folder, "Shared"), "*.cs").ToDictionary(path => Path.GetFileNameWithoutExtension(path), Text);

    /// <summary>Every program, by rule id.</summary>
    public static IReadOnlyList<Subject> All { get; } = Directory
        .EnumerateFiles(s_folder, "TW*.cs")
        .Where(path => !path.EndsWith(FixedEnding, StringComparison.Ordinal))
        .SelectMany(Read)
        .OrderBy(subject => subject.Id, StringComparer.Ordinal).ThenBy(subject => subject.Way ?? "", StringComparer.Ordinal)
        .ToList();

    /// <summary>The files of <c>Programs/Shared</c> whose types the program names, by name; they are compiled with it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Shared { get; } =
        [.. s_shared.Where(file => Regex.IsMatch(Source, $@"\b{file.Key}\.")).OrderBy(file => file.Key, StringComparer.Ordinal)];

    /// <summary>What tells it from all others.</summary>
    public string Title => Way is null ? Name : $"{Name}: {Way}";

    /// <summary>The file or files and a fingerprint of their text, so that a result recorded for an older text is noticed.</summary>
    public string Version => $"{Name}.cs{(Fixed is null ? "" : $", fixed by hand in {Name}{FixedEnding}")}, version {Fingerprint}";

    private string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source + Fixed + string.Concat(Shared.Select(file => file.Value)))))[..8];

    /// <summary>What tells a row of results from all others.</summary>
    public static string[] Keys { get; } = ["id", "fix"];

    /// <summary>A row of results.</summary>
    public Dictionary<string, string> Row(Dictionary<string, string> results)
    {
        var row = new Dictionary<string, string> { ["id"] = Id, ["program"] = Version };
        if (Way is not null)
            row["fix"] = Way;
        foreach (var (column, value) in results)
            row[column] = value;
        return row;
    }

    public static Subject Titled(string title) => All.Single(subject => subject.Title == title);

    /// <summary>The program with each of the actions that it is there for.</summary>
    private static IEnumerable<Subject> Read(string path)
    {
        var (name, fixedForm, text) = (Path.GetFileNameWithoutExtension(path), Path.ChangeExtension(path, FixedEnding), Text(path));
        var first = new Subject(name.Split('_')[0], name, text, Fixed: File.Exists(fixedForm) ? Text(fixedForm) : null);
        var ways = Ways().Matches(text);
        return ways.Select(way => first with { Way = way.Groups["title"].Value })
            .Concat(ways.Any(way => !way.Groups["also"].Success) ? [] : [first]);
    }

    [GeneratedRegex("^// (?:(?<also>Also )f|F)ixed by: (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Ways();

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
