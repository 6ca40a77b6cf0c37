namespace Threadwise.Evidence;

/// <summary>A program run before its fix until the harm shows, and after it as often again.</summary>
/// <param name="Attempts">How many runs it took until the harm showed.</param>
/// <param name="Repeats">How many runs after the fix showed none.</param>
internal sealed record Trial(Outcome Before, Outcome After, int Attempts, int Repeats)
{
    private const int MostAttempts = 16;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(40);

    public static async Task<Trial> OfAsync(Repair repair, int repeats)
    {
        using var before = new Executable(repair.Before);
        using var after = new Executable(repair.After);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var circumstances = Circumstances.Of(attempt);
            var harm = await RunAsync(before, circumstances);
            if (harm.Harm == 0)
                continue;
            var healed = await RunAllAsync(after, Enumerable.Range(0, repeats).Select(circumstances.Again));
            return new Trial(harm, healed, attempt + 1, repeats);
        }

        throw new InvalidOperationException($"the defect did not show in {MostAttempts} runs");
    }

    /// <summary>The worst of all runs.</summary>
    private static async Task<Outcome> RunAllAsync(Executable program, IEnumerable<Circumstances> all)
    {
        Outcome? worst = null;
        foreach (var circumstances in all)
        {
            var outcome = await RunAsync(program, circumstances);
            worst = worst is null || outcome.Harm >= worst.Harm ? outcome : worst;
        }

        return worst!;
    }

    private static async Task<Outcome> RunAsync(Executable program, Circumstances circumstances)
    {
        using var noise = new Noise(circumstances.Seed);
        return await program.RunAsync(circumstances, s_limit);
    }
}
