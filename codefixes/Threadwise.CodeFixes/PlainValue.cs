namespace Threadwise.CodeFixes;

/// <summary>A type of values that have nothing to do with where they came from: numbers, texts, dates, and arrays of them.</summary>
internal static class PlainValue
{
    public static bool Is(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => Is(element),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } => Is(value),
        { TypeKind: TypeKind.Enum } => true,
        { SpecialType: SpecialType.System_String or SpecialType.System_DateTime or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) } => true,
        _ =>
            type is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
                Name: "Guid" or "TimeSpan" or "DateTimeOffset" or "DateOnly" or "TimeOnly" },
    };
}
