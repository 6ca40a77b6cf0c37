namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>What a few threads do to a state of their own, and whether the state is right when all are done.</summary>
internal sealed record Model(params Action[] Threads)
{
    public Func<bool> Holds { get; init; } = static () => true;

    /// <summary>What is wrong with the state, if anything.</summary>
    public string? Failure()
    {
        try
        {
            return Holds() ? null : "the outcome is wrong";
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}

/// <summary>One thread moves on, or chooses.</summary>
/// <param name="Ready">The threads that could have, or what there was to choose from.</param>
/// <param name="Last">The thread that moved before; taking the baton from it while it is ready preempts it.</param>
internal sealed record Step(char Moved, string Ready, char Last)
{
    public bool IsChoice { get; init; }

    public bool Preempts(char other) => !IsChoice && other != Last && Ready.Contains(Last);
}

/// <summary>What happened in one schedule.</summary>
internal sealed record Trace(IReadOnlyList<Step> Steps, string? Failure)
{
    public static string Of(IEnumerable<Step> steps) => string.Concat(steps.Select(static step => step.Moved));

    public override string ToString() => Of(Steps);
}
