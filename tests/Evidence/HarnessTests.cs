using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Threadwise.Evidence;

/// <summary>The harness itself: it must not call a fix good that is not.</summary>
public sealed class HarnessTests
{
    [Fact]
    public async Task Harm_that_is_not_fixed_shows_after_the_fix_too()
    {
        var repair = await Repair.OfAsync(Subject.Titled("TW1002_GuardedByViolation"));
        var trial = await Trial.OfAsync(repair with { After = repair.Before }, repeats: 3);
        Assert.NotEqual(0, trial.After.Harm);
    }

    [Fact]
    public async Task Program_without_harm_proves_nothing()
    {
        var sound = Compile("""System.Console.WriteLine("OUTCOME lost-updates=0 of 1");""");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial.OfAsync(new Repair(sound, sound, 1, 1), repeats: 1));
        Assert.Contains("did not show", error.Message);
    }

    [Fact]
    public async Task Program_that_does_not_end_is_ended_and_has_done_harm()
    {
        var outcome = await RunAsync("System.Threading.Thread.Sleep(-1);");
        Assert.Equal(new Outcome(1, "not finished after 3 s"), outcome);
    }

    [Fact]
    public async Task Program_that_crashes_has_done_harm()
    {
        var outcome = await RunAsync("""throw new System.InvalidOperationException("no");""");
        Assert.Equal(1, outcome.Harm);
        Assert.Contains("System.InvalidOperationException: no", outcome.Text);
    }

    [Fact]
    public async Task Program_without_an_outcome_is_refused() =>
        await Assert.ThrowsAsync<FormatException>(() => RunAsync("""System.Console.WriteLine("done");"""));

    [Fact]
    public async Task Program_without_the_defect_is_refused()
    {
        var subject = new Subject("TW3005", "Nothing", "System.Console.WriteLine();");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Repair.OfAsync(subject));
        Assert.Contains("finds nothing", error.Message);
    }

    [Fact]
    public void Program_is_compiled_with_the_shared_files_it_names()
    {
        var subject = Subject.Titled("TW3008_SyncOverAsync");
        Assert.Equal(["Callers", "Service"], subject.Shared.Select(file => file.Key));
        Assert.Empty(Subject.Titled("TW1002_GuardedByViolation").Shared);
        Assert.True(Framework.ReferencesFor(subject).Count() > Framework.References.Count);
    }

    [Theory]
    [InlineData("", "is the program itself")]
    [InlineData("class Postman { public long Start() => 0; }", "has not: Postman.Start")]
    [InlineData("class Mailbox { public int Take() { lock (_statistics) lock (_signal) { while (!_full) Monitor.Wait(_signal); return _letter; } } }", "has findings")]
    public async Task Form_fixed_by_hand_is_refused_that_fixes_nothing(string text, string why)
    {
        var subject = Subject.Titled("TW2025_WaitHoldingSecondLock") with { Fixed = text };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Repair.OfAsync(subject));
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public async Task Form_fixed_by_hand_is_refused_where_the_rule_has_a_fix()
    {
        var subject = Subject.Titled("TW2001_LockOrderInversion");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Repair.OfAsync(subject with { Fixed = "" }));
        Assert.Contains("has a fix", error.Message);
    }

    private static async Task<Outcome> RunAsync(string source)
    {
        using var program = new Executable(Compile(source));
        return await program.RunAsync(Circumstances.Of(0), TimeSpan.FromSeconds(3));
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Small", [CSharpSyntaxTree.ParseText(source)], Framework.References, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
}
