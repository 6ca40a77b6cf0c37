using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>The laws of scaling, against their closed forms and one another.</summary>
public class ScalingLaws
{
    private static readonly Arbitrary<double> Part = Gen.Choose(0, 1_000).Select(part => part / 1_000.0).ToArbitrary();

    private static readonly Arbitrary<int> Workers = Gen.Choose(2, 1_000).ToArbitrary();

    [Fact]
    public void Known_values()
    {
        Assert.Equal(1 / 0.55, Scaling.Amdahl(0.1, 2), 12);
        Assert.Equal(1 / (0.05 + (0.95 / 1_024)), Scaling.Amdahl(0.05, 1_024), 12);
        Assert.Equal(8, Scaling.Amdahl(0, 8), 12);
        Assert.Equal(1, Scaling.Amdahl(1, 8), 12);
        Assert.Equal(1_024 - (0.004 * 1_023), Scaling.Gustafson(0.004, 1_024), 9);
        Assert.Equal(1, Scaling.Gustafson(1, 8), 12);
        Assert.Equal(4, Scaling.Speedup(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(2)), 12);
        Assert.Equal(0.5, Scaling.Efficiency(4, 8), 12);
        // Two workers that are no faster than one have divided nothing.
        Assert.Equal(1, Scaling.KarpFlatt(1, 2), 12);
        Assert.Equal(0, Scaling.KarpFlatt(8, 8), 12);
    }

    [Fact]
    public void The_measured_part_is_the_one_that_was_put_in() => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
        Prop.ForAll(Part, Workers, (part, workers) => Math.Abs(Scaling.KarpFlatt(Scaling.Amdahl(part, workers), workers) - part) < 1e-9));

    [Fact]
    public void More_workers_are_never_slower_and_never_faster_than_their_number() => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
        Prop.ForAll(Part, Workers, (part, workers) =>
            Scaling.Amdahl(part, workers) >= Scaling.Amdahl(part, workers - 1) - 1e-12
            && Scaling.Amdahl(part, workers) <= Scaling.Gustafson(part, workers) + 1e-9
            && Scaling.Gustafson(part, workers) <= workers + 1e-9));

    [Fact]
    public void A_fit_finds_the_curve_that_samples_are_on() => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true),
        Prop.ForAll(Part, Gen.Choose(1, 1_000_000).ToArbitrary(), (part, milliseconds) =>
        {
            var one = TimeSpan.FromMilliseconds(milliseconds);
            var fit = Scaling.Fit(new[] { 1, 2, 3, 4, 8, 16 }.Select(workers => new ScalingSample(workers, one / Scaling.Amdahl(part, workers))));
            return Math.Abs(fit.Serial - part) < 1e-3 && Math.Abs((fit.One / one) - 1) < 1e-3 && fit.Error < 1e-3;
        }));

    [Fact]
    public void A_fit_stays_within_what_is_possible()
    {
        // Faster than the workers can be: nothing is serial. Slower with more: nothing is divided.
        Assert.Equal(0, Fit((1, 10), (2, 4), (4, 1.5)).Serial);
        Assert.Equal(1, Fit((1, 10), (2, 11), (4, 12)).Serial);
        var near = Fit((1, 10), (2, 6.1), (4, 3.9), (8, 3.0));
        Assert.InRange(near.Serial, 0.19, 0.22);
        Assert.InRange(near.Error, 0.001, 0.05);
        Assert.InRange(near.Time(8).TotalSeconds, 2.8, 3.2);
        Assert.Equal("19.6 % not divided, at most 5.1 times as fast, samples off by 1.4 %", near.ToString());
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("one", () => Scaling.Speedup(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>("many", () => Scaling.Speedup(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("speedup", () => Scaling.Efficiency(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => Scaling.Efficiency(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("serial", () => Scaling.Amdahl(1.1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("serial", () => Scaling.Gustafson(double.NaN, 2));
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => Scaling.Amdahl(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => Scaling.KarpFlatt(1, 1));
        Assert.Throws<ArgumentNullException>("samples", () => Scaling.Fit(null!));
        Assert.Throws<ArgumentException>("samples", () => Fit((2, 1), (2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => Fit((0, 1), (2, 2)));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => Fit((1, 0), (2, 2)));
    }

    private static ScalingFit Fit(params (int Workers, double Seconds)[] samples) => Scaling.Fit(samples.Select(sample => new ScalingSample(sample.Workers, TimeSpan.FromSeconds(sample.Seconds))));
}
