using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Threadwise.Evidence;

/// <summary>A compiled program in a folder of its own, which goes away with it.</summary>
internal sealed class Executable : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence");

    public Executable(Compilation compilation)
    {
        Path = System.IO.Path.Combine(_folder.FullName, compilation.AssemblyName + ".dll");
        var emitted = compilation.Emit(Path);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics));
        File.Copy(Framework.Library, System.IO.Path.Combine(_folder.FullName, System.IO.Path.GetFileName(Framework.Library)));
        File.WriteAllText(System.IO.Path.ChangeExtension(Path, ".runtimeconfig.json"), Framework.RuntimeConfigFor(compilation));
    }

    public string Path { get; }

    /// <summary>Runs the program in a child process and ends it at the limit, with whatever it has started.</summary>
    public async Task<Outcome> RunAsync(Circumstances circumstances, TimeSpan limit)
    {
        var start = new ProcessStartInfo(Framework.Host) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", Path, circumstances.Seed.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in circumstances.Variables)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var error = child.StandardError.ReadToEndAsync();
        using var timer = new CancellationTokenSource(limit);
        try
        {
            await child.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            return Outcome.TimedOut(limit);
        }

        return child.ExitCode == 0 ? Outcome.Parse(await output) : Outcome.Crashed(child.ExitCode, await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
