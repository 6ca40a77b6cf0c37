using Xunit;

namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>Many schedules of a model, until one fails.</summary>
/// <param name="Schedules">How many were run.</param>
/// <param name="Failing">Who moved when in the one that failed; <see cref="Schedule.Run(Model, string)"/> takes it as a prefix and fails again.</param>
internal sealed record Exploration(int Schedules, string? Failure, string? Failing)
{
    private const int MostSchedules = 100_000;

    /// <summary>No more schedules than these are run, whatever a test asks for: a look at something that is broken.</summary>
    public static int Limit { get; set; } = int.MaxValue;

    /// <summary>How often threads were preempted at most, where every schedule with no more was run; nothing where schedules were random.</summary>
    public int? Preemptions { get; private init; }

    /// <summary>All schedules in which threads are preempted at most so often, those with the fewest first.</summary>
    /// <param name="model">Makes the state and the threads anew for each schedule.</param>
    /// <param name="preemptions">Bugs that need more than two are rare.</param>
    public static Exploration Of(Func<Model> model, int preemptions = 2)
    {
        var pending = new PriorityQueue<string, int>([("", 0)]);
        var count = 0;
        while (count < Limit && pending.TryDequeue(out var prefix, out _))
        {
            if (++count > MostSchedules)
                throw new InvalidOperationException($"more than {MostSchedules} schedules: the model is too large to be explored");
            var trace = Schedule.Run(model(), prefix);
            if (trace.Failure is { } failure)
                return new Exploration(count, failure, trace.ToString()) { Preemptions = preemptions };
            pending.EnqueueRange(Others(trace, prefix.Length, preemptions));
        }

        return new Exploration(count, null, null) { Preemptions = preemptions };
    }

    /// <summary>So many schedules, of which a seed decides each step.</summary>
    public static Exploration OfRandom(Func<Model> model, int schedules = 3_000, int seed = 1)
    {
        var random = new Random(seed);
        for (var count = 1; count <= Math.Min(schedules, Limit); count++)
        {
            var trace = Schedule.Run(model(), random);
            if (trace.Failure is { } failure)
                return new Exploration(count, failure, trace.ToString());
        }

        return new Exploration(schedules, null, null);
    }

    /// <summary>Nothing failed; otherwise says how it can be repeated.</summary>
    public Exploration Passes()
    {
        Assert.True(Failure is null, $"Schedule {Schedules} fails; Schedule.Run(model, \"{Failing}\") repeats it: {Failure}");
        Explored.Note(this, isControl: false);
        return this;
    }

    /// <summary>The broken control is caught.</summary>
    public Exploration Fails(string how)
    {
        if (Failure is not null || Limit == int.MaxValue)
            Assert.Contains(how, Failure ?? $"nothing failed in {Schedules} schedules");
        Explored.Note(this, isControl: true);
        return this;
    }

    /// <summary>The schedules that part from this one at a step after the prefix, each at another.</summary>
    private static IEnumerable<(string, int)> Others(Trace trace, int from, int preemptions)
    {
        var way = trace.ToString();
        for (var (i, used) = (0, 0); i < way.Length; i++)
        {
            var step = trace.Steps[i];
            foreach (var other in step.Ready)
            {
                var needed = used + (step.Preempts(other) ? 1 : 0);
                if (i >= from && other != step.Moved && needed <= preemptions)
                    yield return (way[..i] + other, needed);
            }

            used += step.Preempts(step.Moved) ? 1 : 0;
        }
    }
}
