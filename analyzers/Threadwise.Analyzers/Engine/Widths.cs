using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether values of a type are copied word by word, so that another thread can see half of one.</summary>
internal static class Widths
{
    /// <summary>What a processor of 64 bits copies at once.</summary>
    private const int Word = 8;

    private const int MaxDepth = 4;

    public static bool IsWide(ITypeSymbol type, Facts facts) => Bytes(type, facts, MaxDepth) > Word;

    private static int Bytes(ITypeSymbol type, Facts facts, int depth)
    {
        if (type is not { IsValueType: true, TypeKind: not TypeKind.Enum } || type is ITypeParameterSymbol || depth == 0)
            return type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? Bytes(underlying, facts, depth) : Word;
        if (Size(type.SpecialType) is { } size)
            return size;
        // The private fields of a referenced type may be left out of what is compiled against.
        if (facts.About(type.OriginalDefinition, Effect.Wide) is not null)
            return 2 * Word;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
            return 1 + Bytes(inner, facts, depth - 1);
        if (type is not INamedTypeSymbol { IsTupleType: true } && type.Locations.All(static declared => !declared.IsInSource))
            return Word;
        return type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic && !field.IsConst).Sum(field => Bytes(field.Type, facts, depth - 1));
    }

    private static int? Size(SpecialType type) => type switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double or SpecialType.System_DateTime
            or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => Word,
        SpecialType.System_Decimal => 2 * Word,
        _ => null,
    };
}
