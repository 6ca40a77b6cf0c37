using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CapturedVariableRaceFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedVariableRace>;

namespace Analyzers.Tests.Rules;

public partial class TW1007_CapturedVariableRace
{
    private static readonly Verify.Case Second = new() { Action = 1, Title = "Add up for each worker" };

    [Fact]
    public Task Adds_up_for_each_worker() => Second.Fixes<Fix>("""
        public class C
        {
            public long M(int[] items)
            {
                long sum = 0; // the sum
                Parallel.For(0, items.Length, i =>
                {
                    // skips
                    if (items[i] < 0)
                        return;
                    [|sum|] += items[i]; // adds
                    [|sum|] = sum - items.Count(item => item > 1);
                });
                return sum;
            }

            public double N(List<double> items, ParallelOptions options)
            {
                var sum = 0.0; // the sum
                Parallel.ForEach(items, options, (double item, ParallelLoopState loop) =>
                {
                    [|sum|] += item;
                    if (sum_is_over(item))
                        loop.Stop();
                });
                return sum;

                static bool sum_is_over(double item) => item > 1;
            }
        }
        """, """
        public class C
        {
            public long M(int[] items)
            {
                long sum = 0; // the sum
                Parallel.For(0, items.Length, () => 0L, (i, state, mine) =>
                {
                    // skips
                    if (items[i] < 0)
                        return mine;
                    mine += items[i]; // adds
                    mine = mine - items.Count(item => item > 1);
                    return mine;
                }, mine => Interlocked.Add(ref sum, mine));
                return sum;
            }

            public double N(List<double> items, ParallelOptions options)
            {
                var sum = 0.0; // the sum
                var sumGate = new object();
                Parallel.ForEach(items, options, () => 0D, (double item, ParallelLoopState loop, double mine) =>
                {
                    mine += item;
                    if (sum_is_over(item))
                        loop.Stop();
                    return mine;
                }, mine => { lock (sumGate) { sum += mine; } });
                return sum;

                static bool sum_is_over(double item) => item > 1;
            }
        }
        """);

    [Theory]
    [InlineData("Parallel.ForEach(items, item => [|n|] += item);", "Parallel.ForEach(items, () => 0, (item, state, mine) => mine + item, mine => Interlocked.Add(ref n, mine));")]
    [InlineData("Parallel.ForEach(items, item => [|n|] -= item + 1);", "Parallel.ForEach(items, () => 0, (item, state, mine) => mine - (item + 1), mine => Interlocked.Add(ref n, mine));")]
    [InlineData("Parallel.ForEach(items, item => [|n|] = n + item * 2);", "Parallel.ForEach(items, () => 0, (item, state, mine) => mine + item * 2, mine => Interlocked.Add(ref n, mine));")]
    [InlineData("Parallel.ForEach(items, _ => [|n|]++);", "Parallel.ForEach(items, () => 0, (_, state, mine) => mine + 1, mine => Interlocked.Add(ref n, mine));")]
    [InlineData("Parallel.ForEach(items, (item, state, index) => --[|n|]);", "Parallel.ForEach(items, () => 0, (item, state, index, mine) => mine - 1, mine => Interlocked.Add(ref n, mine));")]
    [InlineData("Parallel.ForEach(items, (int item) => { [|n|]++; });", "Parallel.ForEach(items, () => 0, (int item, ParallelLoopState state, int mine) => { mine++; return mine; }, mine => Interlocked.Add(ref n, mine));")]
    [InlineData("var mine = 1; Parallel.ForEach(items, state => [|n|] += state); n += mine;", "var mine = 1; Parallel.ForEach(items, () => 0, (state, state2, mine2) => mine2 + state, mine2 => Interlocked.Add(ref n, mine2)); n += mine;")]
    [InlineData("Parallel.For(0, 9, i => { if (i > 3) { [|n|] += i; return; } throw new Exception(); });", "Parallel.For(0, 9, () => 0, (i, state, mine) => { if (i > 3) { mine += i; return mine; } throw new Exception(); }, mine => Interlocked.Add(ref n, mine));")]
    public Task Adds_up_in_every_form(string before, string after) => Second.Fixes<Fix>(Loop(before), Loop(after));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { [|n|] += item; Console.WriteLine(n); });")]
    [InlineData("Parallel.ForEach(items, item => { s_last = [|n|]++; });")]
    [InlineData("Parallel.ForEach(items, item => { [|n|] += item; [|n|] *= 2; });")]
    [InlineData("Parallel.ForEach(items, item => { if (item > n) [|n|] = item; });")]
    [InlineData("Parallel.ForEach(items, item => { [|n|] += item - n; });")]
    [InlineData("Parallel.ForEach(items, item => { checked { [|n|] += item; } });")]
    [InlineData("Parallel.ForEach(items, item => { Action add = () => [|n|]++; [|n|]++; add(); });")]
    [InlineData("void Add(int i) => n += i; Parallel.ForEach(items, item => { [|n|]++; Add(item); });")]
    [InlineData("ref var r = ref n; Parallel.ForEach(items, item => [|n|] += item); r = 1;")]
    [InlineData("try { Parallel.ForEach(items, item => [|n|] += item); } catch (AggregateException) { s_last = n; }")]
    [InlineData("try { Parallel.ForEach(items, item => [|n|] += item); } finally { s_last = n; }")]
    [InlineData("var t = Task.Run(() => Parallel.ForEach(items, item => [|n|] += item)); s_last = n; t.Wait();")]
    [InlineData("Parallel.ForEach<int>(items, item => [|n|] += item);")]
    [InlineData("Parallel.ForEach(items, body: item => [|n|] += item);")]
    [InlineData("Parallel.ForEach(items, delegate (int item) { [|n|] += item; });")]
    [InlineData("Parallel.ForEach(items, void (int item) => [|n|] += item);")]
    [InlineData("Parallel.ForEach(items, item => /* kept */ [|n|] /* and kept */ += item);")]
    [InlineData("Parallel.ForEach(items.Where(i => i > n), item => [|n|] += item);")]
    [InlineData("Parallel.ForEach(from i in items where i > n select i, item => [|n|] += item);")]
    [InlineData("Parallel.Invoke(() => [|n|]++, () => [|n|]++);")]
    public Task Adds_up_nothing_that_is_looked_at_meanwhile_or_no_sum(string statements) => Second.NoFix<Fix>(Loop(statements));

    [Fact]
    public Task Adds_up_nothing_that_is_no_number() => Second.NoFix<Fix>("""
        public class C
        {
            public string M(List<int> items)
            {
                var text = "";
                Parallel.ForEach(items, item => [|text|] += item);
                return text;
            }
        }
        """);

    [Fact]
    public Task Adds_up_one_of_two_and_leaves_the_other() => Second.Fixes<Fix>(
        Loop("var m = 0L; Parallel.ForEach(items, item => { [|n|]++; [|m|] += item; }); n += (int)m;"),
        Loop("var m = 0L; Parallel.ForEach(items, () => 0, (item, state, mine) => { mine++; [|m|] += item; return mine; }, mine => Interlocked.Add(ref n, mine)); n += (int)m;"));

    private static string Loop(string statements) => $$"""
        public class C
        {
            private static int s_last;

            public int M(List<int> items)
            {
                var n = 0;
                {{statements}}
                return n + s_last;
            }
        }
        """;
}
