using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member as its file writes it: its name, and every word in it once; see <see cref="WordScan"/>.</summary>
internal sealed class MemberWords(string name, bool isAsync, TextSpan span, ImmutableArray<int> words)
{
    /// <summary>By what callers name it; empty where they name nothing.</summary>
    public string Name => name;

    public bool IsAsync => isAsync;

    public TextSpan Span => span;

    public ImmutableArray<int> Words => words;
}
