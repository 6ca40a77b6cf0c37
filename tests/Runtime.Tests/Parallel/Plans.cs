using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Plans say how many workers some work is worth, and grow with it.</summary>
public class Plans
{
    [Fact]
    public void Longer_items_never_mean_fewer_workers_or_larger_chunks() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1_000),
        Prop.ForAll(
            Gen.Choose(0, 1_000_000).ToArbitrary(),
            Gen.Choose(0, 100_000).Two().Select(times => (times.Item1 / 10.0, (times.Item1 + times.Item2) / 10.0)).ToArbitrary(),
            Gen.Choose(1, 200).ToArbitrary(),
            (count, times, workers) =>
            {
                var (shorter, longer) = (Plan.For(count, times.Item1, workers), Plan.For(count, times.Item2, workers));
                return shorter.Workers <= longer.Workers && shorter.Chunk >= longer.Chunk && shorter.Speedup <= longer.Speedup + 1e-9
                    && longer.Workers <= Math.Min(workers, Math.Max(1, count)) && longer.Speedup <= longer.Workers;
            }));

    [Fact]
    public void One_worker_as_long_as_all_of_it_takes_less_than_fifty_times_what_calling_one_costs()
    {
        var costs = new Costs(Start: 1_000, Dispatch: 10);
        Assert.Equal(1, Plan.For(499, 100, workers: 64, costs: costs).Workers);
        Assert.Equal(2, Plan.For(500, 100, workers: 64, costs: costs).Workers);
        Assert.Equal(64, Plan.For(500_000, 100, workers: 64, costs: costs).Workers);
        Assert.Equal(1, Plan.For(500_000, 100, workers: 1, costs: costs).Workers);
        Assert.Equal(1, Plan.For(500_000, 0, workers: 8).Workers);
    }

    [Fact]
    public void A_chunk_takes_twenty_times_as_long_as_handing_it_out()
    {
        Assert.Equal(40, Plan.For(1_000_000, 25, workers: 8).Chunk);
        Assert.Equal(1, Plan.For(1_000_000, 1_000, workers: 8).Chunk);
        Assert.Equal(Partitioning.Guided, Plan.For(1_000_000, 25, workers: 8).Partitioning);
        Assert.Equal(Partitioning.One, Plan.For(1_000_000, 2_000, workers: 8, spread: 3).Partitioning);
        Assert.Equal(Partitioning.Blocks, Plan.For(8, 1e9, workers: 8).Partitioning);
    }

    [Fact]
    public void Are_told_in_words()
    {
        Assert.Equal(
            "8 workers, Guided in chunks of 40 or more: 200000 items of 25 ns are 5 ms; each worker has at least 125 µs of it, 25 times what calling it costs; "
            + "a chunk takes at least 20 times the 50 ns of handing it out; about 7.9 times as fast",
            Plan.For(200_000, itemNanoseconds: 25, workers: 8).ToString());
        Assert.Equal("1 worker: 1000 items of 25 ns are 25 µs; another worker is worth calling from 250 µs on", Plan.For(1_000, 25, workers: 8).ToString());
        Assert.Equal("1 worker: 1000 items of 1 s are 1000 s; another worker is worth calling from 250 µs on, and there may be no other", Plan.For(1_000, 1e9, workers: 1).ToString());
    }

    [Fact]
    public void Are_equal_for_equal_work() => Assert.Equal(Plan.For(1_000, 500, 4, 0.5), Plan.For(1_000, 500, 4, 0.5, new Costs()));
}
