using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member as its file writes it: what its users write, and every word in it once; see <see cref="WordScan"/>.</summary>
internal sealed class MemberWords(ImmutableArray<string> names, bool isAsync, TextSpan span, ImmutableArray<int> words)
{
    /// <summary>As users write it: a method as <c>Load(</c> or, where it is handed on, <c>Load)</c>; none where they write no name.</summary>
    public ImmutableArray<string> Names => names;

    public bool IsAsync => isAsync;

    public TextSpan Span => span;

    public ImmutableArray<int> Words => words;
}
