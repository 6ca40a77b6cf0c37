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

    /// <summary>The member never changes its object, but gets another one made of it: a collection by a call, handlers by being combined.</summary>
    public bool Remakes(Written write) => write.How == Rewrite.Computed
        && (write.ByCall && IsImmutableCollection(write.Member) || Reader.TypeOf(write.Member).TypeKind == TypeKind.Delegate && ThreadAwareness.Of(type));

    /// <summary>The lock that the called member demands is held, or nobody else can have the object yet.</summary>
    public bool IsMet(Demand demand, Guard guard) => Protection.IsGiven(type, body, demand, guard, before);

    /// <summary>Where code that may go on with another thread uses what this write put into the thread's own slot.</summary>
    public SlotUse? UseOnOtherThread(SlotUse written) =>
        body.IsAsync && written is { Writes: true, Clears: false } && type.Model.Facts.About(body.Symbol.ContainingType, Effect.Confined) is null
            ? ThreadSlots.UseAfterAwait(body, written)
            : null;

    /// <summary>Other code can get what the body returns, and code changes the container under a lock: the one around the return, or the one under which all other code uses it.</summary>
    public Place? LockOf(Leaving leaving) => type.IsTest || body.Symbol.DeclaredAccessibility is Accessibility.Private ? null : GuardedContainers.LockOf(type, leaving);

    /// <summary>The code that sets the flag under the same lock, and then gives up what is in the container.</summary>
    public Body? EndOf(Unrepeated check) => EndedContainers.By(type, check);

    /// <summary>Others may come while the first makes what they then use.</summary>
    public bool IsReliedOn(BrokenCheck check) => MayBeSpoilt(check.State) && OnceMarks.AreReliedOn(type, body, check);

    /// <summary>Several callers may have the function run at once.</summary>
    public bool MayRunForSeveral(Supplied supplied) => supplied.On is { } on ? MayBeSpoilt(on) : !type.IsTest;

    /// <summary>What every run of the function does anew, if anything matters.</summary>
    public string? DoneBy(Supplied supplied) => supplied.Does ?? Suppliers.DoneBy(type, supplied.Function);

    /// <summary>Some other code gives the member its value, after construction.</summary>
    public bool IsSetElsewhere(Spin spin) => !type.IsTest && (spin.Flag is ILocalSymbol || Writers.AreBeside(spin.Flag, At(spin.Span)));

    /// <summary>Several threads may come here at once, for all that is known: no lock is held, and the type is written for several.</summary>
    public bool IsUnlocked => !type.IsTest && type.Entry.Of(body).Must.IsEmpty && !body.Events.Any(static e => e is Acquire or TryAcquire) && ThreadAwareness.Of(type);

    /// <summary>Other code may change the state while this waits: nothing is held from the reading on, others can have the object, and the type is written for more than one at a time.</summary>
    public bool MayMeanwhileChange(StaleWrite write)
    {
        foreach (var held in before.Must)
            if (type.IsExclusive(held.Lock) && held.Since.Start <= write.Read.Start)
                return false;
        return !body.IsProgram && StateExposure.IsReachable(type, body, write.On)
            && (type.Roots.Beside(body, body, write.On.Member!.IsStatic) is { BesideItself: true }
                || ThreadAwareness.Of(type) && !InferredGuards.IsOfOneCaller(type, write.On.Member!) && Writers.AreBeside(write.On.Member!, At(write.Span)));
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
    public bool MayBeConcurrent =>
        !type.IsTest && !type.Model.IsForTests && type.Model.Facts.About(type.Type, Effect.Confined) is null && (!type.Model.IsTool || ThreadAwareness.Of(type));
}
