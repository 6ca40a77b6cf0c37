using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Objects that are put where others find them while they are being made.
internal sealed partial class Reader
{
    /// <summary>A constructor stores its own object: in a static, or in a collection that is not the object's own.</summary>
    private void Announce(IOperation target, IOperation value)
    {
        if (owner is IMethodSymbol { MethodKind: MethodKind.Constructor }
            && Places.Bare(value) is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            && !IsInFunction(value) && IntoOthers(target) is { } into)
            Remarks.Add(new Announced(into, IsMadeForThreads(TypeOf(into)) || into is IFieldSymbol { IsVolatile: true }, target.Syntax.Span));
    }

    private ISymbol? IntoOthers(IOperation target) => target switch
    {
        IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } => StaticOf(target),
        IPropertyReferenceOperation { Instance: { } collection } => StaticOf(collection),
        IInvocationOperation { Instance: { } collection } call when IsMadeForThreads(collection.Type!)
            || Facts.About(call.TargetMethod, Effect.Writes) is not null => StaticOf(collection),
        _ => null,
    };

    private ISymbol? StaticOf(IOperation value) =>
        Places.Of(value) is { Root: Root.Static, Path.Length: 1, Member: IFieldSymbol or IPropertySymbol } place ? place.Member : null;
}
