using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Harness;

/// <summary>The harness accepts what is right and refuses everything else.</summary>
public class Verify_itself
{
    private const string Marked = """
        class C
        {
            [GuardedBy("_g")] int _x;
            readonly object _g = new();
            int M() { [|Thread.Sleep(1)|]; /* kept */ {|PROBE1:Thread.Sleep(2)|}; return _x; }
        }
        """;

    private const string Changed = """
        class C
        {
            [GuardedBy("_g")] int _x;
            readonly object _g = new();
            int M() { Thread.Yield(); /* kept */ Thread.Yield(); return _x; }
        }
        """;

    private static Check Probe(Case? surroundings = null) => new(surroundings ?? new Case(), new SleepProbe());

    private static async Task Refused(Task check, string because) => Assert.Contains(because, (await Assert.ThrowsAsync<VerifyException>(() => check)).Message);

    [Fact]
    public Task Accepts_what_is_marked() => Probe().Fires(Marked);

    [Theory]
    [InlineData("net8.0"), InlineData("net9.0"), InlineData("net10.0")]
    public Task Fixes_on_every_framework(string framework) => Probe(new Case { Framework = framework }).Fixes(new SleepProbeFix("Thread.Yield()"), [Marked, Marked.Replace("class C", "class D")], [Changed, Changed.Replace("class C", "class D")]);

    [Fact]
    public Task Refuses_a_missing_mark() => Refused(Probe().Fires(Marked.Replace("{|PROBE1:", "").Replace("|}", "")), "PROBE1 reported here, not expected: 'Thread.Sleep(2)' sleeps");

    [Fact]
    public Task Refuses_a_mark_too_many() => Refused(Probe().Fires(Marked.Replace("return _x;", "return [|_x|];")), "return _x; }");

    [Fact]
    public Task Refuses_another_id() => Refused(Probe().Fires(Marked.Replace("PROBE1", "PROBE2")), "PROBE2 expected here, not reported");

    [Fact]
    public Task Refuses_another_span() => Refused(Probe().Fires(Marked.Replace("(1)|]", "|](1)")), "PROBE1 expected here, not reported");

    [Fact]
    public Task Refuses_a_finding_in_silent_code() => Refused(Probe().Silent("class C { void M() => Thread.Sleep(1); }"), "Test0.cs(1,23)-15:");

    [Fact]
    public Task Refuses_marks_in_silent_code() => Refused(Probe().Silent(Marked), "belongs to Fires");

    [Fact]
    public Task Refuses_unmarked_code_that_should_fire() => Refused(Probe().Fires("class C { }"), "belongs to Silent");

    [Fact]
    public Task Refuses_code_that_does_not_compile() => Refused(Probe().Silent("class C { Missing _x; }"), "CS0246 reported here, not expected");

    [Fact]
    public Task Accepts_expected_compiler_errors() => Probe().Silent("class C { {|CS0246:Missing|} _x; }");

    [Fact]
    public Task Refuses_an_analyzer_that_throws() => Refused(Probe().Silent("class C { void Throw() => Throw(); }"), "InvalidOperationException: probe");

    [Fact]
    public Task Compares_messages_in_order() => Probe(new Case { Messages = ["'Thread.Sleep(1)' sleeps", "'Thread.Sleep(2)' sleeps"] }).Fires(Marked);

    [Fact]
    public Task Compares_messages_by_number() => Probe(new Case { Messages = ["'Thread.Sleep(2)' sleeps"] }).Fires(Marked.Replace("PROBE1:", "#0:"));

    [Fact]
    public Task Refuses_another_message() => Refused(Probe(new Case { Messages = ["'Thread.Sleep(7)' sleeps"] }).Fires(Marked), "actual:   'Thread.Sleep(1)' sleeps");

    [Fact]
    public Task Knows_additional_files() => Probe(new Case { AdditionalFiles = new Dictionary<string, string> { ["threadwise.a.txt"] = "a [|sleep|]" } }).Fires("class C { }");

