using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Wrong arguments are refused by name, before anything is begun.</summary>
public class BadInput
{
    private static readonly int[] Items = [1, 2, 3];

    [Fact]
    public void Nothing_to_go_through_or_to_do()
    {
        Assert.Throws<ArgumentNullException>("items", () => ParallelMap.Map<int, int>(null!, item => item));
        Assert.Throws<ArgumentNullException>("map", () => ParallelMap.Map<int, int>(Items, null!));
        Assert.Throws<ArgumentNullException>("items", () => ParallelMap.ForEach<int>(null!, (Action<int>)(_ => { })));
        Assert.Throws<ArgumentNullException>("body", () => ParallelMap.ForEach(Items, (Action<int>)null!));
        Assert.Throws<ArgumentNullException>("items", () => ParallelMap.Reduce<int, int>(null!, () => 0, (_, _) => 0, (_, _) => 0));
        Assert.Throws<ArgumentNullException>("seed", () => ParallelMap.Reduce<int, int>(Items, null!, (_, _) => 0, (_, _) => 0));
        Assert.Throws<ArgumentNullException>("step", () => ParallelMap.Reduce(Items, () => 0, null!, (_, _) => 0));
        Assert.Throws<ArgumentNullException>("merge", () => ParallelMap.Reduce(Items, () => 0, (_, _) => 0, null!));
    }

    [Fact]
    public void Asynchronous_methods_throw_at_once()
    {
        Assert.Throws<ArgumentNullException>("items", () => { _ = ParallelMap.MapAsync<int, int>(null!, (item, _) => new(item)); });
        Assert.Throws<ArgumentNullException>("map", () => { _ = ParallelMap.MapAsync<int, int>(Items, null!); });
        Assert.Throws<ArgumentNullException>("items", () => { _ = ParallelMap.ForEachAsync<int>(null!, (_, _) => default); });
        Assert.Throws<ArgumentNullException>("body", () => { _ = ParallelMap.ForEachAsync(Items, null!); });
        Assert.Throws<ArgumentNullException>("source", () => ParallelMap.StreamAsync<int, int>((IEnumerable<int>)null!, (item, _) => new(item)));
        Assert.Throws<ArgumentNullException>("source", () => ParallelMap.StreamAsync<int, int>((IAsyncEnumerable<int>)null!, (item, _) => new(item)));
        Assert.Throws<ArgumentNullException>("map", () => ParallelMap.StreamAsync<int, int>(Items, null!));
    }

    [Theory, InlineData(Partitioning.Blocks), InlineData(Partitioning.Cyclic), InlineData(Partitioning.Guided)]
    public void A_stream_has_no_parts(Partitioning partitioning) =>
        Assert.Throws<ArgumentException>("options", () => ParallelMap.StreamAsync<int, int>(Items, (item, _) => new(item), new MapOptions { Partitioning = partitioning }));

    [Fact]
    public async Task Weights_that_cannot_be_compared()
    {
        Assert.Throws<ArgumentException>("weight", () => ParallelMap.Map(Items, item => item, weight: _ => double.NaN));
        await Assert.ThrowsAsync<ArgumentException>("weight", () => ParallelMap.MapAsync(Items, (item, _) => new ValueTask<int>(item), weight: _ => double.NaN));
        Assert.Throws<TimeoutException>(() => ParallelMap.Map(Items, item => item, weight: _ => throw new TimeoutException()));
        Assert.Equal(Items, ParallelMap.Map(Items, item => item, weight: item => item == 2 ? double.PositiveInfinity : -item));
    }

    [Fact]
    public void Options_that_mean_nothing()
    {
        Assert.Throws<ArgumentNullException>("Degree", () => new MapOptions { Degree = null! });
        Assert.Throws<ArgumentNullException>("Retry", () => new MapOptions { Retry = null! });
        Assert.Throws<ArgumentOutOfRangeException>("Partitioning", () => new MapOptions { Partitioning = (Partitioning)9 });
        Assert.Throws<ArgumentOutOfRangeException>("OnFailure", () => new MapOptions { OnFailure = (FailurePolicy)9 });
        Assert.Throws<ArgumentOutOfRangeException>("times", () => new Retry(-1));
        Assert.Throws<ArgumentOutOfRangeException>("delay", () => new Retry(1, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("growth", () => new Retry(1, default, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("growth", () => new Retry(1, default, double.NaN));
        Assert.Throws<ArgumentNullException>("When", () => new Retry(1) { When = null! });
        Assert.Throws<ArgumentNullException>("Clock", () => new Retry(1) { Clock = null! });
    }

    [Fact]
    public void Degrees_below_one_and_a_new_value_for_all()
    {
        var degree = new Degree(2);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new Degree(0));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => degree.Value = 0);
        Assert.Equal(2, degree.Value);
        Assert.Throws<InvalidOperationException>(() => Degree.Auto.Value = 2);
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => DegreeBudget.Limit(0));
    }

    [Fact]
    public void Plans_of_less_than_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Plan.For(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("itemNanoseconds", () => Plan.For(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("itemNanoseconds", () => Plan.For(1, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => Plan.For(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("spread", () => Plan.For(1, 1, 1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("costs", () => Plan.For(1, 1, 1, 0, new Costs(-1, 1)));
    }
}
