using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Corpus;

/// <summary>Runs the dotnet command, and keeps its answers on disk.</summary>
internal static class Dotnet
{
    private static readonly string Cache = Path.Combine(Path.GetTempPath(), "corpus-cache");

    /// <summary>Evaluates a project, running none of its targets; null when it does not evaluate.</summary>
    public static JsonElement? Evaluate(string project, string arguments)
    {
        var answer = Cached($"{project}|{File.GetLastWriteTimeUtc(project).Ticks}|{arguments}") + ".json";
        if (!File.Exists(answer))
        {
            var (exit, output) = Run($"msbuild \"{project}\" -nologo -p:Configuration=Release {arguments}");
            Directory.CreateDirectory(Cache);
            File.WriteAllText(answer, exit == 0 ? output : "null");
        }

        var json = JsonDocument.Parse(File.ReadAllText(answer)).RootElement;
        return json.ValueKind == JsonValueKind.Object ? json : null;
    }

    /// <summary>A path of our own for whatever belongs to the key.</summary>
    public static string Cached(string key) =>
        Path.Combine(Cache, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)), 0, 10));

    public static (int Exit, string Output) Run(string arguments)
    {
        // From a folder of our own: a global.json of the analysed code may ask for an SDK that is not here.
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
