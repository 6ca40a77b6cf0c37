using System.Globalization;
using System.Text.RegularExpressions;

namespace Threadwise.Evidence;

/// <summary>What one run showed: how often the harm was done, in the program's own words.</summary>
/// <param name="Harm">Lost updates, stuck threads, failed callers, late replies; zero is what a correct program shows.</param>
internal sealed partial record Outcome(long Harm, string Text)
{
    /// <summary>Reads the one line <c>OUTCOME what=count rest</c>.</summary>
    public static Outcome Parse(string output)
    {
        var lines = Line().Matches(output);
        if (lines is not [var line])
            throw new FormatException($"the program prints one line 'OUTCOME what=count', but printed: {output}");
        var count = long.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture);
        return new Outcome(count, $"{count} {line.Groups["what"].Value.Replace('-', ' ')}{line.Groups["rest"].Value.TrimEnd()}");
    }

    public static Outcome TimedOut(TimeSpan limit) => new(1, $"not finished after {limit.TotalSeconds:F0} s");

    public static Outcome Crashed(int exitCode, string error) =>
        new(1, $"exit code {exitCode}: {error.Split('\n').FirstOrDefault(line => line.Length > 0)}");

    public override string ToString() => Text;

    [GeneratedRegex(@"^OUTCOME (?<what>[a-z-]+)=(?<count>\d+)(?<rest>.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
