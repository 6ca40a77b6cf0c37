using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>The moments a rule can look at.</summary>
internal sealed class When
{
    private readonly Dictionary<Type, List<(DiagnosticDescriptor Descriptor, Action<Site, Event> Look)>> _events = new();
    private readonly List<(DiagnosticDescriptor Descriptor, Action<TypeSite> Look)> _types = new();
    private readonly List<(DiagnosticDescriptor Descriptor, Action<CodeSite> Look)> _ends = new();
    private DiagnosticDescriptor? _asking;

    private When()
    {
    }

    /// <summary>Asks every rule when it looks.</summary>
    public static When Asked(ImmutableArray<Rule> rules)
    {
        var when = new When();
        foreach (var rule in rules)
        {
            when._asking = rule.Descriptor;
            rule.Look(when);
        }

        return when;
    }

    /// <summary>Wherever the thread stops until something else happens.</summary>
    public void Blocks(Action<Site, Block> look) => On(look);

    /// <summary>Wherever async code ends the use of an object synchronously that could be ended asynchronously.</summary>
    public void SyncDisposals(Action<Site, SyncDispose> look) => On(look);

    /// <summary>Wherever async code starts work many times at once and waits for it.</summary>
    public void Forks(Action<Site, Fork> look) => On(look);

    /// <summary>Wherever the body may be suspended.</summary>
    public void Awaits(Action<Site, Await> look) => On(look);

    /// <summary>Wherever a member with a guard written on it is read or written.</summary>
    public void Touches(Action<Site, Touch> look) => On(look);

    /// <summary>Wherever a member is called that demands a lock of its callers.</summary>
    public void Demands(Action<Site, Demand> look) => On(look);

    /// <summary>Wherever the lock of an object is taken or tried for.</summary>
    public void Locks(Action<Site, LockedOn> look) => On(look);

    /// <summary>Wherever a lock statement has nothing in it.</summary>
    public void EmptySections(Action<Site, EmptySection> look) => On(look);

    /// <summary>Wherever a captured variable is changed while others change it too.</summary>
    public void SharedChanges(Action<Site, SharedChange> look) => On(look);

    /// <summary>Wherever a collection that is not safe for several threads is changed while others use it.</summary>
    public void SharedMutations(Action<Site, SharedMutation> look) => On(look);

    /// <summary>Wherever a run of a parallel loop touches what the run beside it writes.</summary>
    public void NeighbourUses(Action<Site, NeighbourUse> look) => On(look);

    /// <summary>Wherever work that a loop has started reads the loop's variable.</summary>
    public void LoopVariableUses(Action<Site, LoopVariableUse> look) => On(look);

    /// <summary>Wherever an operation begins on an object that has another one under way and allows one.</summary>
    public void OverlappingUses(Action<Site, OverlappingUse> look) => On(look);

    /// <summary>Wherever work uses an object that is disposed of meanwhile.</summary>
    public void UsesAfterScope(Action<Site, UseAfterScope> look) => On(look);

    /// <summary>Wherever work that outlives a request uses what belongs to it.</summary>
    public void UsesAfterRequest(Action<Site, UseAfterRequest> look) => On(look);

    /// <summary>Wherever two elements of an array are locked, one inside the other, in no order.</summary>
    public void ElementPairs(Action<Site, ElementPair> look) => On(look);

    /// <summary>Wherever a lock that is a value is copied.</summary>
    public void LockCopies(Action<Site, LockCopy> look) => On(look);

    /// <summary>Wherever a type initializer waits for what waits for it.</summary>
    public void InitializerWaits(Action<Site, InitializerWait> look) => On(look);

    /// <summary>Wherever calls do what a lock statement does.</summary>
    public void ManualSections(Action<Site, ManualSection> look) => On(look);

    /// <summary>Wherever an object is changed after other threads can have it.</summary>
    public void LateChanges(Action<Site, LateChange> look) => On(look);

    /// <summary>Wherever a lock is given back.</summary>
    public void Releases(Action<Site, Release> look) => On(look);

    /// <summary>Wherever a task or a token is completed for others.</summary>
    public void Finishes(Action<Site, Finish> look) => On(look);

    /// <summary>Wherever code runs that the type does not know, or that others may replace.</summary>
    public void Callbacks(Action<Site, Unknown> look)
    {
        On<Callback>(look);
        On<Outside>(look);
    }

    /// <summary>Wherever the handlers of an event are used behind a test that read the event on its own.</summary>
    public void RacyRaises(Action<Site, RacyRaise> look) => On(look);

    /// <summary>Wherever state is tested before a lock statement and acted on inside untested.</summary>
    public void UnrepeatedChecks(Action<Site, Unrepeated> look) => On(look);

    /// <summary>Wherever a test before a lock statement, repeated inside, does not do what it is there for.</summary>
    public void BrokenChecks(Action<Site, BrokenCheck> look) => On(look);

