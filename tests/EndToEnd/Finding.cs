using System.Text.RegularExpressions;

namespace EndToEnd;

/// <summary>One line of a build's output about one place in the code.</summary>
internal sealed partial record Finding(string File, int Line, string Severity, string Id, string Message, string Project)
{
    /// <summary>The project's name, without its folder, extension or target framework.</summary>
    public string ProjectName => Path.GetFileNameWithoutExtension(Project.Split("::")[0]);

    public static Finding? Read(string line) =>
        Form().Match(line) is { Success: true } match
            ? new(match.Groups["file"].Value, match.Groups["line"] is { Success: true } number ? int.Parse(number.Value) : 0, match.Groups["severity"].Value, match.Groups["id"].Value, match.Groups["message"].Value, match.Groups["project"].Value)
            : null;

    [GeneratedRegex(@"^\s*(?<file>[^(]+?)(\((?<line>\d+),\d+\))? ?: (?<severity>warning|error) (?<id>TW\d{4}): (?<message>.*?) \[(?<project>[^\]]+)\]\s*$")]
    private static partial Regex Form();
}
