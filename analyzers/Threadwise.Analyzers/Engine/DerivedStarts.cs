namespace Threadwise.Analyzers.Engine;

/// <summary>A constructor starts work that calls an overridable member of the object.</summary>
internal sealed record EarlyRun(IMethodSymbol Overridable, IMethodSymbol Constructor, Location Started);

/// <summary>A field that an override reads gets its value in the constructor, which runs after that of the base.</summary>
/// <param name="Base">The constructor of the base that is called by name; null for the one that needs no arguments.</param>
internal sealed record LateField(ISymbol Field, IMethodSymbol? Base, Location Assigned, Body Override, Location Read);

/// <summary>Work that the constructor of a base type starts, and that reads a field before the constructor of the derived type has assigned it: what each of the two types does to it.</summary>
internal static class DerivedStarts
{
    public static IEnumerable<EarlyRun> Runs(TypeModel type)
    {
        foreach (var body in type.Bodies)
            if (body.Method is { IsStatic: false, MethodKind: MethodKind.Constructor } constructor)
                foreach (var start in body.Events.OfType<Escape>().Where(EarlyStarts.IsEarly))
                    foreach (var overridable in Reached(type, start.Target).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
                        yield return new(overridable, constructor, Location.Create(body.Tree, start.Span));
    }

    /// <summary>What the work calls that a derived type may have overridden.</summary>
    private static IEnumerable<IMethodSymbol> Reached(TypeModel type, IMethodSymbol work, int calls = EarlyStarts.MaxCalls) =>
        (IsOverridable(work) ? new[] { work } : []).Concat(type.BodyOf(work) is not { } body ? [] : body.Events.SelectMany(e => e switch
        {
            Outside { IsExact: false, Call: { On: { Root: Root.This, Path.IsEmpty: true } } call } when IsOverridable(call.Target) => new[] { call.Target },
            Call { On: null or { Root: Root.This, Path.IsEmpty: true } } call when calls > 0 => Reached(type, call.Target, calls - 1),
            _ => [],
        }));

    private static bool IsOverridable(IMethodSymbol method) => method is { IsSealed: false } and ({ IsVirtual: true } or { IsAbstract: true } or { IsOverride: true });

    /// <summary>Of types whose base starts work when it is made.</summary>
    public static IEnumerable<LateField> Fields(Model model, IEnumerable<Body> all)
    {
        var bodies = all.Where(body => body.Method is { IsStatic: false, MethodKind: MethodKind.Constructor } or { IsOverride: true }
            && model.FollowsStart(body.Symbol.ContainingType)).ToList();
        foreach (var constructor in bodies.Where(static body => body.IsConstruction))
            foreach (var assigned in constructor.Events.OfType<Access>())
                if (assigned is { Shape: Shape.Write, Place: { Root: Root.This, Path.Length: 1, Member: { } field } place } && Reader.TypeOf(field).IsReferenceType
                    && EarlyStarts.HasNoOtherValue(all, constructor, place))
                    foreach (var reader in bodies.Where(static body => !body.IsConstruction))
                        if (SymbolEqualityComparer.Default.Equals(reader.Symbol.ContainingType, field.ContainingType) && EarlyStarts.ReadIn(reader, place) is { } read)
                            yield return new(field, BaseOf(constructor), Location.Create(constructor.Tree, assigned.Span), reader,
                                Location.Create(reader.Tree, read.Span));
    }

    private static IMethodSymbol? BaseOf(Body constructor) => constructor.Events
        .Select(static e => e is Outside outside ? outside.Call.Target : e is Call call ? call.Target : null)
        .FirstOrDefault(target => target is { MethodKind: MethodKind.Constructor }
            && SymbolEqualityComparer.Default.Equals(target.ContainingType, constructor.Symbol.ContainingType.BaseType?.OriginalDefinition));

    /// <summary>Where both come together; in the order of source.</summary>
    public static IEnumerable<(LateField Late, EarlyRun Run)> Of(IEnumerable<EarlyRun> runs, IEnumerable<LateField> fields)
    {
        var byMember = runs.ToLookup(static run => run.Overridable, SymbolEqualityComparer.Default);
        return fields
            .SelectMany(late => Overridden((IMethodSymbol)late.Override.Symbol).SelectMany(member => byMember[member]).Where(run => Comes(late, run))
            .Take(1).Select(run => (late, run)))
            .OrderBy(static found => found.late.Assigned.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static found => found.late.Assigned.SourceSpan);
    }

    /// <summary>The start is in the constructor that is called first, or in one further up.</summary>
    private static bool Comes(LateField late, EarlyRun run)
    {
        bool IsOf(INamedTypeSymbol? type) => SymbolEqualityComparer.Default.Equals(run.Constructor.ContainingType, type?.OriginalDefinition);
        return !IsOf(late.Field.ContainingType)
            && (!IsOf(late.Field.ContainingType.BaseType)
                || (late.Base is { } called
                    ? SymbolEqualityComparer.Default.Equals(called, run.Constructor)
                    : run.Constructor.Parameters.All(static parameter => parameter.IsOptional)));
    }

    private static IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method)
    {
        for (var member = method.OverriddenMethod; member is not null; member = member.OverriddenMethod)
            yield return member.OriginalDefinition;
    }
}
