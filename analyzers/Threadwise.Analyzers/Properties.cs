using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>What travels with a diagnostic, so that fixes and tools need no second analysis.</summary>
internal static class Properties
{
    /// <summary>What is filled into a message, together.</summary>
    private const int MaxLength = 190;

    public static ImmutableDictionary<string, string?> None => ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> Of(params (string Key, string Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => (string?)entry.Value);

    /// <summary>The lock to take around an access.</summary>
    public static ImmutableDictionary<string, string?> Of(Model model, Place guard, Access access) =>
        Of(("guard", guard.ToString()), ("kind", LockKind.Of(model, guard)), ("write", access.IsChange ? "true" : "false"));

    /// <summary><c>System.Threading.Tasks.Task.Delay</c> as one writes it: <c>Task.Delay</c>.</summary>
    public static string Short(string member)
    {
        var dot = member.LastIndexOf('.');
        return dot < 0 ? member : member.Substring(member.LastIndexOf('.', dot - 1) + 1);
    }

    /// <summary><c>'A.M' → 'B.N'</c>: at most four names, and no more than fit a line; what is in the middle is left out.</summary>
    public static string Chain(Body body, ImmutableArray<IMethodSymbol> via) => Chain(via.Select(Body.NameOf).Prepend(body.Name).ToList());

    public static string Chain(ImmutableArray<IMethodSymbol> via) => Chain(via.Select(Body.NameOf).ToList());

    private static string Chain(List<string> names)
    {
        if (names.Count > 4)
            names = [names[0], names[1], "…", names[names.Count - 1]];
        if (names.Count > 2 && names.Sum(name => name.Length) > 110)
            names = [names[0], "…", names[names.Count - 1]];
        return "'" + string.Join("' → '", names) + "'";
    }

    /// <summary>Who takes what while holding what, and against which declaration.</summary>
    public static object[] Arguments(Misorder found, Func<Place, string> nameOf) =>
        new object[] { CycleReport.Chain(found.Step), nameOf(found.Step.Wanted.Place), nameOf(found.Step.Held.Place), found.Reason };

    /// <summary>At the call by which async code comes to stop its thread: an information where that is for a file or a network alone, happens once, was said before, or nobody else needs the thread.</summary>
    public static Diagnostic Diagnostic(DiagnosticDescriptor rule, Stop stop, bool isIdle)
    {
        var (call, way) = (stop.Call.Target, stop.Blocking);
        var severity = isIdle || stop.IsInformation ? DiagnosticSeverity.Info : rule.DefaultSeverity;
        object[] said = [Body.NameOf(call), stop.Body.Name, way.Via.IsEmpty
            ? "it"
            : Chain(way.Via), Body.NameOf(way.Block.Member), Position(way.Where), stop.Twin is { } twin ? $"; await '{Body.NameOf(twin)}'" : ""];
        // A line has room for so much: the last caller says more than the way there, and the way more than what to do.
        if (Length() > MaxLength)
            said[5] = "";
        if (Length() > MaxLength)
            said[2] = Chain(way.Via.RemoveRange(0, way.Via.Length - 1));
        return Microsoft.CodeAnalysis.Diagnostic.Create(
            rule, Location.Create(stop.Body.Tree, stop.At), severity, new[] { way.Where },
                Of(("kind", way.Block.Fact.Kind), ("twin", stop.Twin?.Name ?? ""), ("await", way.Block.Fact.Twin)), said);

        int Length() => said.Sum(static part => ((string)part).Length);
    }

    /// <summary><c>Account.cs:57</c>: where something is, in one word.</summary>
    public static string Position(Location location)
    {
        var span = location.GetLineSpan();
        var path = span.Path;
        return $"{path.Substring(path.LastIndexOfAny(['/', '\\']) + 1)}:{(span.StartLinePosition.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
