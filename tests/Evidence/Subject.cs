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

    /// <summary>Changes with the program, so that a result recorded for an older one is noticed.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))[..12];

    public static Subject Named(string name) => All.Single(subject => subject.Name == name);

    private static Subject Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return new Subject(name.Split('_')[0], name, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
