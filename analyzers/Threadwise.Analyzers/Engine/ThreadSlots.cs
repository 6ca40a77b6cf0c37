using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A slot is read or written, of which every thread has one of its own: a static field with an attribute, or the value of an object made for that.</summary>
/// <param name="Slot">The field, or the member that holds the object.</param>
/// <param name="Tests">It is asked whether there is anything in it.</param>
internal sealed record SlotUse(ISymbol Slot, bool Writes, bool Tests, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>What is written is nothing.</summary>
    public bool Clears { get; init; }
}

/// <summary>The slots of a type's threads, and what goes wrong with them.</summary>
internal static class ThreadSlots
{
    /// <summary>Every thread has its own, if the field is static.</summary>
    public static bool IsMarked(ISymbol member) => member is IFieldSymbol && Annotation.Has(member, Shapes.OnePerThread);

    /// <summary>Fields that are marked though each object has its own.</summary>
    public static IEnumerable<(ISymbol Field, Location Where)> WithoutEffect(INamedTypeSymbol type) =>
        from field in FieldsOf(type)
        where !field.IsStatic && Annotation.Find(field, Shapes.OnePerThread)?.ApplicationSyntaxReference is not null
        let mark = Annotation.Find(field, Shapes.OnePerThread)!.ApplicationSyntaxReference!
        select (field.AssociatedSymbol ?? field, Location.Create(mark.SyntaxTree, mark.Span));

    /// <summary>Values that are there for the thread that initializes the type, and that others do not make for themselves.</summary>
    public static IEnumerable<(ISymbol Field, Location Where)> WithInitializer(TypeModel type)
    {
        var made = new HashSet<ISymbol>(type.Bodies.SelectMany(static body => body.Events).OfType<SlotUse>()
            .Where(static use => use.Tests).Select(static use => use.Slot), SymbolEqualityComparer.Default);
        foreach (var field in FieldsOf(type.Type))
            if (field.IsStatic && !made.Contains(field) && IsMarked(field) && InitialValue(field) is { } value)
                yield return (field.AssociatedSymbol ?? field, value.GetLocation());
        foreach (var body in type.Bodies)
            if (body.Symbol is IMethodSymbol { MethodKind: MethodKind.StaticConstructor })
                foreach (var e in body.Events)
                    if (e is SlotUse { Writes: true, Clears: false, Slot: IFieldSymbol slot } use && !made.Contains(slot) && IsMarked(slot))
                        yield return (slot, Location.Create(body.Tree, use.Span));
    }

    /// <summary>The first use behind an await of what this write put into the slot of the thread before it.</summary>
    public static SlotUse? UseAfterAwait(Body body, SlotUse written)
    {
        var seen = new HashSet<(int Node, bool Awaited)>();
        var pending = new Queue<(int Node, int From, bool Awaited)>();
        for (var node = 0; node < body.Flow.Nodes.Length; node++)
            if (body.Flow.Nodes[node].Events.IndexOf(written) is >= 0 and var at)
                pending.Enqueue((node, at + 1, false));
        while (pending.Count > 0)
        {
            var (node, from, awaited) = pending.Dequeue();
            var (found, ends) = Along(body.Flow.Nodes[node].Events, from, written, ref awaited);
            if (found is not null)
                return found;
            if (!ends)
                foreach (var next in body.Flow.Nodes[node].Next)
                    if (seen.Add((next, awaited)))
                        pending.Enqueue((next, 0, awaited));
        }

        return null;
    }

    private static (SlotUse? Found, bool Ends) Along(ImmutableArray<Event> events, int from, SlotUse written, ref bool awaited)
    {
        for (var i = from; i < events.Length; i++)
            if (events[i] is Await)
                awaited = true;
            else if (events[i] is SlotUse use && SymbolEqualityComparer.Default.Equals(use.Slot, written.Slot) && (awaited || use.Writes))
                return (awaited && use != written ? use : null, true);
        return (null, false);
    }

    private static IEnumerable<IFieldSymbol> FieldsOf(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Concat(type.GetTypeMembers().SelectMany(FieldsOf));

    /// <summary>What every thread would have to begin with; where that is what it begins with anyway, none.</summary>
    private static ExpressionSyntax? InitialValue(IFieldSymbol field)
    {
        var value = (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        return value is null || IsNothing(value, field.Type) ? null : value;
    }

    private static bool IsNothing(ExpressionSyntax value, ITypeSymbol type) => value switch
    {
        PostfixUnaryExpressionSyntax { Operand: var inner } => IsNothing(inner, type),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => type.TypeKind == TypeKind.Enum
            && type.GetMembers(name).Any(static member => member is IFieldSymbol { ConstantValue: var constant }
                && Convert.ToDecimal(constant, System.Globalization.CultureInfo.InvariantCulture) == 0),
        DefaultExpressionSyntax => true,
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.FalseLiteralExpression
            || literal.Token.Value is 0 or 0L or 0d or 0f,
        _ => false,
    };
}
