using System.Globalization;

namespace Threadwise.Analyzers.Knowledge;

/// <summary>Reads one line: <c>id effect [key=value …]</c>, cells separated by white space; a cell that begins with <c>#</c> begins a comment.</summary>
internal static class Row
{
    private static readonly char[] Blank = [' ', '\t', '\r', '\f', '\v', '\u00a0', '\ufeff'];

    /// <summary>The fact on a line; null with no problem for a line that holds none, null with a problem for a malformed one.</summary>
    public static Fact? Read(string line, out string? problem)
    {
        problem = null;
        var cells = line.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        var count = Array.FindIndex(cells, static cell => cell[0] == '#') is >= 0 and var comment ? comment : cells.Length;
        if (count == 0)
            return null;
        if (IdProblem(cells[0]) is { } wrong)
            return Bad(out problem, $"'{Short(cells[0])}' is not an id: {wrong}");
        if (count == 1)
            return Bad(out problem, "an id needs an effect after it");
        if (!IsEffect(cells[1], out var effect))
            return Bad(out problem, $"'{Short(cells[1])}' is not an effect");

        var fact = effect == Effect.Asserts ? new Fact(cells[0], effect) { Arg = 0 } : new Fact(cells[0], effect);
        for (var i = 2; i < count; i++)
        {
            var equals = cells[i].IndexOf('=');
            var key = equals < 0 ? cells[i] : cells[i].Substring(0, equals);
            if (Array.IndexOf(Keys(effect), key) < 0)
                return Bad(out problem, $"'{Short(key)}' cannot be said of '{cells[1]}'");
            if (equals < 0 || With(fact, key, cells[i].Substring(equals + 1)) is not { } read)
                return Bad(out problem, $"'{Short(cells[i])}' has no such value");
            fact = read;
        }

        return fact;
    }

    private static Fact? Bad(out string problem, string what)
    {
        problem = what;
        return null;
    }

    /// <summary>A message is one line: neither a long cell nor a control character may break it.</summary>
    public static string Short(string cell)
    {
        var shown = cell.Length <= 60 ? cell : cell.Substring(0, 60) + "…";
        return new string(Array.ConvertAll(shown.ToCharArray(), static character => char.IsControl(character) ? '?' : character));
    }

    private static string? IdProblem(string cell)
    {
        if (cell.Length < 3 || cell[1] != ':' || "TMPFE".IndexOf(cell[0]) < 0)
            return "it begins with T:, M:, P:, F: or E:";
        if (cell.IndexOf('*') is >= 0 and var star && (star < cell.Length - 1 || cell[0] is not ('M' or 'P') || cell[star - 1] is '.' or ':'))
            return "'*' stands at the end of a member's name";
        if (cell.IndexOf('<') >= 0 || cell.IndexOf('>') >= 0)
            return "a generic type is written with its arity, List`1";
        var open = cell.IndexOf('(');
        if (cell[0] != 'T' && cell.LastIndexOf('.', (open < 0 ? cell.Length : open) - 1) < 3)
            return "a member's id has its type's before it";
        if (open == 2 || open >= 0 && cell.IndexOf(')') < open || open < 0 && cell.IndexOf(')') >= 0)
            return "its parameters stand between parentheses, without spaces";
        return null;
    }

    /// <summary>Effects are written in lower case; numbers, which <see cref="Enum.TryParse{T}(string, bool, out T)"/> would take, are not.</summary>
    private static bool IsEffect(string cell, out Effect effect) =>
        Enum.TryParse(cell, ignoreCase: true, out effect) && char.IsLetter(cell[0]) && cell.IndexOf(',') < 0 && cell == cell.ToLowerInvariant();

    /// <summary>What may be said of each effect, and nothing else.</summary>
    private static string[] Keys(Effect effect) => effect switch
    {
        Effect.Acquires or Effect.Tries => ["on", "mode", "flag", "timeout", "returns"],
        Effect.Releases or Effect.Tests => ["on", "mode"],
        Effect.Waits => ["on", "timeout"],
        Effect.Ends => ["timeout"],
        Effect.Completes => ["on", "how"],
        Effect.Proves or Effect.Same or Effect.Reads or Effect.Writes or Effect.Enumerates or Effect.Sizes => ["on"],
        Effect.Atomic => ["on", "kind"],
        Effect.Asserts => ["arg"],
        Effect.Blocks => ["kind", "on", "how", "twin", "timeout", "static"],
        Effect.Starts => ["arg", "many", "joins", "kind", "twin"],
        Effect.Pipes or Effect.Drains or Effect.Confined or Effect.Step => ["kind"],
        Effect.Serves => ["kind", "until"],
        Effect.Invokes => ["arg"],
        Effect.Defers => ["arg", "gives"],
        Effect.Combines => ["how"],
        Effect.Unsafe => ["how", "kind"],
        Effect.Lock => ["affine", "reentrant", "counted", "striped"],
        _ => [],
    };

    private static Fact? With(Fact fact, string key, string value) => (key, value) switch
    {
        ("on", _) when Position(value) is { } on => fact with { On = on },
        ("arg", _) when Position("arg" + value) is { } arg => fact with { Arg = arg },
        ("flag", _) when Position(value) is >= 0 and var flag => fact with { Flag = flag },
        ("timeout", _) when Position(value) is >= 0 and var timeout => fact with { Timeout = timeout },
        ("mode", "exclusive") => fact with { Mode = Mode.Exclusive },
        ("mode", "shared") => fact with { Mode = Mode.Shared },
        ("mode", "upgradeable") => fact with { Mode = Mode.Upgradeable },
        ("returns", "scope") => fact with { ReturnsScope = true },
        ("kind", "wait" or "sleep" or "io" or "signal" or "join" or "process" or "console" or "ui" or "lock" or "callback" or "output" or "error" or "request" or "start"
            or "pool" or "turn" or "duplex" or "thread" or "read" or "write" or "update") => fact with { Kind = value },
        ("kind", "test" or "find" or "item" or "add" or "insert" or "remove" or "replace" or "take" or "clear" or "list" or "supply") => fact with { Kind = value },
        ("twin", "none") => fact with { Twin = "" },
        ("twin", not "") => fact with { Twin = value },
        ("until", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => fact with { Until = version },
        ("many", "yes" or "no") => fact with { Many = value == "yes" },
        ("joins", "yes" or "no") => fact with { Joins = value == "yes" },
        ("how", "all" or "any") => fact with { All = value == "all" },
        ("gives", "completed") => fact with { GivesCompleted = true },
        ("static", "yes" or "no") => fact with { IsStatic = value == "yes" },
        ("affine", "yes" or "no") => fact with { Affine = value == "yes" },
        ("reentrant", "yes" or "no") => fact with { Reentrant = value == "yes" },
        ("counted", "yes" or "no") => fact with { Counted = value == "yes" },
        ("striped", "yes" or "no") => fact with { Striped = value == "yes" },
        _ => null,
    };

    private static int? Position(string value) =>
        value == "this" ? Fact.Receiver
        : value == "each" ? Fact.Each
        : value.StartsWith("arg", StringComparison.Ordinal) && value.Length is 4 or 5
            && int.TryParse(value.Substring(3), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
        : null;
}
