using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>One executable unit: a method, accessor, constructor, lambda, local function, initializer or the top-level code.</summary>
/// <param name="Symbol">The method; for an initializer the field or property.</param>
/// <param name="Declaring">The body this one is written in, for lambdas and local functions.</param>
internal sealed record Body(ISymbol Symbol, IMethodSymbol? Declaring, SyntaxTree Tree, TextSpan Span, Flow Flow)
{
    public IMethodSymbol? Method { get; } = Symbol as IMethodSymbol;

    /// <summary>What can be said of a member and all that is written in it at a glance, whatever way control goes.</summary>
    public ImmutableArray<Event> Remarks { get; init; } = ImmutableArray<Event>.Empty;

    /// <summary>Its paths cannot be followed; what it has in it is read from top to bottom.</summary>
    public bool IsLine { get; init; }

    /// <summary>A body is itself and no other: the comparison of every part would be slow.</summary>
    public bool Equals(Body? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public bool IsAsync => Method is { IsAsync: true };

    /// <summary>Runs before anybody else can have the object (or, for a type initializer, the type).</summary>
    public bool IsConstruction => Declaring is null && (Method is null or { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or { IsInitOnly: true });

    /// <summary>A static constructor, or the initializer of a static member.</summary>
    public static bool InitializesType(ISymbol owner) =>
        owner is IFieldSymbol { IsStatic: true } or IPropertySymbol { IsStatic: true } or IMethodSymbol { MethodKind: MethodKind.StaticConstructor };

    /// <summary>All who can call it are known: they are in the same type, and the language keeps others out.</summary>
    public bool IsClosed => Method is { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }
        || Method is { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet, ExplicitInterfaceImplementations.IsEmpty: true } method
            && (method.DeclaredAccessibility == Accessibility.Private || IsHidden(method));

    /// <summary>Of a type that nobody outside can name, and by no other name either.</summary>
    private static bool IsHidden(IMethodSymbol method) =>
        method is { IsOverride: false, IsVirtual: false, IsAbstract: false,
            ContainingType: { DeclaredAccessibility: Accessibility.Private, AllInterfaces.IsEmpty: true, IsSealed: true } };

    /// <summary>Where the program starts: its thread is nobody else's.</summary>
    public bool IsProgram => Declaring is null && Method is { Name: "<Main>$" } or { Name: "Main", IsStatic: true, MethodKind: MethodKind.Ordinary };

    /// <summary>Something happens here that a rule may have to say something about.</summary>
    public bool IsOfInterest => !Remarks.IsEmpty
        || Events.Any(e => e is IAsked or Escape { By: not null } or Escape { Begun: not null } or Access { IsTested: true } or Access { Repeated.IsEmpty: false })
        || Events.Any(static e => e is SafeUse) && Events.Any(static e => e is Access { Shape: Shape.Update or Shape.Change });

    public ImmutableArray<Event> Events => Flow.Events;

    /// <summary>As messages name it: <c>Account.Transfer</c>; a lambda is named by what it is written in.</summary>
    public string Name => NameOf(Method is { MethodKind: MethodKind.AnonymousFunction } ? Declaring ?? Symbol : Symbol);

    public static string NameOf(ISymbol symbol)
    {
        var member = symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol;
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction, ContainingSymbol: { } outer })
            member = outer;
        var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } ? member.ContainingType.Name
            : member is IMethodSymbol { Name: "<Main>$" } ? "Main"
            : member.Name;
        return member is not ILocalSymbol && member.ContainingType is { } type ? $"{type.Name}.{name}" : name;
    }
}
