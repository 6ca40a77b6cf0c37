using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

// Questions about what other threads may do at the same time.
internal readonly partial struct Site
{
    /// <summary>Other threads may use the object at the same time: it is complete, its type is written for several, and no lock keeps them out. A test's own objects are its own.</summary>
    public bool IsOpenToOthers => Excluding is null && !type.Entry.IsConstruction(body) && !type.IsTest && ThreadAwareness.Of(type);

    /// <summary>The lock statement that names its lock here begins what others are kept out of: nothing is held before it, and others may have the object.</summary>
    public bool IsFirst(TextSpan named) => !type.IsTest && Sections.IsFirst(type, body.Tree, named);

    /// <summary>The lock that the called member demands is held, or nobody else can have the object yet.</summary>
    public bool IsMet(Demand demand, Guard guard) => Protection.IsGiven(type, body, demand, guard, before);

    /// <summary>Where code that may go on with another thread uses what this write put into the thread's own slot.</summary>
    public SlotUse? UseOnOtherThread(SlotUse written) =>
        body.IsAsync && written is { Writes: true, Clears: false } && type.Model.Facts.About(body.Symbol.ContainingType, Effect.Confined) is null ? ThreadSlots.UseAfterAwait(body, written) : null;

    /// <summary>Other code can get what the body returns, and some code changes the container under the same lock.</summary>
    public bool IsChangedMeanwhile(Leaving leaving) => !type.IsTest && body.Symbol.DeclaredAccessibility is not Accessibility.Private
        && type.Bodies.Any(other => other.Remarks.Any(remark => remark is LockedChange change && SymbolEqualityComparer.Default.Equals(change.Container, leaving.Container) && change.Lock.Equals(leaving.Lock)));

    /// <summary>Some other code gives the member its value, after construction.</summary>
    public bool IsSetElsewhere(Spin spin) => !type.IsTest && Writers.AreBeside(spin.Flag, At(spin.Span));

    /// <summary>Several threads may come here at once, for all that is known: no lock is held, and the type is written for several.</summary>
    public bool IsUnlocked => !type.IsTest && type.Entry.Of(body).Must.IsEmpty && !body.Events.Any(static e => e is Acquire or TryAcquire) && ThreadAwareness.Of(type);

    /// <summary>Other code may change the state while this waits: nothing is held from the reading on, others can have the object, and the type is written for more than one at a time.</summary>
    public bool MayMeanwhileChange(StaleWrite write)
    {
        foreach (var held in before.Must)
            if (type.IsExclusive(held.Lock) && held.Since.Start <= write.Read.Start)
                return false;
        return !body.IsProgram && StateExposure.IsReachable(type, body, write.On) && (type.Roots.Beside(body, body, write.On.Member!.IsStatic) is { BesideItself: true } || ThreadAwareness.Of(type) && Writers.AreBeside(write.On.Member!, At(write.Span)));
    }

    /// <summary>Reports at another place of the body.</summary>
    public void ReportAt(TextSpan where, IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, At(where), others, properties, args));

    public Location At(TextSpan span) => Location.Create(body.Tree, span);
}

// What is asked of a whole type.
internal readonly partial struct TypeSite
{
    /// <summary>Nothing says that one thread alone runs its members: neither a framework, nor that it is a test, or part of a program that shows no sign of a second thread.</summary>
    public bool MayBeConcurrent => !type.IsTest && !type.Model.IsForTests && type.Model.Facts.About(type.Type, Effect.Confined) is null && (!type.Model.IsTool || ThreadAwareness.Of(type));
}
