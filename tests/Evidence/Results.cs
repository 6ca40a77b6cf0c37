using System.Text.Encodings.Web;
using System.Text.Json;

namespace Threadwise.Evidence;

/// <summary>A committed result file: an array of objects with string values, sorted by its first values.</summary>
internal sealed class Results(string file)
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    /// <summary>This run writes what it measures.</summary>
    public static bool AreRecorded { get; } = Environment.GetEnvironmentVariable("UPDATE") == "1";

    private readonly string _path = Path.Combine(Root(), file);

    public IReadOnlyList<Dictionary<string, string>> Read() =>
        File.Exists(_path) ? JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(_path))! : [];

    /// <summary>Replaces the row with the same values under the keys, or adds one; a value that is missing counts as empty.</summary>
    public void Put(Dictionary<string, string> row, params string[] keys)
    {
        string[] Key(Dictionary<string, string> other) => [.. keys.Select(key => other.GetValueOrDefault(key, ""))];
        var rows = Read().Where(other => !Key(other).SequenceEqual(Key(row))).Append(row).OrderBy(other => string.Join('\0', Key(other)), StringComparer.Ordinal);
        File.WriteAllText(_path, JsonSerializer.Serialize(rows, s_options) + "\n");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Analyzers.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("the solution is not above the test's output folder");
    }
}
