using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Evidence;

/// <summary>The fixed form of a program whose rule has no fix: the methods and constructors that somebody wrote in place of those with the defect, or beside them.</summary>
internal static class ByHand
{
    /// <summary>The program with every method and constructor of the text instead of its own of the same name and type; one that its type has not is added to it.</summary>
    public static SyntaxNode Replaced(SyntaxNode program, string text)
    {
        var own = Methods(program);
        var written = Methods(CSharpSyntaxTree.ParseText(text).GetRoot()).ToLookup(method => own.Exists(old => NameOf(old) == NameOf(method)));
        var replacements = written[true].ToDictionary(method => own.Single(old => NameOf(old) == NameOf(method)));
        if (!written.Any() || replacements.Any(pair => SyntaxFactory.AreEquivalent(pair.Key, pair.Value)))
            throw new InvalidOperationException("the fixed form is the program itself");
        return written[false].Aggregate(program.ReplaceNodes(replacements.Keys, (method, _) => replacements[method].WithTriviaFrom(method)), Added);
    }

    private static SyntaxNode Added(SyntaxNode program, BaseMethodDeclarationSyntax method) =>
        program.DescendantNodes().OfType<TypeDeclarationSyntax>().SingleOrDefault(type => type.Identifier.Text == (method.Parent as BaseTypeDeclarationSyntax)?.Identifier.Text) is { } type
            ? program.ReplaceNode(type, type.AddMembers(method))
            : throw new InvalidOperationException($"the fixed form has a method whose type the program has not: {NameOf(method)}");

    private static List<BaseMethodDeclarationSyntax> Methods(SyntaxNode root) => [.. root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>().Where(method => method is MethodDeclarationSyntax or ConstructorDeclarationSyntax)];

    private static string NameOf(BaseMethodDeclarationSyntax method) => $"{(method.Parent as BaseTypeDeclarationSyntax)?.Identifier}.{(method as MethodDeclarationSyntax)?.Identifier.Text ?? "constructor"}";
}
