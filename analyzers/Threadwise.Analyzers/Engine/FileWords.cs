using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The words of a file. Kept with the file, which is the same in many compilations.</summary>
internal sealed class FileWords
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileWords> Known = new();
    private static readonly int Async = WordSet.Hash("async"), Volatile = WordSet.Hash("volatile");

    private readonly SyntaxTree _tree;

    private FileWords(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        var scan = new WordScan(text);
        var (members, outside, end) = (ImmutableArray.CreateBuilder<MemberWords>(), new HashSet<int>(), 0);
        foreach (var node in tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
            if (NamesOf(node) is { IsDefault: false } names)
            {
                outside.UnionWith(scan.Words(end, node.SpanStart));
                end = node.Span.End;
                var words = scan.Words(node.SpanStart, end);
                // Elsewhere it is a word of a text.
                if (node is not FieldDeclarationSyntax)
                    words = words.Remove(Volatile);
                var (anywhere, here) = Users((MemberDeclarationSyntax)node, names);
                members.Add(new(tree, node.Span, anywhere, here, words.Contains(Async), node is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax, words));
            }
        outside.UnionWith(scan.Words(end, text.Length));
        outside.Remove(Volatile);
        (_tree, Members, Outside) = (tree, members.ToImmutable(), ImmutableArray.CreateRange(outside));
    }

    /// <summary>As they follow each other.</summary>
    public ImmutableArray<MemberWords> Members { get; }

    /// <summary>The words that are in no member.</summary>
    public ImmutableArray<int> Outside { get; }

    public bool Uses(MemberNames names) => names.AreIn(_tree, Outside) || Members.Any(member => names.AreIn(_tree, member.Words));

    public static FileWords Of(SyntaxTree tree) => Known.TryGetValue(tree, out var words) ? words : Known.GetValue(tree, static tree => new(tree));

    /// <summary>The place among <see cref="Members"/> of the one around this part of the file; -1 where there is none.</summary>
    public int Around(TextSpan part)
    {
        var (low, high) = (0, Members.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Members[middle].Span.Contains(part))
                return middle;
            if (Members[middle].Span.Start < part.Start)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private static ImmutableArray<string> NamesOf(SyntaxNode member) => member switch
    {
        // Every object has these; to follow them is to follow everything.
        MethodDeclarationSyntax { Identifier.ValueText: nameof(ToString) or nameof(Equals) or nameof(GetHashCode) } => ImmutableArray<string>.Empty,
        MethodDeclarationSyntax { Identifier.ValueText: var name } => ImmutableArray.Create(name + WordScan.Called, name + WordScan.HandedOn).AddRange(Implied(name)),
        ConstructorDeclarationSyntax { Identifier.ValueText: var name } => ImmutableArray.Create(name + WordScan.Called),
        PropertyDeclarationSyntax { Identifier.ValueText: var name } => ImmutableArray.Create(name),
        BaseFieldDeclarationSyntax or GlobalStatementSyntax or IndexerDeclarationSyntax or EventDeclarationSyntax or BaseMethodDeclarationSyntax =>
            ImmutableArray<string>.Empty,
        _ => default,
    };

    /// <summary>Who writes the names of a member, and how: of one that is private only its own file, of a property another file behind a dot.</summary>
    private static (ImmutableArray<int> Anywhere, ImmutableArray<int> Here) Users(MemberDeclarationSyntax member, ImmutableArray<string> written)
    {
        var names = ImmutableArray.CreateRange(written, WordSet.Hash);
        return member.Ancestors().OfType<TypeDeclarationSyntax>().Any(static type => type.Modifiers.Any(SyntaxKind.PartialKeyword))
            || member.Modifiers.Any(SyntaxKind.ProtectedKeyword) ? (names, ImmutableArray<int>.Empty)
            : IsPrivate(member) ? (ImmutableArray<int>.Empty, names)
            : member is PropertyDeclarationSyntax { Identifier.ValueText: var name } ? (ImmutableArray.Create(WordSet.Hash("." + name)), names)
            : (names, ImmutableArray<int>.Empty);
    }

    private static bool IsPrivate(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.PrivateKeyword)
        || member.Parent is not InterfaceDeclarationSyntax && !member.Modifiers.Any(SyntaxKind.PublicKeyword) && !member.Modifiers.Any(SyntaxKind.InternalKeyword)
        && member is not (MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null });

    /// <summary>The parts of the language that call members without naming them.</summary>
    private static ImmutableArray<string> Implied(string member) => member switch
    {
        Shapes.Disposal => ImmutableArray.Create("using"),
        Shapes.Enumeration or "MoveNext" => ImmutableArray.Create("foreach"),
        _ => ImmutableArray<string>.Empty,
    };
}
