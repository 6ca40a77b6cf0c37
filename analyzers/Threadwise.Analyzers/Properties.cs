using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>What travels with a diagnostic, so that fixes and tools need no second analysis.</summary>
internal static class Properties
{
    public static ImmutableDictionary<string, string?> None => ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> Of(params (string Key, string Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => (string?)entry.Value);

    /// <summary><c>System.Threading.Tasks.Task.Delay</c> as one writes it: <c>Task.Delay</c>.</summary>
    public static string Short(string member)
    {
        var dot = member.LastIndexOf('.');
        return dot < 0 ? member : member.Substring(member.LastIndexOf('.', dot - 1) + 1);
    }

    /// <summary><c>'A.M' → 'B.N'</c>: at most four names, and no more than fit a line; what is in the middle is left out.</summary>
    public static string Chain(Body body, ImmutableArray<IMethodSymbol> via)
    {
        var names = via.Select(Body.NameOf).Prepend(body.Name).ToList();
        if (names.Count > 4)
            names = [names[0], names[1], "…", names[names.Count - 1]];
        if (names.Count > 2 && names.Sum(name => name.Length) > 110)
            names = [names[0], "…", names[names.Count - 1]];
        return "'" + string.Join("' → '", names) + "'";
    }

    /// <summary>Who takes what while holding what, and against which declaration.</summary>
    public static object[] Arguments(Misorder found, Func<Place, string> nameOf) =>
        new object[] { CycleReport.Chain(found.Step), nameOf(found.Step.Wanted.Place), nameOf(found.Step.Held.Place), found.Reason };

    /// <summary><c>Account.cs:57</c>: where something is, in one word.</summary>
    public static string Position(Location location)
    {
        var span = location.GetLineSpan();
        var path = span.Path;
        return $"{path.Substring(path.LastIndexOfAny(['/', '\\']) + 1)}:{(span.StartLinePosition.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
