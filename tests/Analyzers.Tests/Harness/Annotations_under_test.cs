using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Harness;

/// <summary>The attributes that sources under test see are those of the runtime library.</summary>
public class Annotations_under_test
{
    [Fact]
    public void Are_the_librarys_own() => Assert.Equal(
        Shapes(MetadataReference.CreateFromFile(typeof(Threadwise.GuardedByAttribute).Assembly.Location)),
        Shapes(Threadwise.Testing.Annotations.Reference));

    private static IEnumerable<string> Shapes(MetadataReference library)
    {
        var compilation = CSharpCompilation.Create("Shapes", references: Frameworks.References(Frameworks.Newest).Add(library));
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(library)!;
        return from type in Types(assembly.GlobalNamespace)
               where type.BaseType?.Name == nameof(Attribute) && type.DeclaredAccessibility == Accessibility.Public
               let usage = type.GetAttributes().Single(attribute => attribute.AttributeClass!.Name == nameof(AttributeUsageAttribute))
               let parameters = type.InstanceConstructors.Single().Parameters
               orderby type.Name
               select $"{type.Name}({string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))}) {usage.ConstructorArguments[0].Value} {string.Join(", ", usage.NamedArguments.Select(argument => $"{argument.Key} = {argument.Value.Value}"))}";
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
