using System.Globalization;

namespace Threadwise;

/// <summary>What more workers are worth: the laws that say so in advance, and what measured times say.</summary>
/// <remarks><b>Thread safety.</b> Pure functions. Times may be wall time or processor time, as long as all are of one kind.</remarks>
public static class Scaling
{
    /// <summary>How many times as fast as one worker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive.</exception>
    public static double Speedup(TimeSpan one, TimeSpan many) => Positive(one, nameof(one)) / Positive(many, nameof(many));

    /// <summary>How much of each worker is used, 1 being all of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed-up is not positive, or there is less than one worker.</exception>
    public static double Efficiency(double speedup, int workers) => Positive(speedup, nameof(speedup)) / Workers(workers);

    /// <summary>The speed-up of work of a fixed size of which a part cannot be divided. G. M. Amdahl, AFIPS 1967.</summary>
    /// <param name="serial">The part that cannot be divided, of 1.</param>
    /// <param name="workers">How many share the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within 0 and 1, or there is less than one worker.</exception>
    public static double Amdahl(double serial, int workers) => 1 / (Part(serial) + ((1 - serial) / Workers(workers)));

    /// <summary>The speed-up where the work grows with the workers, so that each always has as much to do. J. L. Gustafson, CACM 31(5), 1988.</summary>
    /// <param name="serial">The part of the time on all workers that is spent on what cannot be divided, of 1.</param>
    /// <param name="workers">How many share the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within 0 and 1, or there is less than one worker.</exception>
    public static double Gustafson(double serial, int workers) => Workers(workers) - (Part(serial) * (workers - 1));

    /// <summary>The part that was not divided, as a measured speed-up shows it. If it grows with the workers, it is overhead and not the work. A. H. Karp, H. P. Flatt, CACM 33(5), 1990.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed-up is not positive, or there are fewer than two workers.</exception>
    public static double KarpFlatt(double speedup, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 2);
        return ((1 / Positive(speedup, nameof(speedup))) - (1.0 / workers)) / (1 - (1.0 / workers));
    }

    /// <summary>The curve of Amdahl's law that is nearest to measured times, by the least squares of the relative errors.</summary>
    /// <exception cref="ArgumentNullException">There are no samples.</exception>
    /// <exception cref="ArgumentException">The samples do not have two different numbers of workers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no worker, or a time that is not positive.</exception>
    public static ScalingFit Fit(IEnumerable<ScalingSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var points = samples.Select(sample => (X: 1.0 / Workers(sample.Workers, nameof(samples)), Y: Positive(sample.Time, nameof(samples)))).ToList();
        if (points.Select(point => point.X).Distinct().Count() < 2)
            throw new ArgumentException("Times with at least two different numbers of workers are needed.", nameof(samples));

        // time = a + b / workers; an error counts as a part of its own time.
        double w = 0, wx = 0, wxx = 0, wy = 0, wxy = 0;
        foreach (var (x, y) in points)
        {
            var weight = 1 / (y * y);
            (w, wx, wxx, wy, wxy) = (w + weight, wx + (weight * x), wxx + (weight * x * x), wy + (weight * y), wxy + (weight * x * y));
        }

        var b = ((w * wxy) - (wx * wy)) / ((w * wxx) - (wx * wx));
        var a = (wy - (b * wx)) / w;
        if (a < 0)
            (a, b) = (0, wxy / wxx);
        else if (b < 0)
            (a, b) = (wy / w, 0);
        var error = Math.Sqrt(points.Average(point => Math.Pow((a + (b * point.X) - point.Y) / point.Y, 2)));
        return new ScalingFit(a / (a + b), TimeSpan.FromSeconds(a + b), error);
    }

    private static double Positive(TimeSpan time, string parameter) => Positive(time.TotalSeconds, parameter);

    private static double Positive(double value, string parameter) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(parameter, value, "It has to be positive.");

    private static double Part(double serial) =>
        serial is >= 0 and <= 1 ? serial : throw new ArgumentOutOfRangeException(nameof(serial), serial, "It is a part of 1.");

    private static int Workers(int workers, string parameter = "workers")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1, parameter);
        return workers;
    }
}

/// <summary>A measured time.</summary>
/// <param name="Workers">How many worked.</param>
/// <param name="Time">How long it took them.</param>
public readonly record struct ScalingSample(int Workers, TimeSpan Time);

/// <summary>Measured times, as Amdahl's law sees them.</summary>
/// <param name="Serial">The part that is not divided, of 1.</param>
/// <param name="One">The time of one worker.</param>
/// <param name="Error">How far the samples are off, relative to each, as the root of the mean square; 0 where all are on the curve.</param>
public sealed record ScalingFit(double Serial, TimeSpan One, double Error)
{
    /// <summary>The speed-up to expect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one worker.</exception>
    public double Speedup(int workers) => Scaling.Amdahl(Serial, workers);

    /// <summary>The time to expect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one worker.</exception>
    public TimeSpan Time(int workers) => One / Speedup(workers);

    /// <summary>The numbers in words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Serial:P1} not divided, at most {1 / Serial:0.#} times as fast, samples off by {Error:P1}");
}
