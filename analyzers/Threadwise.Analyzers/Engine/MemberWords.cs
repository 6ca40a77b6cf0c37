using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member as its file writes it: what its users write, and every word in it once, all by their hashes; see <see cref="WordScan"/>.</summary>
/// <param name="Names">As users anywhere write it: a method as <c>Load(</c> or, where it is handed on, <c>Load)</c>; none where they write no name.</param>
/// <param name="NamesHere">As only its own file may write it.</param>
/// <param name="IsState">A field or property.</param>
internal sealed record MemberWords(SyntaxTree Tree, TextSpan Span, ImmutableArray<int> Names, ImmutableArray<int> NamesHere, bool IsAsync, bool IsState, ImmutableArray<int> Words)
{
    public bool Equals(MemberWords? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Span.GetHashCode();
}
