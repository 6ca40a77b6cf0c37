using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Evidence;

/// <summary>The fixed form of a program whose rule has no fix: the methods that somebody wrote in place of those with the defect.</summary>
internal static class ByHand
{
    /// <summary>The program with every method of the text instead of its own of the same name and type.</summary>
    public static SyntaxNode Replaced(SyntaxNode program, string text)
    {
        var own = Methods(program);
        var replacements = Methods(CSharpSyntaxTree.ParseText(text).GetRoot()).ToDictionary(method => own.SingleOrDefault(old => NameOf(old) == NameOf(method))
            ?? throw new InvalidOperationException($"the fixed form has a method that the program has not: {NameOf(method)}"));
        if (replacements.Count == 0 || replacements.Any(pair => SyntaxFactory.AreEquivalent(pair.Key, pair.Value)))
            throw new InvalidOperationException("the fixed form is the program itself");
        return program.ReplaceNodes(replacements.Keys, (method, _) => replacements[method].WithTriviaFrom(method));
    }

    private static List<MethodDeclarationSyntax> Methods(SyntaxNode root) => [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()];

    private static string NameOf(MethodDeclarationSyntax method) => $"{(method.Parent as BaseTypeDeclarationSyntax)?.Identifier}.{method.Identifier}";
}
