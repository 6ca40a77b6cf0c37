using System.Globalization;

namespace Threadwise.Evidence;

/// <summary>What the scheduling of one run depends on; every attempt has other circumstances, the same in every session.</summary>
internal sealed record Circumstances(int Seed, int Processors, int PoolThreads)
{
    private static readonly (int Processors, int PoolThreads)[] s_settings = [(2, 2), (2, 4), (4, 4), (1, 1), (4, 8)];

    public static Circumstances Of(int attempt)
    {
        var (processors, poolThreads) = s_settings[attempt % s_settings.Length];
        return new Circumstances(attempt, processors, poolThreads);
    }

    /// <summary>The same machine, other timing.</summary>
    public Circumstances Again(int time) => this with { Seed = Seed + 100 * (time + 1) };

    /// <summary>The runtime reads numbers in its variables as hexadecimal.</summary>
    public IEnumerable<(string Name, string Value)> Variables =>
    [
        ("DOTNET_PROCESSOR_COUNT", Processors.ToString("x", CultureInfo.InvariantCulture)),
        ("DOTNET_ThreadPool_ForceMinWorkerThreads", PoolThreads.ToString("x", CultureInfo.InvariantCulture)),
    ];
}
