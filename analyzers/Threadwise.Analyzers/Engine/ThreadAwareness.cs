using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether a type is written for several threads: it takes locks, starts work on other threads, or keeps what coordinates them.</summary>
internal static class ThreadAwareness
{
    public static bool Of(TypeModel type) =>
        !IsConfined(type) && (type.HasLocks || type.Bodies.Any(static body => body.Events.Any(static e => e is Escape { IsStarted: true }))
            || Fields(type.Type).Any(field => Tells(type.Model, field)));

    /// <summary>Its objects belong to one thread at a time.</summary>
    private static bool IsConfined(TypeModel type) => type.Model.Facts.About(type.Type, Effect.Confined) is not null;

    private static bool Tells(Model model, IFieldSymbol field) => field.IsVolatile
        || model.Facts.About(field.Type).Any(static fact => fact.Effect is Effect.Synchronizes or Effect.Lock or Effect.Signal);

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Concat(type.GetTypeMembers().SelectMany(Fields));
}
