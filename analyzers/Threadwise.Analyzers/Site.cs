using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

/// <summary>One place in the code, and the questions a rule may ask about it.</summary>
internal readonly partial struct Site(TypeModel type, Body body, Event at, LockState before, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public TypeModel Type => type;

    /// <summary>What is known about members and types.</summary>
    public Facts Facts => type.Model.Facts;

    /// <summary>The locks that are certainly held.</summary>
    public ImmutableArray<Held> Held => before.Must;

    /// <summary>The body as messages name it.</summary>
    public string In => body.Name;

    /// <summary>Async code that stops its thread here, though somebody else may need it and what it waits for may not be over.</summary>
    public bool StopsAsyncCode(Block block) => IsAsyncCode && !block.IsOver(before);

    /// <summary>Synchronous code that stops its thread here for what may not be over; not where that is the affair of the end of an object's use, of a type's initialization, of a program's start or of a test.</summary>
    public bool StopsSynchronousCode(Block block) =>
        body is { IsAsync: false, IsProgram: false } && !before.IsSynchronous && !block.OnFailure && !block.IsOver(before)
        && !Body.InitializesType(body.Symbol) && !CleanUp.Is(type, body) && !type.IsTest;

    /// <summary>Who calls the code gives it the task it waits for, which may be over by then.</summary>
    public bool IsGiven(Block block) => body.Method is { MethodKind: MethodKind.AnonymousFunction } || block.Tasks.Any(static task => task.Root == Root.Parameter);

    /// <summary>Whose thread the code runs on, where that is known.</summary>
    public Context? Context => type.Contexts.Of(body);

    public bool IsEntry(Context context) => context.Entry == body;

    /// <summary>Async code, save where its caller has asked for synchronous execution.</summary>
    public bool IsAsyncCode => body.IsAsync && !before.IsSynchronous;

    /// <summary>Where a synchronous body waits for a task, or makes a call that has a form to be awaited; and by what.</summary>
    public IReadOnlyList<(ISymbol Member, Location Where)> WaitsIn(IMethodSymbol function) =>
        type.BodyOf(function.OriginalDefinition) is not { IsAsync: false } called ? []
        : type.Visit(called)
            .Where(static visit => visit.Event is Block { IsDelay: false, Fact: { Kind: "wait" } or { Kind: "io", Twin: not "" } } block
                && !visit.Before.IsSynchronous && !block.IsOver(visit.Before))
            .Select(visit => (((Block)visit.Event).Member, Location.Create(called.Tree, visit.Event.Span)))
            .Distinct()
            .ToList();

    /// <summary>The end of an object's use stops its thread here, for as long as it takes, because nothing else is offered to those who would await it.</summary>
    public bool StopsCleanUp(Block block) => block.Fact.Timeout is null && !before.IsSynchronous && !block.IsOver(before) && CleanUp.Is(type, body)
        && type.Model.DisposeAsyncOf(body.Symbol.ContainingType, default) is null;

    /// <summary>The type the code is part of, as messages name it.</summary>
    public string Around => body.Symbol.ContainingType.Name;

    /// <summary>The lock is given back without the scope that is dropped.</summary>
    public bool IsGivenBack(Drop drop) => LockLeaks.IsGivenBack(type, body, drop);

    /// <summary>Code of the same type takes what is locked here as the lock it is, and its thread then holds it.</summary>
    public bool IsTakenAsItself(LockedOn on)
    {
        bool IsIt(Lock taken) => taken is { Mode: not Mode.Monitor, Nature.Affine: true } && on.Member is not null
            && SymbolEqualityComparer.Default.Equals(taken.Place.Member ?? taken.Place.Symbol, on.Member);
        return type.Bodies.Any(body => body.Events.Any(e => e is Acquire acquire && IsIt(acquire.Lock) || e is TryAcquire tried && IsIt(tried.Lock)));
    }

    /// <summary>The guard of the touched member is held, or nobody else can have the object yet.</summary>
    public bool IsProtected(Touch touch, Guard guard) => Protection.IsGiven(type, body, touch, guard, before);

    /// <summary>The lock that is given back here is certainly held, but in another mode alone.</summary>
    public Held? HeldOtherwise(Release release) =>
        before.IsHeld(release.Lock, release.Mode) || before.MayBeHeld(release.Lock, release.Mode) ? null : before.Holds(release.Lock, exclusively: false);

    /// <summary>Some lock is held that keeps others out, or may, for all that is known of it.</summary>
    public bool IsAlone
    {
        get
        {
            foreach (var held in before.Must)
                if (held.Lock.Nature is { Counted: false } || type.MayExclude(held.Lock))
                    return true;
            return false;
        }
    }

    /// <summary>As messages name a place in the same file.</summary>
    public string Position(TextSpan span) => Properties.Position(Location.Create(body.Tree, span));

    /// <summary>A lock that nobody else can hold at the same time.</summary>
    public Held? Excluding
    {
        get
        {
            foreach (var held in before.Must)
                if (type.IsExclusive(held.Lock))
                    return held;
            return null;
        }
    }

    /// <summary>Others may do something to the place at the same moment: no lock keeps them out, and they can have the object.</summary>
    public bool MayBeSpoilt(Place place) => StateExposure.IsOpen(type, body, place, before);

    /// <summary>Code that changes the same member in one step may run at the same moment: a lock here keeps it out only if it takes it too.</summary>
    public bool MayMeet(Written write) => MayBeSpoilt(write.On) && !(write.How == Rewrite.Tested && EndsUse)
        || write.How == Rewrite.Computed && StateExposure.IsReachable(type, body, write.On) && type.Exposed.IsChangedWithoutLock(write.Member);

    /// <summary>The same body changes the member in one step as well.</summary>
    public bool ChangesAtOnce(ISymbol member) => body.Events.Any(e => e is ChangedAtOnce change && SymbolEqualityComparer.Default.Equals(change.Member, member));

    /// <summary>The member holds a collection that never changes itself.</summary>
    public bool IsImmutableCollection(ISymbol member) =>
        Facts.About(member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type, Effect.Immutable) is { Id: var id } && id.Contains("Immutable");

    /// <summary>The body ends what its object is for: what it holds is given up.</summary>
    public bool EndsUse => CleanUp.Is(type, body) || body.Method is { } method && Shapes.EndsUse(method);

    /// <summary>The lock that was taken last in this body, if any excludes others.</summary>
    public Held? Innermost
    {
        get
        {
            for (var i = before.Must.Length - 1; i >= 0; i--)
                if (!before.Must[i].Assumed && type.IsExclusive(before.Must[i].Lock))
                    return before.Must[i];
            return null;
        }
    }

    /// <summary>What runs here though nobody here knows it.</summary>
    public ISymbol? Callback(Unknown unknown) => Callbacks.TargetOf(body, unknown);

    /// <summary>Where the source was created that is completed here, if what waits for it runs inside the call; else null.</summary>
    public IReadOnlyList<Location>? InlineSources(Finish finish) => Completions.InlineSources(type, body, finish);

    /// <summary>As messages name the place where a lock was taken; for one that callers took, the body.</summary>
    public string Since(Held held) => Properties.Position(Location.Create(body.Tree, held.Since));

    public void Report(IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), others, properties, args));

    public string Text(ISymbol member) => Body.NameOf(member);

    /// <summary>Reports what another place of the same body is part of.</summary>
    public void Report(TextSpan other, ImmutableDictionary<string, string?> properties, params object[] args) => Report([At(other)], properties, args);

    /// <summary>Reports here.</summary>
    public void Report(ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), properties, args));

    /// <summary>Reports here; as an information where nobody else needs the thread, as at the start of a program or in a test, unless the user says otherwise of the rule.</summary>
    public void ReportStop(ImmutableDictionary<string, string?> properties, params object[] args)
    {
        if (body.IsProgram || type.IsTest)
            Inform(properties, args);
        else
            Report(properties, args);
    }

    /// <summary>Where data is waited for: in a tool, which does one thing at a time, an information too.</summary>
    public void ReportStopForData(ImmutableDictionary<string, string?> properties, params object[] args)
    {
        if (type.Model.IsTool)
            Inform(properties, args);
        else
            ReportStop(properties, args);
    }

    /// <summary>Reports what is a defect only in some surroundings, as an information, unless the user says otherwise of the rule.</summary>
    public void Inform(IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), DiagnosticSeverity.Info, others, properties, args));

    private void Inform(ImmutableDictionary<string, string?> properties, object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), DiagnosticSeverity.Info, additionalLocations: null, properties, args));

    /// <summary>Reports here what is surely a defect, though not all is that the rule finds: as a warning, unless the user says otherwise of the rule.</summary>
    public void Warn(ImmutableDictionary<string, string?> properties, params object[] args) => Warn([], properties, args);

    public void Warn(IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, Location.Create(body.Tree, at.Span), DiagnosticSeverity.Warning, others, properties, args));
}

