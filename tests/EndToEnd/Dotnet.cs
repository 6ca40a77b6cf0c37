using System.Diagnostics;
using System.Text;
using Xunit;

namespace EndToEnd;

/// <summary>One run of the <c>dotnet</c> command: what it printed and how it ended.</summary>
internal sealed record Dotnet(string Command, int ExitCode, string Output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>The analyzers' findings, each once, though a build may print them again in its summary.</summary>
    public IReadOnlyList<Finding> Findings { get; } = [.. Output.Split('\n').Select(Finding.Read).OfType<Finding>().Distinct()];

    public static async Task<Dotnet> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // A build inside `dotnet test` must behave as one typed at a prompt, except that it leaves no process behind that keeps these pipes open.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("CI");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)}\n{output}");
        }

        return new($"dotnet {string.Join(' ', arguments)}", process.ExitCode, output.ToString());
    }

    public Dotnet MustSucceed()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }
}
