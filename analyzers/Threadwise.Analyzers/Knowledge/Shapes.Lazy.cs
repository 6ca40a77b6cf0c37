namespace Threadwise.Analyzers.Knowledge;

// Values that are made when they are first asked for.
internal static partial class Shapes
{
    /// <summary>A value that is made when it is first asked for.</summary>
    public static bool IsLazy(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Lazy", Arity: 1 };

    public static bool IsLazyValue(IPropertySymbol property) => property.Name == "Value" && IsLazy(property.ContainingType);

    /// <summary>An argument by which a lazy value is made for one thread alone, and how it is written.</summary>
    public static bool IsForOneThread(ITypeSymbol type, Optional<object?> value) =>
        value.HasValue && (type.SpecialType == SpecialType.System_Boolean && value.Value is false || type is { Name: LazyMode } && value.Value is 0);

    /// <summary>An argument by which every thread that finds no value may make one.</summary>
    public static bool IsForAll(ITypeSymbol type, Optional<object?> value) => type is { Name: LazyMode } && value is { HasValue: true, Value: 1 };

    /// <summary>Where the types of expression trees are, in which code is data.</summary>
    public const string Trees = "Expressions";

    /// <summary>By which it is said how many threads make a lazy value.</summary>
    public const string LazyMode = "LazyThreadSafetyMode";

    public static ImmutableArray<string> ForOneThread { get; } = ImmutableArray.Create("None", "false");
}