    /// <summary>Wherever a critical section acts on what an earlier one found.</summary>
    public void SplitSections(Action<Site, Split> look) => On(look);

    /// <summary>Wherever a container, or a query over one, leaves its lock.</summary>
    public void LeavingContainers(Action<Site, Leaving> look) => On(look);

    /// <summary>Wherever a loop does nothing but look at a member.</summary>
    public void Spins(Action<Site, Spin> look) => On(look);

    /// <summary>Wherever the end of an object's use is tested and noted in two steps.</summary>
    public void TwoStepEnds(Action<Site, EndedTwice> look) => On(look);

    /// <summary>Wherever something is read or written of which each thread has its own.</summary>
    public void SlotUses(Action<Site, SlotUse> look) => On(look);

    /// <summary>Wherever one step on a concurrent collection depends on another before it.</summary>
    public void StepPairs(Action<Site, StepPair> look) => On(look);

    /// <summary>Wherever a field or property gets another value.</summary>
    public void Writes(Action<Site, Written> look) => On(look);

    /// <summary>Wherever async code writes state by what it read of it before it was suspended.</summary>
    public void StaleWrites(Action<Site, StaleWrite> look) => On(look);

    /// <summary>Wherever a number of two words is read as any variable is.</summary>
    public void WideReads(Action<Site, WideRead> look) => On(look);

    /// <summary>Wherever a variable that was just changed in one step is read again.</summary>
    public void Rereads(Action<Site, ReadAgain> look) => On(look);

    /// <summary>Wherever a concurrent collection is copied by its count.</summary>
    public void CountedCopies(Action<Site, CountedCopy> look) => On(look);

    /// <summary>Wherever a concurrent collection is handed a function of which every run matters.</summary>
    public void Suppliers(Action<Site, Supplied> look) => On(look);

    /// <summary>Wherever nobody asks whether a step on a concurrent collection succeeded.</summary>
    public void Unanswered(Action<Site, Unanswered> look) => On(look);

    /// <summary>Wherever the scope that would give a lock back is thrown away.</summary>
    public void Drops(Action<Site, Drop> look) => On(look);

    /// <summary>Once for every outermost type, when all of it is known.</summary>
    public void Types(Action<TypeSite> look) => _types.Add((_asking!, look));

    /// <summary>Once, when all of the compilation is known.</summary>
    public void Ends(Action<CodeSite> look) => _ends.Add((_asking!, look));

    /// <summary>Some rule waits for the end of the compilation.</summary>
    public bool WaitsForEnd => _ends.Count > 0;

    public void CompilationEnds(CompilationCode code, Action<Diagnostic> report)
    {
        foreach (var (descriptor, look) in _ends)
            look(new CodeSite(code, descriptor, diagnostic =>
            {
                if (Parses(diagnostic))
                    report(diagnostic);
            }));
    }

    public void TypeEnds(TypeModel type, Action<Diagnostic> report)
    {
        // A finally region is visited once for each way through it; what is wrong there is said once.
        var said = new HashSet<(SyntaxTree?, Microsoft.CodeAnalysis.Text.TextSpan, string)>();
        void Once(Diagnostic diagnostic)
        {
            if (Parses(diagnostic) && said.Add((diagnostic.Location.SourceTree, diagnostic.Location.SourceSpan, diagnostic.Id)))
                report(diagnostic);
        }

        Action<Diagnostic> once = Once;
        foreach (var body in type.Bodies)
            foreach (var (e, before) in type.Visit(body).Concat(body.Remarks.Select(static remark => (remark, LockState.Empty))))
                if (_events.TryGetValue(e.GetType(), out var lookers))
                    foreach (var (descriptor, look) in lookers)
                        look(new Site(type, body, e, before, descriptor, once), e);
        foreach (var (descriptor, look) in _types)
            look(new TypeSite(type, descriptor, diagnostic =>
            {
                if (Parses(diagnostic))
                    report(diagnostic);
            }));
    }

    /// <summary>While somebody is typing, what is reported is at least something that parses.</summary>
    private static bool Parses(Diagnostic diagnostic) => Parses(diagnostic.Location) && diagnostic.AdditionalLocations.All(Parses);

    private static bool Parses(Location place) => place.SourceTree?.GetRoot() is not { ContainsDiagnostics: true } root
        || root.FindNode(place.SourceSpan, getInnermostNodeForTie: true) is not { ContainsDiagnostics: true } node
        || node.GetDiagnostics().All(problem => problem.Severity != DiagnosticSeverity.Error);

    private void On<T>(Action<Site, T> look) where T : Event
    {
        if (!_events.TryGetValue(typeof(T), out var lookers))
            _events[typeof(T)] = lookers = new();
        lookers.Add((_asking!, (site, e) => look(site, (T)e)));
    }
}
