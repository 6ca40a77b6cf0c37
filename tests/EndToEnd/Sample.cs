using System.Security.Cryptography;
using Xunit;

namespace EndToEnd;

/// <summary>What a fresh clone shows: the sample prints what its page and the README say, and the analyzers build the same everywhere.</summary>
public sealed class Sample
{
    private const string Start = "<!-- generated:sample -->\n```\n";
    private const string End = "```\n<!-- /generated -->\n";

    private static readonly string Readme = Path.Combine(Place.Repository, "README.md");
    private static readonly string Expected = Path.Combine(Place.Repository, "samples", "BankTransfer", "expected.txt");

    [Fact]
    public async Task The_sample_prints_what_the_README_shows()
    {
        const string Command = "dotnet build samples/BankTransfer --no-incremental";
        var text = (await File.ReadAllTextAsync(Readme)).ReplaceLineEndings("\n");
        Assert.Contains($"\n{Command}\n", text);
        var clone = Clone();
        var build = (await Dotnet.Run(clone, [.. Command.Split(' ').Skip(1)])).MustSucceed();
        Directory.Delete(clone, recursive: true);
        var printed = string.Concat(build.Findings.Select(finding => Printed(build, finding, clone)).Order(StringComparer.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(Expected, printed);
            await File.WriteAllTextAsync(Readme, text = text.Replace(Start + Shown(text) + End, Start + printed + End));
        }

        Assert.Equal((await File.ReadAllTextAsync(Expected)).ReplaceLineEndings("\n"), printed);
        Assert.Equal(Shown(text), printed);
        Assert.Equal(["TW1002", "TW2001", "TW2001", "TW3001"], build.Findings.Select(finding => finding.Id).Order());
    }

    [Fact]
    public async Task The_code_in_the_README_is_the_samples()
    {
        var text = (await File.ReadAllTextAsync(Readme)).ReplaceLineEndings("\n");
        var code = text.Split("```csharp\n")[1].Split("```")[0];
        var source = (await File.ReadAllTextAsync(Path.Combine(Place.Repository, "samples", "BankTransfer", "Bank.cs"))).ReplaceLineEndings("\n");
        Assert.All(code.Split("\n\n"), part => Assert.Contains(part.Trim(), source.Replace("\n    ", "\n")));
    }

    [Fact]
    public async Task Two_builds_in_different_folders_give_the_same_analyzers()
    {
        var hashes = await Task.WhenAll(Hash(), Hash());
        Assert.Equal(hashes[0], hashes[1]);
    }

    private static async Task<string> Hash()
    {
        var clone = Clone();
        (await Dotnet.Run(clone, "build", "analyzers/Threadwise.Analyzers", "-c", "Release")).MustSucceed();
        var hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(clone, "analyzers/Threadwise.Analyzers/bin/Release/netstandard2.0/Threadwise.Analyzers.dll"))));
        Directory.Delete(clone, recursive: true);
        return hash;
    }

    /// <summary>The repository without what was built in it, and without its tests.</summary>
    private static string Clone()
    {
        var clone = Place.Fresh();
        foreach (var file in Directory.EnumerateFiles(Place.Repository).Where(path => Path.GetFileName(path) != ".git"))
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)), overwrite: true);
        foreach (var folder in new[] { "analyzers", "codefixes", "runtime", "samples" })
            Place.Copy(Path.Combine(Place.Repository, folder), Path.Combine(clone, folder));
        return clone;
    }

    /// <summary>A line of the output, without the clone's folder and the name of the project.</summary>
    private static string Printed(Dotnet build, Finding finding, string clone) =>
        build.Output.Split('\n').First(line => Finding.Read(line) == finding).Trim().Replace(clone + Path.DirectorySeparatorChar, "").Replace($" [{finding.Project.Replace(clone + Path.DirectorySeparatorChar, "")}]", "") + "\n";

    private static string Shown(string text) => text.Split(Start)[1].Split(End)[0];
}
