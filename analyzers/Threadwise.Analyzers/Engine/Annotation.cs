using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine;

/// <summary>Attributes by which source says what it means; found by simple name in any namespace, so that anybody may declare them.</summary>
internal static class Annotation
{
    public static AttributeData? Find(ISymbol symbol, string name) => All(symbol, name).FirstOrDefault();

    public static IEnumerable<AttributeData> All(ISymbol symbol, string name) =>
        symbol.GetAttributes() is { IsEmpty: false } all
            ? all.Where(attribute => attribute.AttributeClass is { } type && IsNamed(type.Name, name))
            : Enumerable.Empty<AttributeData>();

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>Somebody says that calling it stops no thread for long.</summary>
    public static bool IsNonBlocking(IMethodSymbol method) => Has(method, "NonBlocking") || method.AssociatedSymbol is { } property && Has(property, "NonBlocking");

    /// <summary>The text an annotation was given, or null without it.</summary>
    public static string? Argument(ISymbol symbol, string name) =>
        Find(symbol, name) is { ConstructorArguments: { Length: > 0 } arguments } && arguments[0].Value is string text ? text : null;

    /// <summary>Where a member's guard is named.</summary>
    public static Location? Where(ISymbol member) =>
        (Find(member, "GuardedBy") ?? Find(member, "RequiresLock"))?.ApplicationSyntaxReference is { } reference
            ? reference.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: [var argument, ..] } ? argument.GetLocation() : reference.GetSyntax().GetLocation()
            : null;

    private static bool IsNamed(string type, string name) =>
        type.StartsWith(name, StringComparison.Ordinal)
            && (type.Length == name.Length || type.Length == name.Length + 9 && type.EndsWith("Attribute", StringComparison.Ordinal));
}
