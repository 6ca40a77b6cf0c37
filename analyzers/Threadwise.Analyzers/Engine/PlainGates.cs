using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The fields of a type that hold a plain object for <c>lock</c> statements and serve no other purpose.</summary>
internal static class PlainGates
{
    /// <summary>C# 13. The name is newer than the compiler.</summary>
    private const LanguageVersion KnowsLockType = (LanguageVersion)1300;

    public static IEnumerable<IFieldSymbol> In(TypeModel type)
    {
        var gates = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is LockedOn { Origin: Origin.Field,
                    Member: IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private, Type.SpecialType: SpecialType.System_Object } field })
                    gates.Add(field.OriginalDefinition);
        if (gates.Count == 0)
            return Enumerable.Empty<IFieldSymbol>();
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is OtherUse used)
                    gates.Remove(used.Field);
                else if (e is Yield)
                    // The scope of the other kind of lock cannot be kept across a yield.
                    gates.ExceptWith(body.Events.OfType<LockedOn>().Select(on => on.Member!));
        return gates.OfType<IFieldSymbol>().Where(IsPlainObject)
            .OrderBy(field => field.Locations[0].SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(field => field.Locations[0].SourceSpan);
    }

    /// <summary>The framework and the language have the type of lock that such statements take, here and in every other target of the project.</summary>
    public static bool HaveBetter(Compilation compilation, AnalyzerOptions options) =>
        compilation is CSharpCompilation { LanguageVersion: >= KnowsLockType } && Facts.LockTypeOfStatement(compilation) is not null
        && (!options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.TargetFrameworks", out var targets)
            || targets.Split(';').All(static target => target.Trim() is var name && (name.Length == 0 || IsNewEnough(name))));

    /// <summary><c>net9.0</c> and later, whatever the platform.</summary>
    private static bool IsNewEnough(string target) =>
        target.StartsWith("net", StringComparison.OrdinalIgnoreCase) && target.IndexOf('.') is > 3 and var dot
        && int.TryParse(target.Substring(3, dot - 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
        && version >= 9;

    private static bool IsPlainObject(IFieldSymbol field) => field.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null,
            ArgumentList: null or { Arguments.Count: 0 } } creation }
        && creation is ImplicitObjectCreationExpressionSyntax or ObjectCreationExpressionSyntax { Type: PredefinedTypeSyntax };
}
