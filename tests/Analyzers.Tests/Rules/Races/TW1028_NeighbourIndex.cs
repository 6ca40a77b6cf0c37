using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.NeighbourIndex>;

namespace Analyzers.Tests.Rules;

public class TW1028_NeighbourIndex
{
    [Fact]
    public Task Fires_on_a_running_sum() => Verify.Fires("""
        public class C
        {
            public void M(int[] sums)
            {
                Parallel.For(1, sums.Length, i => sums[i] += [|sums[i - 1]|]);
            }
        }
        """, "'sums[i - 1]' belongs to another run of 'Parallel.For' in 'C.M', which writes it as its 'sums[i]' at any time before or after: what is found there depends on which comes first");

    [Fact]
    public Task C2_89_Fires_on_elements_that_two_runs_write() => Verify.Fires("""
        public class C
        {
            private readonly double[] _cells = new double[100];

            public void M(long n)
            {
                Parallel.For(0L, n, i =>
                {
                    _cells[i] = 1;
                    [|_cells[i + 1]|] = 2;
                });
            }
        }
        """);

    [Fact]
    public Task Fires_on_rows_tables_and_lists() => Verify.Fires("""
        public class C
        {
            public void M(int[,] table, int[][] rows, List<int> list, int width)
            {
                Parallel.For(1, width, y =>
                {
                    for (var x = 0; x < width; x++)
                    {
                        table[y, x] = [|table[y - 1, x]|] + 1;
                        rows[y][x] = [|rows[y - 1]|][x] + 1;
                    }

                    list[y] = [|list[y + 1]|];
                });
            }
        }
        """);

    [Fact]
    public Task Silent_when_another_array_is_written() => Verify.Silent("""
        public class C
        {
            public int[] M(int[] from)
            {
                var to = new int[from.Length];
                Parallel.For(1, from.Length - 1, i => to[i] = from[i - 1] + from[i] + from[i + 1]);
                return to;
            }
        }
        """);

    [Fact]
    public Task Silent_when_runs_come_one_after_the_other() => Verify.Silent("""
        public class C
        {
            public void M(int[] sums)
            {
                for (var i = 1; i < sums.Length; i++)
                    sums[i] += sums[i - 1];
                Enumerable.Range(1, 5).ToList().ForEach(i => sums[i] += sums[i - 1]);
                Parallel.For(1, 5, new ParallelOptions { MaxDegreeOfParallelism = 1 }, i => sums[i] += sums[i - 1]);
            }
        }
        """);

    [Fact]
    public Task Silent_on_elements_of_the_run_itself() => Verify.Silent("""
        public class C
        {
            public void M(int[] pairs, int[,] table)
            {
                Parallel.For(0, pairs.Length / 2, i =>
                {
                    pairs[2 * i] = pairs[2 * i + 1];
                    table[i, 1] = table[i, 0];
                    var own = new int[9];
                    own[i + 1] = own[i] = 3;
                });
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent("""
        public class C
        {
            public void M(int[] sums, object gate)
            {
                Parallel.For(1, sums.Length, i =>
                {
                    lock (gate)
                    {
                        sums[i] += sums[i - 1];
                    }
                });
            }
        }
        """);
}
