using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A body that runs beside others of its type: what makes it so.</summary>
/// <param name="By">What starts it; null where a framework does, or whoever calls the members of a type that many call.</param>
/// <param name="Starter">The body that starts it, and where.</param>
/// <param name="BesideItself">Several threads may be in it at a time.</param>
internal sealed record ConcurrentRoot(Body Body, ISymbol? By, Body? Starter, TextSpan At, bool BesideItself)
{
    /// <summary>Its starter waits for it: only its own runs are beside each other.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Until it is suspended for the first time it runs as the call that it is.</summary>
    public bool BeginsAsCall { get; init; }

    /// <summary>It begins on the thread of the others and goes on with another.</summary>
    public bool LeavesContext { get; init; }

    /// <summary>A container made for many threads, which the body changes too: all the evidence there is.</summary>
    public ISymbol? Sibling { get; init; }

    /// <summary>As messages say it.</summary>
    public string Reason => By switch
    {
        _ when Sibling is not null => $"'{Body.NameOf(Sibling)}', which it changes too, is made for many threads",
        _ when LeavesContext => $"behind '{Body.NameOf(By!)}' it goes on with another thread",
        _ when IsJoined => $"'{Body.NameOf(By!)}' runs it on several threads at a time",
        null => "many threads may be in at a time",
        IEventSymbol => $"the event '{Body.NameOf(By)}' runs on a thread of its own",
        _ => $"'{Body.NameOf(By)}' runs on another thread",
    };
}

/// <summary>Which bodies of a type may run at the same time, by what is known of who runs them. Without evidence nothing runs beside anything.</summary>
internal sealed class Roots
{
    private readonly Dictionary<Body, HashSet<object>> _of = new();
    private readonly TypeModel _type;
    private readonly List<ConcurrentRoot> _all = new();

    /// <summary>Every request has an object of its own, and all of them run at the same time.</summary>
    private readonly List<ConcurrentRoot> _ofManyObjects = new();

    /// <summary>Stands for whoever calls the members that others can call.</summary>
    private static readonly object Callers = new();

