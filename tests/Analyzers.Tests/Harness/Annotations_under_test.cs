using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Harness;

/// <summary>The attributes that sources under test see are those of the runtime library.</summary>
public class Annotations_under_test
{
    [Fact]
    public void Are_the_librarys_own()
    {
        var library = Examples.Files("runtime/Threadwise.Runtime/Annotations", "*.cs").Select(path => File.ReadAllText(path));
        Assert.Equal(Shapes(library), Shapes([Threadwise.Testing.Annotations.Source]));
    }

    private static IEnumerable<string> Shapes(IEnumerable<string> sources)
    {
        var trees = sources.Append("global using System;").Select(source => CSharpSyntaxTree.ParseText(source));
        var compilation = CSharpCompilation.Create("Shapes", trees, Frameworks.References(Frameworks.Newest), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return from type in compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Cast<INamedTypeSymbol>()
               let usage = type.GetAttributes().Single()
               let parameters = type.InstanceConstructors.Single().Parameters
               orderby type.Name
               select $"{type.Name}({string.Join(", ", parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"))}) {usage.ConstructorArguments[0].Value} {string.Join(", ", usage.NamedArguments.Select(argument => $"{argument.Key} = {argument.Value.Value}"))}";
    }
}
