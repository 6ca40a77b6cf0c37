using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>How near to the limit the partitionings come on work of different shapes, by the model.</summary>
public class Balance
{
    [Theory, InlineData(2), InlineData(8), InlineData(16)]
    public void Guided_is_near_the_limit_on_even_work_and_where_the_end_is_heavy(int workers)
    {
        Assert.InRange(Makespan.ShareOfLimit(Workloads.Tiny, Partitioning.Guided, workers), 0.99, 1);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.Medium, Partitioning.Guided, workers), 0.99, 1);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.Growing, Partitioning.Guided, workers), 0.95, 1);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.HeavyAtTheEnd, Partitioning.Guided, workers), 0.95, 1);
    }

    [Theory, InlineData(2), InlineData(8), InlineData(16)]
    public void Auto_is_so_where_the_start_is_heavy_too(int workers)
    {
        foreach (var times in new[] { Workloads.Tiny, Workloads.Medium, Workloads.Growing, Workloads.HeavyAtTheEnd, Workloads.HeavyAtTheStart })
            Assert.InRange(Makespan.ShareOfLimit(times, Partitioning.Auto, workers), 0.95, 1);
    }

    [Fact]
    public void Blocks_lose_most_of_it_where_the_work_is_in_one_of_them()
    {
        Assert.InRange(Makespan.ShareOfLimit(Workloads.HeavyAtTheEnd, Partitioning.Blocks, 8), 0.1, 0.2);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.HeavyAtTheStart, Partitioning.Guided, 8), 0.1, 0.5);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.HeavyAtTheEnd, Partitioning.Cyclic, 8), 0.95, 1);
    }

    [Fact]
    public void One_at_a_time_loses_on_tiny_items() => Assert.InRange(Makespan.ShareOfLimit(Workloads.Tiny, Partitioning.One, 8), 0.6, 0.75);

    [Fact]
    public void Heaviest_first_finds_the_limit_where_nobody_who_does_not_know_can()
    {
        Assert.InRange(Makespan.ShareOfLimit(Workloads.OneWhale, Partitioning.One, 8), 0, 0.7);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.OneWhale, Partitioning.One, 8, heaviestFirst: true), 0.99, 1);
        Assert.InRange(Makespan.ShareOfLimit(Workloads.Pareto, Partitioning.One, 16, heaviestFirst: true), 0.99, 1);
    }

    [Fact]
    public void Guided_never_loses_much_to_the_best_that_does_not_know()
    {
        foreach (var times in new[] { Workloads.Tiny, Workloads.Medium, Workloads.Growing, Workloads.HeavyAtTheEnd, Workloads.Pareto, Workloads.OneWhale })
            foreach (var workers in new[] { 2, 8, 16 })
            {
                var best = new[] { Partitioning.Blocks, Partitioning.Cyclic, Partitioning.One }.Min(other => Makespan.Of(times, other, workers));
                Assert.InRange(Makespan.Of(times, Partitioning.Guided, workers), 0, 1.1 * best);
                Assert.InRange(Makespan.Of(times, Partitioning.Auto, workers), 0, 1.1 * best);
            }
    }
}
