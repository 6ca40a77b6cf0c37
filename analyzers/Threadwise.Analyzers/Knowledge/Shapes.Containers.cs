namespace Threadwise.Analyzers.Knowledge;

// What members of containers do, told by their names.
internal static partial class Shapes
{
    /// <summary>Says which of two comes first.</summary>
    public static bool Compares(IMethodSymbol method) =>
        method.Name.StartsWith("Compare", StringComparison.Ordinal) && method.ReturnType.SpecialType == SpecialType.System_Int32;

    /// <summary>Puts any number of objects in order.</summary>
    public static bool Sorts(IMethodSymbol method) =>
        method.Name is "Sort" or "Order" or "OrderBy" or "OrderDescending" or "OrderByDescending" or "Min" or "Max" or "MinBy" or "MaxBy";

    /// <summary>Of the members that change a container: it has more in it afterwards (true), less (false), or that cannot be told.</summary>
    public static bool? Grows(IMethodSymbol method) => method.Name switch
    {
        "Add" or "AddFirst" or "AddLast" or "AddRange" or "Enqueue" or "EnqueueRange" or "Insert" or "Push" or "TryAdd" => true,
        "Clear" or "Dequeue" or "Pop" or "Remove" or "RemoveAll" or "RemoveAt" or "RemoveFirst" or "RemoveLast" or "RemoveRange" or "Take"
            or "TryDequeue" or "TryPop" or "TryTake" =>
            false,
        _ => null,
    };

    /// <summary>The property that tells how much there is.</summary>
    public static bool Counts(IPropertySymbol property) => property.Name is "Count" or "Length" or "LongLength" or "LongCount";

    /// <summary>The property that tells that there is nothing.</summary>
    public static bool TellsEmpty(IPropertySymbol property) => property.Name == "IsEmpty";

    /// <summary>Its elements have places of their own: replacing one leaves the others alone.</summary>
    public static bool IsPositional(ITypeSymbol type) => type.Name == "IList" || type.AllInterfaces.Any(static contract => contract is { Name: "IList", Arity: 1 });

    /// <summary>A query that has not run yet: running it uses what it asks.</summary>
    public static bool IsQuery(ITypeSymbol type) => type.Name == "IQueryable" || type.AllInterfaces.Any(static contract => contract.Name == "IQueryable");

    /// <summary>The member by which the language fills a collection.</summary>
    public static bool Adds(IMethodSymbol method) => method.Name == "Add";
}
