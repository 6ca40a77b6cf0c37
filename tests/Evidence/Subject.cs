using System.Security.Cryptography;
using System.Text;

namespace Threadwise.Evidence;

/// <summary>One program with the defect of one rule: the file <c>Programs/TWnnnn_Name.cs</c>.</summary>
/// <param name="Fixed">Where the rule has no fix: the methods without the defect, written by hand in <c>Programs/TWnnnn_Name.Fixed.cs</c>.</param>
internal sealed record Subject(string Id, string Name, string Source, string? Fixed = null)
{
    private const string FixedEnding = ".Fixed.cs";

    /// <summary>Every program, by rule id.</summary>
    public static IReadOnlyList<Subject> All { get; } = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Programs"), "TW*.cs")
        .Where(path => !path.EndsWith(FixedEnding, StringComparison.Ordinal))
        .Select(Read)
        .OrderBy(subject => subject.Name, StringComparer.Ordinal)
        .ToList();

    /// <summary>The file or files and a fingerprint of their text, so that a result recorded for an older text is noticed.</summary>
    public string Version { get; } = $"{Name}.cs{(Fixed is null ? "" : $", fixed by hand in {Name}{FixedEnding}")}, version {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source + Fixed)))[..8]}";

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);

    private static Subject Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var fixedForm = Path.ChangeExtension(path, FixedEnding);
        return new Subject(name.Split('_')[0], name, Text(path), File.Exists(fixedForm) ? Text(fixedForm) : null);
    }

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
