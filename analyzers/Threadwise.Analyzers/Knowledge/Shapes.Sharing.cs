namespace Threadwise.Analyzers.Knowledge;

// State that is shared with other threads: how code says so, and who works with it when.
internal static partial class Shapes
{
    /// <summary>Words of the language and the base library by which code says that state is shared with other threads, or kept from them.</summary>
    public static ImmutableArray<string> SharingWords { get; } = ImmutableArray.Create(
        RequestDelegate, "ThreadSafe", "volatile", "Volatile", "Interlocked", "ImmutableInterlocked", "ThreadStatic", "ThreadLocal",
            "AsyncLocal", "LazyInitializer", ".AsParallel");

    /// <summary>Words by which something is done for each element, when the result is asked for.</summary>
    public static ImmutableArray<string> ForEach { get; } = ImmutableArray.Create(".Select");

    /// <summary>Runs, by its name, before others have the object to work with.</summary>
    public static bool Begins(ISymbol method) =>
        HasVerb(method, "Start", "Init", "Initialize", "Initialise", "Open", "Connect", "Bind", "Listen", "Load", "Configure", "Setup", "SetUp", "Build");

    /// <summary>Runs, by its name, when others have stopped working with the object.</summary>
    public static bool Stops(ISymbol method) => HasVerb(method, "Stop", "Close", "Reset", "Dispose", "Shutdown", "ShutDown", "Finish", "Teardown", "TearDown");

    private static bool HasVerb(ISymbol method, params string[] verbs) =>
        method is IMethodSymbol { Name: var name } && (HasVerb(name, 0, verbs) || name.StartsWith("On", StringComparison.Ordinal) && HasVerb(name, 2, verbs));

    private static bool HasVerb(string name, int from, string[] verbs) =>
        verbs.Any(verb => string.CompareOrdinal(name, from, verb, 0, verb.Length) == 0 && (name.Length == from + verb.Length || !char.IsLower(name[from + verb.Length])));

    /// <summary>Says by its name that its callers hold the lock, or answer for doing without.</summary>
    public static bool NamesHeldLock(ISymbol method) =>
        new[] { "Locked", "UnderLock", "NoLock", "NoLocks", "Unlocked", "WithoutLock", "Unsafe", "Unsynchronized", "LockHeld" }
        .Any(end => method.Name.EndsWith(end, StringComparison.Ordinal) || method.Name.EndsWith(end + "Async", StringComparison.Ordinal));

    /// <summary>A type that a web server calls for every request, by what it takes: the next in line, and a request.</summary>
    public static bool IsMiddleware(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(static constructor => constructor.Parameters.Any(static parameter => parameter.Type.Name == RequestDelegate))
        && type.GetMembers().Any(static member => member is IMethodSymbol { Name: "Invoke" or "InvokeAsync", Parameters: [{ Type.Name: "HttpContext" }, ..] });

    /// <summary>What calls the next in line for a request.</summary>
    public const string RequestDelegate = "RequestDelegate";

    /// <summary>The member by which async code chooses the thread it goes on with.</summary>
    public const string ContextChoice = "ConfigureAwait";

    /// <summary>Chooses any thread.</summary>
    public static bool LeavesContext(IMethodSymbol method, Optional<object?> choice) => method.Name == ContextChoice && choice is { HasValue: true, Value: false };

    /// <summary>By its name it is told of something that happens.</summary>
    public static bool IsNotified(ISymbol method) => method.Name.StartsWith("On", StringComparison.Ordinal);

    /// <summary>Tells a thread to begin.</summary>
    public const string Begin = "Start";

    /// <summary>A time that never comes.</summary>
    public static bool IsNever(IFieldSymbol time) => time is { Name: nameof(Timeout.InfiniteTimeSpan), ContainingType.Name: nameof(Timeout) };

    /// <summary>Changes a container so that those who go through it can go on.</summary>
    public static bool SparesEnumerators(ISymbol change) => change.ContainingType.Name is "Dictionary" or "HashSet" && change.Name is not "Add";

    /// <summary>How many elements there are.</summary>
    public static bool IsSize(IPropertySymbol property) =>
        property is { Name: "Count" or "Length", Type.SpecialType: SpecialType.System_Int32, Parameters.IsEmpty: true };
}