    [Fact]
    public Task Knows_editorconfig() => Probe(new Case { EditorConfig = "root = true\n[*.cs]\ndotnet_diagnostic.PROBE1.severity = none" }).Silent("class C { void M() => Thread.Sleep(1); }");

    [Fact]
    public Task Knows_globalconfig() => Probe(new Case { GlobalConfig = "is_global = true\ndotnet_diagnostic.PROBE1.severity = none" }).Silent("class C { void M() => Thread.Sleep(1); }");

    [Fact]
    public Task Knows_pragmas() => Probe().Silent("#pragma warning disable PROBE1\nclass C { void M() => Thread.Sleep(1); }");

    [Fact]
    public Task Knows_top_level_programs() => Probe(new Case { Output = OutputKind.ConsoleApplication }).Fires("[|Thread.Sleep(1)|];");

    [Fact]
    public Task Knows_older_languages() => Probe(new Case { Language = LanguageVersion.CSharp7_3 }).Fires("class C { [GuardedBy(\"x\")] int _x; void M() { _x++; [|System.Threading.Thread.Sleep(1)|]; } }");

    [Fact]
    public Task Knows_libraries() => Probe(new Case { Library = "public class L { [Blocking] public static void Rest() { } }" }).Silent("class C { void M() => L.Rest(); }");

    [Fact]
    public Task Accepts_a_fix_that_leaves_marked_findings() => Probe().Fixes(new SleepProbeFix("Thread.Yield()"),
        ["class C { void M() { [|Thread.Sleep(0)|]; [|Thread.Sleep(1)|]; } }"], ["class C { void M() { [|Thread.Sleep(0)|]; Thread.Yield(); } }"]);

    [Fact]
    public Task Refuses_a_fix_that_does_not_compile() => Refused(Probe().Fixes(new SleepProbeFix("Missing()"), [Marked], [Changed]), "CS0103");

    [Fact]
    public Task Refuses_a_fix_that_keeps_the_finding() => Refused(Probe().Fixes(new SleepProbeFix("Thread.Sleep(3)"), [Marked], [Changed]), "The finding is still there");

    [Fact]
    public Task Refuses_a_fix_that_loses_a_comment() => Refused(Probe().Fixes(new SleepProbeFix("Thread.Yield()"),
        ["class C { void M() { [|Thread.Sleep(/* why */ 1)|]; } }"], ["class C { void M() { Thread.Yield(); } }"]), "lost: /* why */");

    [Fact]
    public Task Refuses_another_text() => Refused(Probe().Fixes(new SleepProbeFix("Thread.Yield( )"), [Marked], [Changed]), "actual:       int M() { Thread.Yield( );");

    [Fact]
    public Task Refuses_a_fix_without_fix_all() => Refused(Probe().Fixes(new SleepProbeFix("Thread.Yield()", fixAll: false), [Marked], [Changed]), "no fix-all");

    [Fact]
    public Task Refuses_a_fix_that_offers_nothing() => Refused(Probe().Fixes(new SleepProbeFix("Thread.Yield()"), ["class C { void M() { [|Thread.Sleep(0)|]; } }"], [Changed]), "offers nothing");

    [Fact]
    public Task Refuses_an_offer_where_none_is_expected() => Refused(Probe().NoFix(new SleepProbeFix("Thread.Yield()"), Marked), "Nothing should be offered");

    [Fact]
    public Task Accepts_that_nothing_is_offered() => Probe().NoFix(new SleepProbeFix("Thread.Yield()"), "class C { void M() { [|Thread.Sleep(0)|]; } }");

    [Fact]
    public Task Refuses_another_title() => Refused(Probe(new Case { Title = "Rest" }).Fixes(new SleepProbeFix("Thread.Yield()"), [Marked], [Changed]), "The title is 'Yield'");
}
