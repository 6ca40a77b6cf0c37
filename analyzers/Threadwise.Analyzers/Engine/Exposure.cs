using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>How code that has nothing to do with a lock can get at its object.</summary>
internal enum Exposed : byte
{
    Not,

    /// <summary>It is the object itself that others work with.</summary>
    Instance,

    /// <summary>A member that code outside of the assembly can name.</summary>
    Member,

    /// <summary>Equal texts are one object.</summary>
    Text,

    /// <summary>There is one in the whole process, for everybody.</summary>
    Process,

    /// <summary>Worse: there is another one at every use.</summary>
    Box,
}

/// <summary>Tells who can get at the object a lock is taken on.</summary>
internal static class Exposure
{
    public static Exposed Of(Facts facts, LockedOn on) => on switch
    {
        { Origin: Origin.Fresh or Origin.Attribute } or { IsMonitor: false } => Exposed.Not,
        { Origin: Origin.Boxed } => Exposed.Box,
        { Type.SpecialType: SpecialType.System_String } =>
            on.Origin != Origin.Other || on.Member is { } method && facts.About(method, Effect.Weak) is not null ? Exposed.Text : Exposed.Not,
        _ when facts.About(on.Type, Effect.Weak) is not null => Exposed.Process,
        { Origin: Origin.This } => IsVisible(on.Type) ? Exposed.Instance : Exposed.Not,
        { Origin: Origin.Field or Origin.Property, Member: { } member } => IsOffered(member) ? Exposed.Member : Exposed.Not,
        _ => Exposed.Not,
    };

    /// <summary>Code that has nothing to do with it can name it: code of other assemblies, other than derived types, which take part. Nobody is built on a program.</summary>
    public static bool IsVisible(ISymbol symbol)
    {
        for (var named = symbol; named is not (null or INamespaceSymbol); named = named.ContainingSymbol)
            if (named is not ITypeParameterSymbol && named.DeclaredAccessibility != Accessibility.Public)
                return false;
        return symbol.ContainingAssembly is not ISourceAssemblySymbol { Compilation.Options.OutputKind: not (OutputKind.DynamicallyLinkedLibrary
            or OutputKind.NetModule) };
    }

    /// <summary>A member written here that others see though it does not say that they are meant to lock it.</summary>
    private static bool IsOffered(ISymbol member) =>
        IsVisible(member) && !member.DeclaringSyntaxReferences.IsEmpty && !Shapes.IsMeantToBeLocked(member) && Getter.Promised(member) is null;
}
