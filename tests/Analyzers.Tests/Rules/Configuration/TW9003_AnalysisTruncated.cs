using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Rules;

public class TW9003_AnalysisTruncated
{
    [Fact]
    public async Task Fires_when_a_member_takes_more_locks_than_are_kept() =>
        Assert.Equal(["info TW9003: 'Test': a member takes more than 32 locks, itself and through calls; findings may be missing"], await Reported(Callee(40)));

    [Fact]
    public async Task Fires_when_there_are_more_cycles_than_are_reported() =>
        Assert.Equal(["info TW9003: 'Test': there are more than 50 lock cycles; findings may be missing"], await Reported(Pairs(60)));

    [Fact]
    public async Task Silent_within_the_budgets()
    {
        Assert.Empty(await Reported(Callee(30)));
        Assert.Empty(await Reported(Pairs(50)));
        Assert.Empty(await Reported("class C { readonly object _g = new(); void M() { lock (_g) { } } }"));
    }

    private static string Callee(int locks) =>
        "static class C { static readonly object Outer = new(); public static void M() { lock (Outer) { All(); } } static void All() {" + Each(locks, i => $"T{i}.M();") + "} }"
        + Each(locks, i => $"static class T{i} {{ static readonly object G = new(); public static void M() {{ lock (G) {{ }} }} }}");

    private static string Pairs(int cycles) => Each(cycles, i =>
        $"static class A{i} {{ static readonly object G = new(); public static void M() {{ lock (G) {{ B{i}.N(); }} }} public static void N() {{ lock (G) {{ }} }} }}"
        + $"static class B{i} {{ static readonly object G = new(); public static void M() {{ lock (G) {{ A{i}.N(); }} }} public static void N() {{ lock (G) {{ }} }} }}");

    private static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private static async Task<IEnumerable<string>> Reported(string source)
    {
        var analyzer = new ThreadwiseAnalyzer([new AnalysisTruncated()]);
        var analysis = await Analysis.Of(new Case().Project([new("Test0.cs", source)], analyzer), analyzer);
        Assert.Empty(analysis.Errors);
        return analysis.Findings.Select(finding => finding.ToString());
    }
}
