using System.Text;

namespace Threadwise.Testing;

/// <summary>Two texts side by side, for people: the lines between the first and the last difference.</summary>
internal static class Difference
{
    public static string Of(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var head = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        var most = Math.Min(left.Length, right.Length) - head;
        var tail = left.Reverse().Zip(right.Reverse()).Take(most).TakeWhile(pair => pair.First == pair.Second).Count();
        var report = new StringBuilder($"from line {head + 1}\n");
        foreach (var line in left[head..^tail])
            report.AppendLine("  expected: " + Visible(line));
        foreach (var line in right[head..^tail])
            report.AppendLine("  actual:   " + Visible(line));
        return report.Append("--- whole text\n").Append(actual).ToString();
    }

    private static string Visible(string line) => line.Replace("\r", "\\r").Replace("\t", "\\t") + (line.EndsWith(' ') ? "\u2423" : "");
}
