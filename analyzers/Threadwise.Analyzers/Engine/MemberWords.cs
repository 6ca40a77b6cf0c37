using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member as its file writes it: what its users write, and every word in it once, all by their hashes; see <see cref="WordScan"/>.</summary>
internal sealed class MemberWords(SyntaxTree tree, TextSpan span, ImmutableArray<int> names, ImmutableArray<int> namesHere, bool isAsync,
    bool isState, ImmutableArray<int> words)
{
    public SyntaxTree Tree => tree;

    public TextSpan Span => span;

    /// <summary>As users anywhere write it: a method as <c>Load(</c> or, where it is handed on, <c>Load)</c>; none where they write no name.</summary>
    public ImmutableArray<int> Names => names;

    /// <summary>As only its own file may write it.</summary>
    public ImmutableArray<int> NamesHere => namesHere;

    public bool IsAsync => isAsync;

    /// <summary>A field or property.</summary>
    public bool IsState => isState;

    public ImmutableArray<int> Words => words;
}
