using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Knowledge;

/// <summary>The nature of the lock an acquisition is about: that of the locked object's type, or of the type whose members lock any object.</summary>
internal sealed class LockTypes(Facts facts, Compilation compilation)
{
    private readonly LockNature _any = Nature(facts, compilation.GetTypeByMetadataName("System.Threading.Monitor")) ?? LockNature.Unknown;

    /// <summary>What <c>lock (value)</c> takes.</summary>
    public LockNature OfStatement(ITypeSymbol? locked) => Nature(facts, locked) ?? _any;

    /// <summary>What a member that takes or releases a lock is about.</summary>
    public LockNature Of(IMethodSymbol member, ITypeSymbol? receiver) =>
        facts.LockOf(member, receiver) is { } row ? Nature(row) : LockNature.Unknown;

    private static LockNature? Nature(Facts facts, ITypeSymbol? type) =>
        type is not null && facts.About(type, Effect.Lock) is { } row ? Nature(row) : null;

    private static LockNature Nature(Fact row) => new(row.Affine, row.Reentrant, row.Counted);
}
