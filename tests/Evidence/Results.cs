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

    /// <summary>Replaces the row with the same value under <paramref name="key"/>, or adds one.</summary>
    public void Put(string key, Dictionary<string, string> row)
    {
        var rows = Read().Where(other => other[key] != row[key]).Append(row).OrderBy(other => other[key], StringComparer.Ordinal);
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
