namespace Threadwise.Analyzers.Knowledge;

/// <summary>What a member's own shape says where no table has a row: today, home-made async locks.</summary>
internal static class Shapes
{
    private static readonly ImmutableArray<Fact> AsyncLock = ImmutableArray.Create(new Fact("", Effect.Acquires) { ReturnsScope = true });

    public static bool MayKnow(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { } type } method
        && IsAcquire(method.Name) && IsLock(type.Name);

    /// <summary>An instance method of a <c>…Lock</c> called Lock, Acquire or Enter that returns something to dispose of, or a task of it.</summary>
    public static ImmutableArray<Fact> About(ISymbol symbol) =>
        MayKnow(symbol) && IsDisposable(Awaited(((IMethodSymbol)symbol).ReturnType)) ? AsyncLock : ImmutableArray<Fact>.Empty;

    private static bool IsAcquire(string name) =>
        name is "Lock" or "LockAsync" or "Acquire" or "AcquireAsync" or "Enter" or "EnterAsync" or "AcquireLockAsync";

    private static bool IsLock(string type) =>
        type.EndsWith("Lock", StringComparison.Ordinal) || type.EndsWith("Semaphore", StringComparison.Ordinal) || type.EndsWith("Mutex", StringComparison.Ordinal);

    private static ITypeSymbol Awaited(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, Name: "Task" or "ValueTask" or "AwaitableDisposable" } task ? task.TypeArguments[0] : type;

    private static bool IsDisposable(ITypeSymbol type) =>
        IsDisposableContract(type) || type.AllInterfaces.Any(IsDisposableContract);

    private static bool IsDisposableContract(ITypeSymbol type) => type is { TypeKind: TypeKind.Interface, Name: "IDisposable" or "IAsyncDisposable" };
}
