using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The random numbers come from the framework's own source for all threads; of a hash algorithm each thread gets its own; or every use is locked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SharedUnsafeStaticFix))]
public sealed class SharedUnsafeStaticFix() : Fix("TW1027", "Use one that all threads may use", "Lock every use")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Initializer.Value: var value } variable
            || finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is not IFieldSymbol field)
            return null;
        return field.Type is { Name: "Random", ContainingNamespace.Name: "System" } ? Shared(finding, value, field) ?? Seeded(finding, variable, value)
            : IsHash(field.Type) ? ThreadLocalField.Of(finding, variable, IsWholeHash)
            : null;
    }

    private protected override Patch? OtherFor(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is IFieldSymbol field
            ? NewGate.For(finding, field, use => use.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
                && (IsOneAtATime(field.Type) || IsHash(field.Type) && IsWholeHash(use))) : null;

    /// <summary>Its calls are complete in themselves; a connection, a stream or a document is often used in several steps.</summary>
    private static bool IsOneAtATime(ITypeSymbol type) =>
        type is { Name: "Random", ContainingNamespace.Name: "System" } or { Name: "StringBuilder", ContainingNamespace.Name: "Text" };

    private static Patch? Shared(Finding finding, ExpressionSyntax value, IFieldSymbol field) =>
        IsPlain(value) && field.Type.GetMembers("Shared").Any(member => member is IPropertySymbol { IsStatic: true })
            ? finding.Patch(value).Replace(value.Span, field.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
                .ToMinimalDisplayString(finding.Model, value.SpanStart) + ".Shared")
            : null;

    /// <summary>Where there is none for all threads, one for each.</summary>
    private static Patch? Seeded(Finding finding, VariableDeclaratorSyntax variable, ExpressionSyntax value) =>
        IsPlain(value) ? ThreadLocalField.Of(finding, variable, static use => use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax }) : null;

    private static bool IsPlain(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null };

    private static bool IsHash(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
            if (at is { Name: "HashAlgorithm", ContainingNamespace.Name: "Cryptography" })
                return true;
        return false;
    }

    /// <summary>A hash that one call begins and ends.</summary>
    private static bool IsWholeHash(ExpressionSyntax use) =>
        use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ComputeHash", Parent: InvocationExpressionSyntax };
}
