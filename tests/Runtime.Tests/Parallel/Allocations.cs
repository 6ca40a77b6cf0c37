using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>An item costs no memory but its place among the results.</summary>
public class Allocations
{
    public static TheoryData<Partitioning> All => [Partitioning.Auto, Partitioning.Blocks, Partitioning.Cyclic, Partitioning.Guided, Partitioning.One];

    [Theory, MemberData(nameof(All))]
    public void Of_an_item_are_none(Partitioning partitioning)
    {
        var options = new MapOptions { Partitioning = partitioning, Degree = 1 };
        var (few, many) = (new int[1_000], new int[10_000]);
        Assert.Equal(0, Bytes(() => ParallelMap.ForEach(many, static _ => { }, options)) - Bytes(() => ParallelMap.ForEach(few, static _ => { }, options)));
        Assert.Equal(9_000 * sizeof(int), Bytes(() => ParallelMap.Map(many, static item => item, options)) - Bytes(() => ParallelMap.Map(few, static item => item, options)));
    }

    [Fact]
    public void Of_a_map_are_less_than_two_kilobytes() => Assert.InRange(Bytes(() => ParallelMap.ForEach([1, 2], static _ => { }, new MapOptions { Degree = 1 })), 100, 2_000);

    private static long Bytes(Action map)
    {
        map();
        var before = GC.GetAllocatedBytesForCurrentThread();
        map();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
