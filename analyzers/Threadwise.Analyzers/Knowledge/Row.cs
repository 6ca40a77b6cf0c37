namespace Threadwise.Analyzers.Knowledge;

/// <summary>Reads one line: <c>id effect [key=value …]</c>, cells separated by white space, <c>#</c> starts a comment.</summary>
internal static class Row
{
    private static readonly char[] Blank = [' ', '\t', '\r'];

    /// <summary>The fact on a line; null with no problem for a line that holds none, null with a problem for a malformed one.</summary>
    public static Fact? Read(string line, out string? problem)
    {
        problem = null;
        var hash = line.IndexOf('#');
        var cells = (hash < 0 ? line : line.Substring(0, hash)).Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length == 0)
            return null;
        if (cells.Length == 1)
            return Bad(out problem, "an id needs an effect");
        if (!IsId(cells[0]))
            return Bad(out problem, $"'{cells[0]}' is not a documentation-comment id");
        if (!IsEffect(cells[1], out var effect))
            return Bad(out problem, $"'{cells[1]}' is not an effect");

        var fact = new Fact(cells[0], effect);
        for (var i = 2; i < cells.Length; i++)
        {
            var equals = cells[i].IndexOf('=');
            var read = equals > 0 ? With(fact, cells[i].Substring(0, equals), cells[i].Substring(equals + 1)) : null;
            if (read is null)
                return Bad(out problem, $"'{cells[i]}' is not understood");
            fact = read;
        }

        return fact;
    }

    private static Fact? Bad(out string problem, string what)
    {
        problem = what;
        return null;
    }

    private static bool IsId(string cell) =>
        cell.Length > 2 && cell[1] == ':' && "TMPFE".IndexOf(cell[0]) >= 0
        && cell.IndexOf('*', 0, cell.Length - 1) < 0;

    /// <summary>Effects are written in lower case; numbers, which <see cref="Enum.TryParse{T}(string, bool, out T)"/> would take, are not.</summary>
    private static bool IsEffect(string cell, out Effect effect) =>
        Enum.TryParse(cell, ignoreCase: true, out effect) && char.IsLetter(cell[0]) && cell == cell.ToLowerInvariant();

    private static Fact? With(Fact fact, string key, string value) => (key, value) switch
    {
        ("on", _) when Position(value) is { } on => fact with { On = on },
        ("arg", _) when Position("arg" + value) is { } arg => fact with { Arg = arg },
        ("flag", _) when Position(value) is { } flag => fact with { Flag = flag },
        ("timeout", _) when Position(value) is { } timeout => fact with { Timeout = timeout },
        ("mode", "exclusive") => fact with { Mode = Mode.Exclusive },
        ("mode", "shared") => fact with { Mode = Mode.Shared },
        ("mode", "upgradeable") => fact with { Mode = Mode.Upgradeable },
        ("returns", "scope") => fact with { ReturnsScope = true },
        ("kind", not "") => fact with { Kind = value },
        ("twin", "none") => fact with { Twin = "" },
        ("twin", not "") => fact with { Twin = value },
        ("many", "yes" or "no") => fact with { Many = value == "yes" },
        ("how", "all" or "any") => fact with { All = value == "all" },
        ("gives", "completed") => fact with { GivesCompleted = true },
        ("affine", "yes" or "no") => fact with { Affine = value == "yes" },
        ("reentrant", "yes" or "no") => fact with { Reentrant = value == "yes" },
        ("counted", "yes" or "no") => fact with { Counted = value == "yes" },
        _ => null,
    };

    private static int? Position(string value) =>
        value == "this" ? Fact.Receiver
        : value.StartsWith("arg", StringComparison.Ordinal) && value.Length is 4 or 5
            && int.TryParse(value.Substring(3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position) ? position
        : null;
}
