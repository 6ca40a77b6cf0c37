using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Threadwise.Evidence;

/// <summary>One program with the defect of one rule: the file <c>Programs/TWnnnn_Name.cs</c>.</summary>
/// <param name="Fixed">Where the rule has no fix: the methods and constructors without the defect, written by hand in <c>Programs/TWnnnn_Name.Fixed.cs</c>.</param>
internal sealed record Subject(string Id, string Name, string Source, string? Fixed = null)
{
    private const string FixedEnding = ".Fixed.cs";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Programs");

    private static readonly Dictionary<string, string> s_shared = Directory.EnumerateFiles(Path.Combine(s_folder, "Shared"), "*.cs").ToDictionary(path => Path.GetFileNameWithoutExtension(path), Text);

    /// <summary>Every program, by rule id.</summary>
    public static IReadOnlyList<Subject> All { get; } = Directory
        .EnumerateFiles(s_folder, "TW*.cs")
        .Where(path => !path.EndsWith(FixedEnding, StringComparison.Ordinal))
        .Select(Read)
        .OrderBy(subject => subject.Name, StringComparer.Ordinal)
        .ToList();

    /// <summary>The files of <c>Programs/Shared</c> whose types the program names, by name; they are compiled with it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Shared { get; } = [.. s_shared.Where(file => Regex.IsMatch(Source, $@"\b{file.Key}\.")).OrderBy(file => file.Key, StringComparer.Ordinal)];

    /// <summary>The file or files and a fingerprint of their text, so that a result recorded for an older text is noticed.</summary>
    public string Version => $"{Name}.cs{(Fixed is null ? "" : $", fixed by hand in {Name}{FixedEnding}")}, version {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source + Fixed + string.Concat(Shared.Select(file => file.Value)))))[..8]}";

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);

    private static Subject Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var fixedForm = Path.ChangeExtension(path, FixedEnding);
        return new Subject(name.Split('_')[0], name, Text(path), File.Exists(fixedForm) ? Text(fixedForm) : null);
    }

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
