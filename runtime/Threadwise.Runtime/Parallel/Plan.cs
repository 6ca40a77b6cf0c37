using System.Globalization;

namespace Threadwise;

/// <summary>What it costs to work in parallel on a machine, in nanoseconds of processor time.</summary>
/// <param name="Start">Calling in a worker and waiting for its end.</param>
/// <param name="Dispatch">Handing out one chunk.</param>
public sealed record Costs(double Start = 5_000, double Dispatch = 50)
{
    /// <summary>What was measured on common servers.</summary>
    public static Costs Typical { get; } = new();
}

/// <summary>How many workers some work is worth, in what portions, and why. It is what <see cref="Partitioning.Auto"/> goes by once it knows what an item takes.</summary>
/// <remarks>
/// <code>
/// Console.WriteLine(Plan.For(200_000, itemNanoseconds: 25, workers: 8));
/// // 8 workers, Guided in chunks of 40 or more: 200000 items of 25 ns are 5 ms; ...
/// </code>
/// <para>A pure function: equal arguments give equal plans. With longer items the number of workers never goes down and the chunks never become larger.
/// A worker is worth calling for 25 times what that costs; a chunk takes 20 times as long as handing it out, so all of it together costs less than a tenth.</para>
/// </remarks>
public sealed record Plan
{
    private const double WorthCalling = 25;
    private const double WorthDispatching = 20;

    private Plan(int workers, Partitioning partitioning, int chunk, double speedup, string reason) =>
        (Workers, Partitioning, Chunk, Speedup, Reason) = (workers, partitioning, chunk, speedup, reason);

    /// <summary>How many workers; with one the work is best done by who asks.</summary>
    public int Workers { get; }

    /// <summary>Which worker gets which items.</summary>
    public Partitioning Partitioning { get; }

    /// <summary>How many items are handed out together, at least.</summary>
    public int Chunk { get; }

    /// <summary>How many times as fast as one worker it should be.</summary>
    public double Speedup { get; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; }

    /// <summary>The plan for so many items.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="itemNanoseconds">How long one takes on average.</param>
    /// <param name="workers">How many workers there may be at most, as <see cref="Degree.Value"/> says.</param>
    /// <param name="spread">How unequal the items are: the standard deviation of their times, as a multiple of the average.</param>
    /// <param name="costs">What being parallel costs; <see cref="Costs.Typical"/> if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or none, or there is less than one worker.</exception>
    public static Plan For(int count, double itemNanoseconds, int workers, double spread = 0, Costs? costs = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        NotNegative(itemNanoseconds, nameof(itemNanoseconds));
        NotNegative(spread, nameof(spread));
        costs ??= Costs.Typical;
        NotNegative(costs.Start, nameof(costs));
        NotNegative(costs.Dispatch, nameof(costs));

        var all = count * itemNanoseconds;
        var used = WorkersFor(count, itemNanoseconds, workers, costs);
        var chunk = Math.Min(Math.Max(1, count), ChunkFor(itemNanoseconds, costs));
        var partitioning = used == 1 || (long)chunk * used >= count ? Partitioning.Blocks : chunk == 1 && spread > 1 ? Partitioning.One : Partitioning.Guided;
        var time = (all / used) + (used == 1 ? 0 : costs.Start);
        var size = Text($"{count} items of {Time(itemNanoseconds)} are {Time(all)}");
        var reason = used == 1
            ? Text($"{size}; another worker is worth calling from {Time(2 * WorthCalling * costs.Start)} on{(workers == 1 ? ", and there may be no other" : "")}")
            : Text($"{size}; each worker has at least {Time(WorthCalling * costs.Start)} of it, {WorthCalling} times what calling it costs; a chunk takes at least {WorthDispatching} times the {Time(costs.Dispatch)} of handing it out");
        return new Plan(used, partitioning, chunk, used == 1 ? 1 : all / time, reason);
    }

    /// <summary>The plan and why.</summary>
    public override string ToString() => Workers == 1
        ? $"1 worker: {Reason}"
        : Text($"{Workers} workers, {Partitioning}{(Partitioning == Partitioning.Guided ? $" in chunks of {Chunk} or more" : "")}: {Reason}; about {Speedup:0.0} times as fast");

    internal static int WorkersFor(int count, double item, int workers, Costs costs)
    {
        var worth = count * item / (WorthCalling * costs.Start);
        return (int)Math.Max(1, Math.Min(worth, Math.Min(workers, count)));
    }

    internal static int ChunkFor(double item, Costs costs) => (int)Math.Clamp(Math.Ceiling(WorthDispatching * costs.Dispatch / item), 1, int.MaxValue);

    private static void NotNegative(double value, string parameter)
    {
        if (!(value >= 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(parameter, value, "It has to be a number that is not negative.");
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => Text($"{nanoseconds:0.#} ns"),
        < 1e6 => Text($"{nanoseconds / 1e3:0.#} µs"),
        < 1e9 => Text($"{nanoseconds / 1e6:0.#} ms"),
        _ => Text($"{nanoseconds / 1e9:0.#} s"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
