using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Knowledge;

/// <summary>Rows that a project brings along: what they change, and that no text whatever does harm.</summary>
public sealed class UserTablesInUse
{
    private const string Sleeper = """
        public class Sleeper
        {
            public async Task M()
            {
                await Task.Yield();
                {0};
            }

            private static void Doze(int ms) { }
        }
        """;

    [Fact]
    public Task A_row_makes_a_rule_report_a_member_of_ones_own() =>
        new Verify<SleepInAsync>.Case { AdditionalFiles = File("M:Sleeper.Doze(System.Int32) blocks kind=sleep twin=System.Threading.Tasks.Task.Delay") }
            .Fires(Sleeper.Replace("{0}", "[|Doze(5)|]", StringComparison.Ordinal));

    [Fact]
    public Task A_row_takes_back_what_ships_with_the_package() =>
        new Verify<SleepInAsync>.Case { AdditionalFiles = File("M:System.Threading.Thread.Sleep* nothing") }.Silent(Sleeper.Replace("{0}", "Thread.Sleep(5)", StringComparison.Ordinal));

    [Fact]
    public Task The_other_lines_of_a_malformed_file_count() =>
        new Verify<SleepInAsync>.Case { AdditionalFiles = File("M:Sleeper.Doze(System.Int32) blogs\n!!\nM:System.Threading.Thread.Sleep* nothing\nM:Sleeper.Doze") }
            .Silent(Sleeper.Replace("{0}", "Thread.Sleep(5)", StringComparison.Ordinal));

    [Theory]
    [InlineData("M:Gate. acquires")]
    [InlineData("M:Gate.* acquires")]
    [InlineData("M:Gate.#ctor acquires")]
    public Task A_lock_row_about_no_name_does_no_harm(string row) =>
        new Verify<SleepInAsync>.Case { AdditionalFiles = File(row) }.Fires(Sleeper.Replace("{0}", "[|Thread.Sleep(5)|]", StringComparison.Ordinal));

    [Fact]
    public void A_row_replaces_one_of_the_same_effect_and_leaves_the_others()
    {
        var rows = Over("M:System.Threading.SemaphoreSlim.Wait blocks kind=signal").Rows("M:System.Threading.SemaphoreSlim.Wait");
        Assert.Equal("signal", rows.Single(fact => fact.Effect == Effect.Blocks).Kind);
        Assert.Contains(rows, fact => fact.Effect == Effect.Acquires);
    }

    [Fact]
    public void A_row_for_all_overloads_stands_over_a_shipped_row_for_one() =>
        Assert.Equal("ui", Over("M:System.Threading.SemaphoreSlim.Wait* blocks kind=ui").Rows("M:System.Threading.SemaphoreSlim.Wait(System.Int32)").Single(fact => fact.Effect == Effect.Blocks).Kind);

    [Fact]
    public void A_row_for_one_overload_stands_over_one_for_all()
    {
        var table = Over("M:A.B* blocks kind=io\nM:A.B(System.Int32) blocks kind=ui\nM:A.B* invokes");
        Assert.Equal(["ui", ""], table.Rows("M:A.B(System.Int32)").Select(fact => fact.Kind));
        Assert.Equal(["io", ""], table.Rows("M:A.B``1(``0)").Select(fact => fact.Kind));
        Assert.Empty(table.Rows("M:A.Be"));
    }

    [Fact]
    public void Nothing_takes_all_lower_rows_away() =>
        Assert.Equal([Effect.Nothing], Over("M:System.Threading.SemaphoreSlim.Wait* nothing").Rows("M:System.Threading.SemaphoreSlim.Wait").Select(fact => fact.Effect));

    [Fact]
    public void The_file_whose_path_sorts_later_wins_in_whatever_order_they_come()
    {
        AdditionalText[] files = [new Text("/b/threadwise.a.txt", "T:A.B immutable\nM:A.B.C blocks kind=ui"), new Text("/a/threadwise.z.txt", "M:A.B.C blocks kind=io")];
        foreach (var order in new[] { files, [.. files.Reverse()] })
            Assert.Equal("ui", UserTables.Over(Table.BuiltIn, [.. order], default).Rows("M:A.B.C").Single().Kind);
    }

    [Fact]
    public void Without_files_the_shipped_table_itself_is_used() => Assert.Same(Table.BuiltIn, UserTables.Over(Table.BuiltIn, [new Text("/other.txt", "x")], default));

    [Fact]
    public void A_file_without_text_is_empty() => Assert.Empty(UserTables.Problems(new Text("threadwise.a.txt", null), Empty, default));

    [Fact]
    public void Cancellation_stops_the_reading()
    {
        var file = new Text("threadwise.a.txt", "T:A.B lock\n");
        Assert.Throws<OperationCanceledException>(() => UserTables.Over(Table.BuiltIn, [file], new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => UserTables.Problems(file, Empty, new CancellationToken(canceled: true)).Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_text_is_read_without_harm(int seed)
    {
        var random = new Random(seed);
        var lines = Table.BuiltInLines().Select(line => line.Text).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Mangled(lines[random.Next(lines.Length)], random) + Ends[random.Next(Ends.Length)]));
            var file = new Text("threadwise.fuzz.txt", text);
            foreach (var problem in UserTables.Problems(file, Empty, default))
            {
                Assert.InRange(problem.Span.End, 1, text.Length);
                Assert.Equal(problem.Lines.Start.Line, problem.Lines.End.Line);
                Assert.DoesNotContain(problem.What, char.IsControl);
                Assert.InRange(problem.What.Length, 1, 160);
            }

            _ = UserTables.Over(Table.BuiltIn, [file], default).Rows("M:System.Threading.SemaphoreSlim.Wait");
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read_without_harm()
    {
        var bytes = new byte[200_000];
        new Random(7).NextBytes(bytes);
        Assert.InRange(UserTables.Problems(new Text("threadwise.b.txt", System.Text.Encoding.Latin1.GetString(bytes)), Empty, default).Count(), 1, 100);
    }

    private const string Marks = "*(){}`<>#=.:,@~ \t\0\ud800";

    private static readonly string[] Ends = ["\n", "\r\n", "\r", "\u2028", "\u0085", ""];

    private static readonly Compilation Empty = CSharpCompilation.Create("Empty", references: Frameworks.References(Frameworks.Newest));

    private static string Mangled(string line, Random random)
    {
        var text = new System.Text.StringBuilder(line);
        for (var edits = random.Next(0, 6); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when at < text.Length: text.Remove(at, random.Next(1, text.Length - at + 1)); break;
                case 1: text.Insert(at, Marks[random.Next(Marks.Length)]); break;
                case 2: text.Insert(at, (char)random.Next(char.MaxValue)); break;
                default: text.Insert(at, line.AsSpan(random.Next(line.Length))); break;
            }
        }

        return text.ToString();
    }

    private static Dictionary<string, string> File(string text) => new() { ["threadwise.mine.txt"] = text };

    private static Table Over(string text) => UserTables.Over(Table.BuiltIn, [new Text("threadwise.mine.txt", text)], default);

    private sealed class Text(string path, string? text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => text is null ? null : SourceText.From(text);
    }
}
