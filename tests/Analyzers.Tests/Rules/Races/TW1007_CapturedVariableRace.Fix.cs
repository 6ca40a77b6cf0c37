using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CapturedVariableRaceFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedVariableRace>;

namespace Analyzers.Tests.Rules;

public partial class TW1007_CapturedVariableRace
{
    [Fact]
    public Task Fixes_numbers_in_one_step() => Verify.Fixes<Fix>("""
        public class C
        {
            private static int s_last;

            public void M(List<int> items, int bonus)
            {
                var n = 0;
                long sum = 0;
                Parallel.ForEach(items, item =>
                {
                    [|n|]++; // kept
                    --[|n|];
                    [|sum|] += item;
                    [|sum|] -= item + bonus;
                    [|sum|] = sum + item;
                    s_last = [|n|]++;
                    Console.WriteLine(++[|n|]);
                    if ([|n|]-- > 0)
                        return;
                });
            }
        }
        """, """
        public class C
        {
            private static int s_last;

            public void M(List<int> items, int bonus)
            {
                var n = 0;
                long sum = 0;
                Parallel.ForEach(items, item =>
                {
                    Interlocked.Increment(ref n); // kept
                    Interlocked.Decrement(ref n);
                    Interlocked.Add(ref sum, item);
                    Interlocked.Add(ref sum, -(item + bonus));
                    Interlocked.Add(ref sum, item);
                    s_last = Interlocked.Increment(ref n) - 1;
                    Console.WriteLine(Interlocked.Increment(ref n));
                    if ((Interlocked.Decrement(ref n) + 1) > 0)
                        return;
                });
            }
        }
        """);

    [Fact]
    public Task Fixes_a_summand_that_is_awaited() => Verify.Fixes<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var sum = 0;
                await Task.WhenAll(items.Select(async i =>
                {
                    [|sum|] += await F(i);
                }));
            }

            private static Task<int> F(int i) => Task.FromResult(i);
        }
        """, """
        public class C
        {
            public async Task M(List<int> items)
            {
                var sum = 0;
                await Task.WhenAll(items.Select(async i =>
                {
                    var amount = await F(i);
                    Interlocked.Add(ref sum, amount);
                }));
            }

            private static Task<int> F(int i) => Task.FromResult(i);
        }
        """);

    [Fact]
    public Task Fixes_everything_else_with_a_lock() => Verify.Fixes<Fix>("""
        public class C
        {
            public double M(List<int> items)
            {
                var sum = 0.0; // the sum
                Parallel.ForEach(items, item =>
                {
                    // adds up
                    [|sum|] += item;
                });
                return sum;
            }

            public int N(List<int> items)
            {
                var max = 0;
                Parallel.ForEach(items, item =>
                {
                    if (item > max)
                    {
                        [|max|] = item;
                    }
                });
                return max;
            }

            public void O(List<int> items, decimal total)
            {
                Parallel.ForEach(items, item => [|total|] += item);
            }
        }
        """, """
        public class C
        {
            public double M(List<int> items)
            {
                var sum = 0.0; // the sum
                var sumGate = new object();
                Parallel.ForEach(items, item =>
                {
                    // adds up
                    lock (sumGate)
                    {
                        sum += item;
                    }
                });
                return sum;
            }

            public int N(List<int> items)
            {
                var max = 0;
                var maxGate = new object();
                Parallel.ForEach(items, item =>
                {
                    lock (maxGate)
                    {
                        if (item > max)
                        {
                            max = item;
                        }
                    }
                });
                return max;
            }

            public void O(List<int> items, decimal total)
            {
                var totalGate = new object();
                Parallel.ForEach(items, item => { lock (totalGate) { total += item; } });
            }
        }
        """);

    [Fact]
    public Task Fixes_all_changes_of_a_variable_with_one_lock() => Verify.Fixes<Fix>("""
        public class C
        {
            public string M(List<int> items)
            {
                var text = "";
                Parallel.ForEach(items, item =>
                {
                    [|text|] += item;
                    Console.WriteLine();
                    [|text|] = text + ";";
                });
                return text;
            }
        }
        """, """
        public class C
        {
            public string M(List<int> items)
            {
                var text = "";
                var textGate = new object();
                Parallel.ForEach(items, item =>
                {
                    lock (textGate)
                    {
                        text += item;
                    }
                    Console.WriteLine();
                    lock (textGate)
                    {
                        text = text + ";";
                    }
                });
                return text;
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_each_run_should_have_its_own() => Verify.NoFix<Fix>("""
        public class C
        {
            public void M(int[] items, int[] results)
            {
                int current;
                Parallel.For(0, items.Length, i =>
                {
                    [|current|] = items[i] * 2;
                    results[i] = current;
                });
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_the_lock_would_be_held_too_long() => Verify.NoFix<Fix>("""
        public class C
        {
            public async Task M(List<int> items)
            {
                var sum = 0.0;
                await Task.WhenAll(items.Select(async i =>
                {
                    [|sum|] += await F(i);
                }));
            }

            private static Task<double> F(int i) => Task.FromResult((double)i);
        }
        """);
}
