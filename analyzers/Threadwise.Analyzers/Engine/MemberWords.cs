using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member as its file writes it: its name, and every word in it once. Kept with the file, which is the same in many compilations.</summary>
internal sealed class MemberWords(string name, bool isAsync, TextSpan span, ImmutableArray<int> words)
{
    private static readonly ConditionalWeakTable<SyntaxTree, MemberWords[]> Known = new();
    private static readonly int Async = WordSet.Hash("async");

    /// <summary>By what callers name it; empty where they name nothing.</summary>
    public string Name => name;

    public bool IsAsync => isAsync;

    public TextSpan Span => span;

    /// <summary>Their hashes, see <see cref="WordSet.Hash"/>.</summary>
    public ImmutableArray<int> Words => words;

    public static IReadOnlyList<MemberWords> Of(SyntaxTree tree, string text) =>
        Known.TryGetValue(tree, out var members) ? members : Known.GetValue(tree, tree => Read(tree, text).ToArray());

    private static IEnumerable<MemberWords> Read(SyntaxTree tree, string text)
    {
        var seen = new HashSet<int>();
        foreach (var node in tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
            if (NameOf(node) is { } name)
            {
                seen.Clear();
                for (var at = node.SpanStart; WordSet.Next(text, ref at, node.Span.End, out _, out var hash);)
                    seen.Add(hash);
                var words = ImmutableArray.CreateRange(seen);
                yield return new(name, words.Contains(Async), node.Span, words);
            }
    }

    private static string? NameOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax or GlobalStatementSyntax or IndexerDeclarationSyntax or EventDeclarationSyntax or BaseMethodDeclarationSyntax => "",
        _ => null,
    };
}
