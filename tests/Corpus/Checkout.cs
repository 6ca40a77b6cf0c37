using System.Diagnostics;

namespace Corpus;

/// <summary>Which repository a folder holds, at which commit; empty where git cannot say.</summary>
internal sealed record Checkout(string Repository, string Commit)
{
    public static Checkout Of(string folder)
    {
        if (!Path.Exists(Path.Combine(folder, ".git")))
            return new("", "");

        var url = Git(folder, "remote get-url origin").Split('/', ':');
        var repository = url.Length >= 2 ? $"{url[^2]}/{(url[^1].EndsWith(".git", StringComparison.Ordinal) ? url[^1][..^4] : url[^1])}" : "";
        return new(repository, Git(folder, "rev-parse HEAD"));
    }

    private static string Git(string folder, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : "";
    }
}
