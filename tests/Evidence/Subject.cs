using System.Security.Cryptography;
using System.Text;

namespace Threadwise.Evidence;

/// <summary>One program with the defect of one rule: the file <c>Programs/TWnnnn_Name.cs</c>.</summary>
internal sealed record Subject(string Id, string Name, string Source)
{
    /// <summary>Every program, by rule id.</summary>
    public static IReadOnlyList<Subject> All { get; } = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Programs"), "TW*.cs")
        .Select(Read)
        .OrderBy(subject => subject.Name, StringComparer.Ordinal)
        .ToList();

    /// <summary>The file and a fingerprint of its text, so that a result recorded for an older text is noticed.</summary>
    public string Version { get; } = $"{Name}.cs, version {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))[..8]}";

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);

    private static Subject Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return new Subject(name.Split('_')[0], name, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