    public Roots(TypeModel type)
    {
        _type = type;
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is Escape { By: { } by, RunsBeside: true } started && (!started.IsJoined || started is { IsRepeated: true, IsSideBySide: true })
                    && type.BodyOf(started.Target) is { } run)
                    _all.Add(new(run, by, body, started.Span, started.IsSideBySide) { IsJoined = started.IsJoined });
        foreach (var body in type.Bodies)
            foreach (var remark in body.Remarks)
                if (remark is FanOut many && type.BodyOf(many.Target) is { } run)
                    _all.Add(new(run, many.By, body, many.Span, BesideItself: true) { IsJoined = true, BeginsAsCall = many.BeginsAsCall });
        foreach (var body in type.Bodies)
            if (body.Method is { } method && IsEntry(body))
                if (IsConcurrentMember(method, type.Model.Facts))
                    _all.Add(new(body, null, null, default, BesideItself: false));
                else if (IsCalledByMany(method, type.Model.Facts))
                    _all.Add(new(body, null, null, default, BesideItself: true));
        foreach (var body in type.Bodies)
            if (body.Method is { } method && IsEntry(body) && IsOfRequest(method.ContainingType, type.Model.Facts))
                _ofManyObjects.Add(new(body, null, null, default, BesideItself: true));
        foreach (var root in _all)
            Reach(root.Body, root);
        if (_all.Count > 0)
            foreach (var body in type.Bodies)
                if (IsEntry(body) && !type.Entry.IsConstruction(body))
                    Reach(body, Callers);
    }

    public IReadOnlyList<ConcurrentRoot> All => _all;

    /// <summary>Some code of the type runs beside other code of it.</summary>
    public bool IsAny => _all.Count + _ofManyObjects.Count > 0;

    /// <summary>The evidence that two bodies may run at the same time on the same object, or null.</summary>
    /// <param name="isStatic">What they share belongs to no object.</param>
    /// <param name="suspended">It counts too that runs go on beside each other after they have been suspended; see <see cref="IsApart"/>.</param>
    public ConcurrentRoot? Beside(Body one, Body other, bool isStatic, bool suspended = false)
    {
        if (isStatic && _ofManyObjects.FirstOrDefault(root => ReferenceEquals(root.Body, one)) is { } many
            && _ofManyObjects.Any(root => ReferenceEquals(root.Body, other)))
            return many;
        if (!_of.TryGetValue(one, out var ones) || !_of.TryGetValue(other, out var others))
            return null;
        foreach (var root in _all)
            if (root.BeginsAsCall && !suspended)
                continue;
            else if (ones.Contains(root) && (root.BesideItself && others.Contains(root) || others.Any(beside => AreBeside(root, beside)))
                || others.Contains(root) && ones.Any(beside => AreBeside(root, beside)))
                return root;
        return null;
    }

    /// <summary>The evidence that many threads may be in the body at a time, or null.</summary>
    public ConcurrentRoot? OfMany(Body body) => Beside(body, body, isStatic: false) is { BesideItself: true } root ? root : null;

    /// <summary>The point of a body after which the root runs; before it, the body has the object to itself.</summary>
    public bool IsBefore(Body body, TextSpan at, ConcurrentRoot root) => ReferenceEquals(root.Starter, body) && at.Start < root.At.Start;

    /// <summary>The root does this beside its own other runs: it has been suspended before.</summary>
    public bool IsApart(SharedAccess access, ConcurrentRoot root) => !root.BeginsAsCall || IsSuspendedBefore(access.Body, access.Span)
        || !ReferenceEquals(access.Body, root.Body)
            && root.Body.Events.Any(e => e is Call call && ReferenceEquals(_type.BodyOf(call.Target), access.Body) && IsSuspendedBefore(root.Body, call.Span));

    private static bool IsSuspendedBefore(Body body, TextSpan at) => body.Events.Any(e => e is Await && e.Span.Start < at.Start);

    private static bool AreBeside(ConcurrentRoot root, object other) =>
        !root.IsJoined && !ReferenceEquals(other, root) && other is not ConcurrentRoot { IsJoined: true } && !AreOfOneStart(root, other);

    /// <summary>The same work is started in several places, of which one replaces the other.</summary>
    private static bool AreOfOneStart(ConcurrentRoot root, object other) => other is ConcurrentRoot same && ReferenceEquals(same.Body, root.Body);

    /// <summary>Many threads are in members of the type by what it is.</summary>
    public static bool AreIn(INamedTypeSymbol type, Facts facts) =>
        IsConcurrentType(type, facts)
        || type.GetMembers().Any(member => member switch
        {
            IMethodSymbol method => IsConcurrentMember(method, facts),
            IFieldSymbol field => field is { IsStatic: true, IsConst: false } && IsOfRequest(type, facts),
            INamedTypeSymbol nested => AreIn(nested, facts),
            _ => false,
        });

    /// <summary>Every request has an object of its own.</summary>
    private static bool IsOfRequest(INamedTypeSymbol type, Facts facts) => facts.About(type, Effect.Confined) is { Kind: "request" };

    /// <summary>The further away by calls, the likelier something on the way keeps others out.</summary>
    private const int MaxCalls = 1;

    private void Reach(Body first, object context)
    {
        var pending = new Queue<(Body Body, int Calls)>();
        pending.Enqueue((first, 0));
        while (pending.Count > 0)
        {
            var (body, calls) = pending.Dequeue();
            if (!_of.TryGetValue(body, out var all))
                _of[body] = all = new();
            if (!all.Add(context) || calls == MaxCalls)
                continue;
            foreach (var e in body.Events)
                // What an object does that nobody else has, it does to itself.
                if (e is Call { OnOwned: false } call && _type.BodyOf(call.Target) is { } callee)
                    pending.Enqueue((callee, calls + 1));
        }
    }

    /// <summary>Others can call it.</summary>
    public static bool IsEntry(Body body) => body.Method is { MethodKind: not MethodKind.AnonymousFunction } && !body.IsClosed;

    private static bool IsConcurrentMember(IMethodSymbol method, Facts facts) => facts.About(method, Effect.Concurrent) is not null;

    private static bool IsCalledByMany(IMethodSymbol method, Facts facts) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.ExplicitInterfaceImplementation }
            && IsConcurrentType(method.ContainingType, facts);

    private static bool IsConcurrentType(INamedTypeSymbol type, Facts facts) =>
        facts.About(type, Effect.Concurrent) is not null || Annotation.Has(type, "ThreadSafe") || Shapes.IsMiddleware(type);
}
