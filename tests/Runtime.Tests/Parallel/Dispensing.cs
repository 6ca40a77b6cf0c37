using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Every place is handed out once, in chunks as the partitioning has them.</summary>
public class Dispensing
{
    [Fact]
    public void Every_place_is_handed_out_once_also_what_was_returned() => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500),
        Prop.ForAll(
            Gen.Choose(0, 500).ToArbitrary(),
            Gen.Elements(Enum.GetValues<Partitioning>()).ToArbitrary(),
            Gen.Choose(1, 20).Two().ToArbitrary(),
            (count, partitioning, numbers) =>
            {
                var (dispenser, seen, random) = (new Dispenser(count, partitioning, numbers.Item1), new List<int>(), new Random(count));
                while (dispenser.TryTake(new Pace(1, numbers.Item2), out var chunk))
                {
                    Assert.True(chunk.Count > 0);
                    var done = random.Next(3) == 0 ? random.Next(chunk.Count) : chunk.Count;
                    for (var i = 0; i < done; i++)
                        seen.Add(chunk.First + (i * chunk.Step));
                    if (done < chunk.Count)
                        dispenser.Return(new Chunk(chunk.First + (done * chunk.Step), chunk.Count - done, chunk.Step));
                }

                Assert.False(dispenser.HasMore);
                return seen.Order().SequenceEqual(Enumerable.Range(0, count));
            }));

    [Fact]
    public void Blocks_are_neighbours_of_about_one_size()
    {
        var chunks = All(10, Partitioning.Blocks, workers: 4, Pace.One);
        Assert.Equal([new(0, 2, 1), new(2, 3, 1), new(5, 2, 1), new(7, 3, 1)], chunks);
        Assert.Equal(2, All(2, Partitioning.Blocks, workers: 4, Pace.One).Count);
        var large = All(int.MaxValue, Partitioning.Blocks, workers: 3, Pace.One);
        Assert.Equal(int.MaxValue, large.Sum(chunk => (long)chunk.Count));
        Assert.Equal(int.MaxValue, large[^1].First + large[^1].Count);
    }

    [Fact]
    public void Cards_are_dealt_in_turn()
    {
        Assert.Equal([new(0, 4, 3), new(1, 3, 3), new(2, 3, 3)], All(10, Partitioning.Cyclic, workers: 3, Pace.One));
        Assert.Equal([new(0, 1, 2), new(1, 1, 2)], All(2, Partitioning.Cyclic, workers: 3, Pace.One));
    }

    [Fact]
    public void Guided_chunks_shrink_to_the_least()
    {
        Assert.Equal([25, 18, 14, 10, 8, 6, 4, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1], All(100, Partitioning.Guided, workers: 2, Pace.Guided).Select(chunk => chunk.Count));
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 10], All(100, Partitioning.Auto, workers: 2, new Pace(10, 10)).Select(chunk => chunk.Count));
    }

    [Fact]
    public void The_last_of_very_many_is_not_passed()
    {
        var chunks = All(int.MaxValue, Partitioning.Guided, workers: 1, Pace.Guided);
        Assert.Equal(int.MaxValue, chunks.Sum(chunk => (long)chunk.Count));
    }

    private static List<Chunk> All(int count, Partitioning partitioning, int workers, Pace pace)
    {
        var (dispenser, chunks) = (new Dispenser(count, partitioning, workers), new List<Chunk>());
        while (dispenser.TryTake(pace, out var chunk))
            chunks.Add(chunk);
        return chunks;
    }
}
