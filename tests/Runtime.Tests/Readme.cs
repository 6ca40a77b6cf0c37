using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Threadwise.Runtime.Tests;

/// <summary>The code that the README of the runtime shows for tasks, messages and parallel maps, good and bad, is compiled: it stands in a file of examples, line by line.</summary>
public partial class Readme
{
    private static readonly string s_tests = Path.GetDirectoryName(typeof(Readme).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PublicApi").Value!)!;

    [Theory, InlineData("## Locks", "Locking/Examples.cs", 15), InlineData("## Tasks", "Tasks/Examples.cs", 12), InlineData("## Messages", "Messaging/Examples.cs", 4), InlineData("## Parallel maps", "Parallel/Examples.cs", 12)]
    public void Shows_what_compiles(string section, string examples, int blocks)
    {
        var readme = File.ReadAllText(Path.Combine(s_tests, "../../runtime/Threadwise.Runtime/README.md"));
        var from = readme.IndexOf($"\n{section}\n", StringComparison.Ordinal);
        Assert.True(from > 0, $"There is no section {section}.");
        var to = readme.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        var shown = Block().Matches(to < 0 ? readme[from..] : readme[from..to]);
        var compiled = WithoutIndentation(File.ReadAllText(Path.Combine(s_tests, examples)));
        Assert.Equal(blocks, shown.Count);
        Assert.All(shown, block => Assert.Contains(WithoutIndentation(block.Groups[1].Value), compiled));
    }

    private static string WithoutIndentation(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
