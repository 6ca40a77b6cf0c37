using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The nature of the lock an acquisition is about.</summary>
internal sealed class LockTypes(Facts facts)
{
    /// <summary>What a <c>lock</c> statement takes: thread-bound and re-entrant, on whatever object.</summary>
    public LockNature OfStatement { get; } = Nature(facts.LockOfStatement);

    /// <summary>What a member that takes or releases a lock is about.</summary>
    public LockNature Of(IMethodSymbol member, ITypeSymbol? receiver) => Nature(facts.LockOf(member, receiver));

    /// <summary>The nature of a type's own lock, or of any object's.</summary>
    public LockNature Of(ITypeSymbol? type) => type is not null && facts.About(type, Effect.Lock) is { } row ? Nature(row) : OfStatement;

    /// <summary>Its constructor takes a name, so that two objects can be one lock.</summary>
    public static bool HasNames(ITypeSymbol type) =>
        type is INamedTypeSymbol named
            && named.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_String));

    /// <summary>A <c>lock</c> statement on an object that is a lock of another nature takes another lock than that object is.</summary>
    public Mode ModeOfStatement(ITypeSymbol? type) => Of(type) == OfStatement ? Mode.Exclusive : Mode.Monitor;

    private static LockNature Nature(Fact? row) => row is null ? LockNature.Unknown : new(row.Affine, row.Reentrant, row.Counted) { Striped = row.Striped };
}
