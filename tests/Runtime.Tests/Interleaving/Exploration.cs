namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>All schedules of a model in which threads are preempted at most so often, until one fails.</summary>
/// <param name="Schedules">How many were run.</param>
/// <param name="Failing">Who moved when in the one that failed; <see cref="Schedule.Run"/> takes it as a prefix and fails again.</param>
internal sealed record Exploration(int Schedules, string? Failure, string? Failing)
{
    private const int MostSchedules = 100_000;

    /// <param name="model">Makes the state and the threads anew for each schedule.</param>
    /// <param name="preemptions">Bugs that need more than two are rare.</param>
    public static Exploration Of(Func<Model> model, int preemptions = 2)
    {
        var pending = new Stack<string>([""]);
        var count = 0;
        while (pending.TryPop(out var prefix))
        {
            if (++count > MostSchedules)
                throw new InvalidOperationException($"more than {MostSchedules} schedules: the model is too large to be explored");
            var trace = Schedule.Run(model(), prefix);
            if (trace.Failure is { } failure)
                return new Exploration(count, failure, trace.ToString());
            foreach (var other in Others(trace, prefix.Length, preemptions))
                pending.Push(other);
        }

        return new Exploration(count, null, null);
    }

    /// <summary>The schedules that part from this one at a step after the prefix, each at another.</summary>
    private static IEnumerable<string> Others(Trace trace, int from, int preemptions)
    {
        var way = trace.ToString();
        for (var (i, left) = (0, preemptions); i < way.Length; i++)
        {
            var step = trace.Steps[i];
            foreach (var other in step.Ready)
                if (i >= from && other != step.Moved && (left > 0 || !step.Preempts(other)))
                    yield return way[..i] + other;
            left -= step.Preempts(step.Moved) ? 1 : 0;
        }
    }
}
