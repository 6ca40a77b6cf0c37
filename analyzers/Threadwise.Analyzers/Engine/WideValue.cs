namespace Threadwise.Analyzers.Engine;

/// <summary>A value that takes more than one step to write, so that who reads it meanwhile finds half of the old one and half of the new one.</summary>
internal static class WideValue
{
    private const int MaxDepth = 3;

    /// <summary>Of a type compiled elsewhere only what the language says of it is known.</summary>
    public static bool Is(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Decimal } => true,
        INamedTypeSymbol { IsTupleType: true } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } => !IsShort(inner),
        INamedTypeSymbol { TypeKind: TypeKind.Struct } value when !value.DeclaringSyntaxReferences.IsEmpty => Words(value, 0) > 1,
        _ => false,
    };

    /// <summary>Together with a flag beside it no longer than a word.</summary>
    private static bool IsShort(ITypeSymbol type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type).SpecialType
        is >= SpecialType.System_Boolean and <= SpecialType.System_UInt32 or SpecialType.System_Single;

    private static int Words(ITypeSymbol type, int depth) => depth > MaxDepth || Is(type) && depth > 0 ? 2
        : type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None, DeclaringSyntaxReferences.IsEmpty: false }
            ? type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic).Sum(field => Words(field.Type, depth + 1))
        : 1;
}