/// <summary>One outermost type with everything known about it.</summary>
internal readonly partial struct TypeSite(TypeModel type, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public TypeModel Type => type;

    public static Location At(SyntaxTree tree, TextSpan span) => Location.Create(tree, span);

    public void Report(Location location, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, properties, args));

    /// <summary>Reports what is no defect yet: as an information, unless the user says otherwise of the rule.</summary>
    public void Suggest(Location location, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, DiagnosticSeverity.Info, additionalLocations: null, properties, args));

    public void Report(Location location, IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, others, properties, args));

    /// <summary>Reports a wait where it is, and where its work takes the lock; a place among the arguments is said in one word.</summary>
    public void Report(LockedWait found, params object[] args) =>
        Report(found.Where, new[] { found.Taken }, Properties.Of(("lock", found.Held.Place.ToString())),
            args.Select(static arg => arg is Location place ? Properties.Position(place) : arg).ToArray());

    public void Report(Misorder found, Func<Place, string> nameOf) =>
        Report(found.Step.Where, new[] { found.Step.WhereHeld }, Properties.None, Properties.Arguments(found, nameOf));

    public void Report(Stop stop) => report(Properties.Diagnostic(descriptor, stop, isIdle: type.IsTest));
}

/// <summary>The whole compilation with everything known about it.</summary>
internal readonly struct CodeSite(CompilationCode code, DiagnosticDescriptor descriptor, Action<Diagnostic> report)
{
    public CompilationCode Code => code;

    public void Report(Location location, IEnumerable<Location> others, ImmutableDictionary<string, string?> properties, params object[] args) =>
        report(Diagnostic.Create(descriptor, location, others, properties, args));

    public void Report(Misorder found, Func<Place, string> nameOf) =>
        Report(found.Step.Where, new[] { found.Step.WhereHeld }, Properties.None, Properties.Arguments(found, nameOf));

    public void Report(Stop stop) => report(Properties.Diagnostic(descriptor, stop, isIdle: code.IsTest(stop.Unit)));
}
