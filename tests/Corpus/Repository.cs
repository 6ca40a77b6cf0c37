using Microsoft.CodeAnalysis;

namespace Corpus;

/// <summary>One analysed repository: its size, what each set found in it and what each set cost.</summary>
internal sealed class Repository(string name, string root, IReadOnlyList<Project> projects)
{
    private readonly Dictionary<string, Dictionary<string, List<Cost>>> _costs = [];

    public string Name => name;
    public string Root => root;
    public Checkout Checkout { get; } = Checkout.Of(root);
    public int Projects { get; } = projects.Count;
    public int Files { get; } = projects.Sum(p => p.Files);
    public int FilesWithErrors { get; } = projects.Sum(p => p.FilesWithErrors);
    public double Kloc { get; } = projects.Sum(p => p.Lines) / 1e3;
    public Dictionary<string, IReadOnlyList<Finding>> Findings { get; } = [];
    public List<(string Set, string Message)> Crashes { get; } = [];
    public Judgement? Judgement { get; private set; }

    /// <summary>Files compiled into several projects are found in each; they count once.</summary>
    public void Inspect(IReadOnlyList<Project> all, AnalyzerSet set)
    {
        var findings = new List<Finding>();
        foreach (var project in all)
        {
            var inspection = Bench.Inspect(project.Compilation, project, set);
            findings.AddRange(inspection.Diagnostics.Select(d => Finding.From(d, project.Compilation, root)));
            Crashes.AddRange(inspection.Crashes.Distinct().Select(crash => (set.Name, crash)));
        }

        Findings[set.Name] = [.. findings.Distinct()];
    }

    public void Record(AnalyzerSet? set, Project project, Cost cost)
    {
        var byProject = _costs.TryGetValue(Key(set), out var known) ? known : _costs[Key(set)] = [];
        (byProject.TryGetValue(project.FilePath, out var costs) ? costs : byProject[project.FilePath] = []).Add(cost);
    }

    public bool IsMeasured => _costs.Count > 0;

    /// <summary>The sum over the projects of a set's best run at each; of the compiler's alone without a set.</summary>
    public Cost Best(AnalyzerSet? set)
    {
        var runs = _costs[Key(set)].Values;
        return new(
            runs.Sum(r => r.Min(c => c.WallMs)), runs.Sum(r => r.Min(c => c.CpuMs)), runs.Sum(r => r.Min(c => c.Allocated)), runs.Max(r => r.Max(c => c.PeakMemory)));
    }

    public int Rounds => _costs[Key(null)].Values.Min(costs => costs.Count);

    /// <summary>Processor time over all projects in one round.</summary>
    public double CpuMs(AnalyzerSet? set, int round) => _costs[Key(set)].Values.Sum(costs => costs[round].CpuMs);

    public void Judge(string verdictFile)
    {
        var recorded = File.Exists(verdictFile) ? VerdictFile.Read(verdictFile) : new VerdictFile(Checkout.Repository, Checkout.Commit, []);
        Judgement = new(recorded, Findings[AnalyzerSet.Ours]);
    }

    private static string Key(AnalyzerSet? set) => set?.Name ?? "";
}
