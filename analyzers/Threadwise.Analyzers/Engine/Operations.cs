using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds operations on objects that allow one at a time, and which of them are under way together.</summary>
internal sealed class Operations(Facts facts, Places places, Runs runs)
{
    /// <param name="On">The object.</param>
    /// <param name="Name">As it is written.</param>
    private sealed record Use(IInvocationOperation Call, Place On, string Name, bool IsDuplex)
    {
        public bool IsAwaited => Shapes.IsAwaited(Call.Type!);
    }

    /// <summary>Tasks of one function that are under way together, and those that a loop or query starts without waiting.</summary>
    public IEnumerable<(IInvocationOperation At, OverlappingUse Found)> In(ImmutableArray<IOperation> blocks)
    {
        var flights = blocks.SelectMany(static block => block.Descendants()).Select(UseOf).OfType<Use>().Where(static use => use.IsAwaited)
            .Select(use => (Use: use, Until: runs.Fates.Until(use.Call))).ToList();
        foreach (var (use, _) in flights)
            if (runs.Repeating(use.Call) is { } again && IsInCommon(use.On, new Run(again, use.Call.TargetMethod, use.Call, use.Call.TargetMethod) { Among = again }))
                yield return (use.Call, Found(use, use, null));
        for (var i = 0; i < flights.Count; i++)
            for (var j = i + 1; j < flights.Count; j++)
                if (AreTogether(flights[i].Use, flights[i].Until, flights[j].Use))
                    yield return (flights[j].Use.Call, Found(flights[j].Use, flights[i].Use, null));
    }

    /// <summary>What several runs of one function do with an object that they have in common.</summary>
    public IEnumerable<(IInvocationOperation At, OverlappingUse Found)> In(Run run) =>
        from use in run.Function.Descendants().Select(UseOf).OfType<Use>()
        where run.Among is not null && IsInCommon(use.On, run) && (!run.BeginsAsCall || use.IsAwaited || runs.Confined.IsBeside(use.Call, run))
        select (use.Call, Found(use, use, run.Named));

    /// <summary>What two functions do with the same object.</summary>
    public IEnumerable<(IInvocationOperation At, OverlappingUse Found)> In(Run one, Run other)
    {
        var first = one.Function.Descendants().Select(UseOf).OfType<Use>().Where(use => use.On.Symbol is not { } variable || one.IsCaptured(variable)).ToList();
        foreach (var use in first.Count == 0 ? Enumerable.Empty<Use>() : other.Function.Descendants().Select(UseOf).OfType<Use>())
            if (first.FirstOrDefault(earlier => earlier.On.Equals(use.On) && !AreApart(earlier, use)) is { } beside)
                yield return (use.Call, Found(use, beside, null));
    }

    private static OverlappingUse Found(Use use, Use other, ISymbol? starter) =>
        new(use.Name, use.Call.TargetMethod, use == other ? null : other.Call.TargetMethod, starter, other.Call.Syntax.Span, use.Call.Syntax.Span);

    private static bool AreTogether(Use first, int until, Use second) =>
        first.On.Equals(second.On) && !AreApart(first, second) && until > second.Call.Syntax.Span.End && !first.Call.Syntax.Span.Contains(second.Call.Syntax.Span)
            && !second.Call.Syntax.Span.Contains(first.Call.Syntax.Span)
        && CapturedChanges.Around(first.Call) == CapturedChanges.Around(second.Call) && !CapturedChanges.Excludes(first.Call, second.Call);

    private static bool AreApart(Use one, Use other) => one.IsDuplex && Shapes.AreApart(one.Call.TargetMethod, other.Call.TargetMethod);

    private static bool IsInCommon(Place on, Run run) => on.Root is Root.This or Root.Static || on.Symbol is { } variable && run.IsInCommon(variable);

    private Use? UseOf(IOperation operation)
    {
        if (operation is not IInvocationOperation call || call.TargetMethod.IsStatic && !call.TargetMethod.IsExtensionMethod || Shapes.Disposes(call.TargetMethod))
            return null;
        var value = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        for (var steps = 0; steps < 16 && places.Bare(value) is { Type: { } type } on; steps++)
        {
            if (facts.About(type, Effect.Unsafe) is { } fact)
            {
                if (!fact.All || fact.Kind != "duplex" && Shapes.OffersSafe(type) || IsElsewhere(on))
                    return null;
                if (places.Of(on) is { Path.Length: <= 1 } place && (place.Path.IsEmpty || place.Root is Root.This or Root.Static)
                    && !(place.Member is { } member && Shapes.IsOfThread(member)))
                    return on is IPropertyReferenceOperation { Instance: { } outer } && facts.About(outer.Type!, Effect.Unsafe) is not null
                        ? null
                        : new(call, place, on.Syntax.ToString(), fact.Kind == "duplex");
            }
            else if (!Shapes.IsQuery(type))
                return null;
            value = on switch
            {
                IPropertyReferenceOperation property => property.Instance,
                IInvocationOperation inner => inner.Instance ?? (inner.Arguments.Length > 0 ? inner.Arguments[0].Value : null),
                ILocalReferenceOperation { Local: var local } => places.Definitions.Of(local),
                _ => null,
            };
        }

        return null;
    }

    /// <summary>What hands it out sees to it that it can be used by several, or gives each its own.</summary>
    private bool IsElsewhere(IOperation value) =>
        value is IPropertyReferenceOperation { Property: var property }
            && (facts.About(property, Effect.ThreadSafe) is not null || facts.About(property, Effect.Owned) is not null)
        || value is ILocalReferenceOperation { Local: var local }
            && places.Bare(places.Definitions.Of(local)) is { } only and (IPropertyReferenceOperation or IInvocationOperation)
            && (only is IPropertyReferenceOperation given
                ? facts.About(given.Property, Effect.ThreadSafe)
                : facts.About(((IInvocationOperation)only).TargetMethod, Effect.ThreadSafe)) is not null;
}
