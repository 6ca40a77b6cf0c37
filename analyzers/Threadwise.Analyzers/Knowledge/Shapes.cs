namespace Threadwise.Analyzers.Knowledge;

/// <summary>What a member's own shape says where no table has a row: today, home-made locks that give a scope to dispose of.</summary>
internal static class Shapes
{
    private static readonly ImmutableArray<Fact> Exclusive = ImmutableArray.Create(new Fact("", Effect.Acquires) { ReturnsScope = true });
    private static readonly ImmutableArray<Fact> Shared = ImmutableArray.Create(new Fact("", Effect.Acquires) { ReturnsScope = true, Mode = Mode.Shared });
    private static readonly Fact Lock = new("", Effect.Lock) { Reentrant = true };

    public static bool MayKnow(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { } type } method
        && IsAcquire(method.Name) && IsLock(type.Name);

    /// <summary>An instance method of a <c>…Lock</c> called Lock, Acquire or Enter that returns something to dispose of, or a task of it.</summary>
    public static ImmutableArray<Fact> About(ISymbol symbol) =>
        !MayKnow(symbol) || !IsScope(Awaited(((IMethodSymbol)symbol).ReturnType)) ? ImmutableArray<Fact>.Empty
        : IsForReading(symbol.Name) ? Shared
        : Exclusive;

    /// <summary>Nothing is known of such a lock's nature, so nothing is held against it: no thread owns it, and who holds it may take it again.</summary>
    public static Fact? LockOf(ISymbol symbol) => About(symbol).IsEmpty ? null : Lock;

    /// <summary>What members that take such a lock are called, or what their names begin with.</summary>
    public static ImmutableArray<string> Names { get; } = ImmutableArray.Create("Lock", "Acquire", "Enter");

    /// <summary>The member that ends the use of an object, and of a lock's scope.</summary>
    public static bool Disposes(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync";

    /// <summary>The member by which the language fills a collection.</summary>
    public static bool Adds(IMethodSymbol method) => method.Name == "Add";

    /// <summary>An extension method that asks its receiver whether it is complete, named like the task's own property.</summary>
    public static bool AsksForCompletion(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, ReturnType.SpecialType: SpecialType.System_Boolean, Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" };

    private static bool IsAcquire(string name) =>
        name is "Lock" or "LockAsync" or "Acquire" or "AcquireAsync" or "Enter" or "EnterAsync" or "AcquireLock" or "AcquireLockAsync" or "EnterLock" or "EnterLockAsync" or "EnterScope"
        || name.EndsWith("LockAsync", StringComparison.Ordinal) && (IsForReading(name) || name.IndexOf("Write", StringComparison.Ordinal) >= 0);

    private static bool IsForReading(string name) =>
        name.IndexOf("Read", StringComparison.Ordinal) >= 0 && name.IndexOf("Upgrad", StringComparison.Ordinal) < 0 && name.IndexOf("Write", StringComparison.Ordinal) < 0;

    private static bool IsLock(string type) =>
        type.EndsWith("Lock", StringComparison.Ordinal) || type.EndsWith("Semaphore", StringComparison.Ordinal) || type.EndsWith("Mutex", StringComparison.Ordinal);

    private static ITypeSymbol Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "Task" or "ValueTask" or "AwaitableDisposable" } task ? task.TypeArguments[0] : type;

    private static bool IsScope(ITypeSymbol type) =>
        type.Name is not ("Task" or "ValueTask")
        && (IsDisposable(type) || type.AllInterfaces.Any(IsDisposable) || type.IsRefLikeType && type.GetMembers("Dispose").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true }));

    private static bool IsDisposable(ITypeSymbol type) => type is { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable" };
}
