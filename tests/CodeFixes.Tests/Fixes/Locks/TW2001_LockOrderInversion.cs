using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.CodeFixes.Fixes;
using Xunit;

namespace CodeFixes.Tests.Fixes;

public class TW2001_LockOrderInversion
{
    private static readonly Trial<LockOrderInversionFix> Fix = new(new StandIn("TW2001", Finds));

    /// <summary>The inner of two locks that are not in alphabetical order.</summary>
    private static Dictionary<string, string?>? Finds(SyntaxNode node, SemanticModel model) =>
        node.Parent is LockStatementSyntax inner && inner.Expression == node && inner.Ancestors().OfType<LockStatementSyntax>().FirstOrDefault() is { } outer
        && string.CompareOrdinal(Name(outer.Expression), Name(node)) > 0 ? new() { ["swap"] = "true" } : null;

    private static string Name(SyntaxNode expression) => expression.ToString().Split('.')[^1];

    private static string Class(string statement) => $$"""
        class C
        {
            readonly object _a = new(), _b = new();
            static readonly object _s = new();
            object Next() => new();
            void M(C other)
            {
                {{statement}}
            }
        }
        """;

    [Theory]
    [InlineData("lock (_b) { lock ([|_a|]) { M(this); } }", "lock (_a) { lock (_b) { M(this); } }")]
    [InlineData("lock (_b) lock ([|_a|]) M(this);", "lock (_a) lock (_b) M(this);")]
    [InlineData("lock (/* outer */ _b /* 1 */)\n{\n    // why\n    lock (/* inner */ [|other._a|]) // 2\n    {\n    }\n}", "lock (/* outer */ other._a /* 1 */)\n{\n    // why\n    lock (/* inner */ _b) // 2\n    {\n    }\n}")]
    [InlineData("lock (_s) lock ([|_b|]) M(this); lock (this._b) lock ([|this._a|]) M(this);", "lock (_b) lock (_s) M(this); lock (this._a) lock (this._b) M(this);")]
    public Task Exchanges_the_locks(string before, string after) => Fix.Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("lock (_b) { M(this); lock ([|_a|]) { } }")]
    [InlineData("lock (_b) { lock ([|_a|]) { } M(this); }")]
    [InlineData("lock (_b) { if (other != null) lock ([|_a|]) { } }")]
    [InlineData("lock (other._b) { { lock ([|_a|]) { } } }")]
    [InlineData("lock (_b) lock ([|Next()|]) { }")]
    public Task Nothing_when_more_happens_between_them_or_they_are_computed(string statement) =>
        Fix.NoFix(Class(statement));
}
