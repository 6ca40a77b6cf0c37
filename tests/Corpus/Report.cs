using System.Globalization;
using System.Text;

namespace Corpus;

/// <summary>Prints what was found and what it cost, as Markdown.</summary>
internal sealed class Report(IReadOnlyList<AnalyzerSet> sets, IReadOnlyList<Repository> repositories)
{
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        Sizes();
        if (repositories.All(r => r.IsMeasured))
        {
            Costs("all repositories", repositories);
            foreach (var repository in repositories.Where(_ => repositories.Count > 1))
                Costs(repository.Name, [repository]);
        }

        Crashes();
        Rules();
        Verdicts();
        return _text.ToString();
    }

    /// <summary>Up to n of our findings per rule with the code around them, the same ones each time, for judging by hand; unjudged ones first.</summary>
    public string Samples(int n)
    {
        _text.Clear();
        var found = repositories.SelectMany(r => r.Judgement?.Found.Select(f => (r.Root, f.Finding, f.Verdict)) ?? []);
        foreach (var rule in found.GroupBy(f => f.Finding.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            _text.AppendLine($"\n## {rule.Key}: {Math.Min(n, rule.Count())} of {rule.Count()}");
            foreach (var (root, finding, verdict) in rule.OrderBy(f => f.Verdict.Answer).Take(n))
            {
                _text.AppendLine($"\n{finding.File}:{finding.Line} [{verdict.Answer}] {finding.Member}: {finding.Message} {verdict.Reason}\n```csharp");
                foreach (var (index, line) in File.ReadLines(Path.Combine(root, finding.File)).Index().Skip(Math.Max(0, finding.Line - 16)).Take(26))
                    _text.AppendLine($"{(index + 1 == finding.Line ? ">" : " ")} {line}");

                _text.AppendLine("```");
            }
        }

        return _text.ToString();
    }

    private void Sizes()
    {
        Head("repository", "commit", "projects", "KLOC", "files", "files with errors");
        foreach (var r in repositories)
            Row(r.Name, r.Checkout.Commit is { Length: > 9 } commit ? commit[..9] : "?", r.Projects, r.Kloc, r.Files, r.FilesWithErrors);
    }

    private void Costs(string title, IReadOnlyList<Repository> measured)
    {
        var kloc = measured.Sum(r => r.Kloc);
        var compiler = Total(null);
        _text.AppendLine(CultureInfo.InvariantCulture,
            $"\n### {title}: {kloc:F1} KLOC, compile only {compiler.CpuMs:F0} ms CPU, {compiler.WallMs:F0} ms wall, {compiler.Allocated / 1e6:F0} MB allocated, {compiler.PeakMemory / 1e6:F0} MB peak\n");
        Head("set", "CPU ratio", "wall ratio", "alloc ratio", "+ms CPU/KLOC", "peak MB", "findings", "per KLOC", "AD0001");
        foreach (var set in sets)
        {
            var total = Total(set);
            var findings = measured.Sum(r => r.Findings[set.Name].Count);
            Row(set.Name, total.CpuMs / compiler.CpuMs, total.WallMs / compiler.WallMs, (double)total.Allocated / compiler.Allocated,
                (total.CpuMs - compiler.CpuMs) / kloc, $"{total.PeakMemory / 1e6:F0}",
                findings, findings / kloc, measured.Sum(r => r.Crashes.Count(c => c.Set == set.Name)));
        }

        if (sets.FirstOrDefault(s => s.IsOurs) is { } ours && sets.FirstOrDefault(s => s.Analyzers is [OperationWalk]) is { } floor)
        {
            var (own, least) = (Total(ours).CpuMs / compiler.CpuMs, Total(floor).CpuMs / compiler.CpuMs);
            var rounds = measured.Min(r => r.Rounds);
            var median = Enumerable.Range(0, rounds).Select(round => (InRound(ours, round) - InRound(floor, round)) / InRound(null, round)).Order().ElementAt(rounds / 2);
            _text.AppendLine(CultureInfo.InvariantCulture, $"\nours minus no-op: {own - least:+0.000;-0.000} of the compiler's CPU ({own:F3} - {least:F3}); median of {rounds} rounds {median:+0.000;-0.000}");
        }

        double InRound(AnalyzerSet? set, int round) => measured.Sum(r => r.CpuMs(set, round));

        Cost Total(AnalyzerSet? set)
        {
            var costs = measured.Select(r => r.Best(set)).ToList();
            return new(costs.Sum(c => c.WallMs), costs.Sum(c => c.CpuMs), costs.Sum(c => c.Allocated), costs.Max(c => c.PeakMemory));
        }
    }

    private void Crashes()
    {
        _text.AppendLine($"\n### Crashes: {repositories.Sum(r => r.Crashes.Count)}\n");
        foreach (var (set, crash) in repositories.SelectMany(r => r.Crashes).Distinct().Take(20))
            _text.AppendLine($"- {set}: {crash}");
    }

    private void Rules()
    {
        _text.AppendLine("\n### Findings per rule\n");
        Head(["rule", "findings", .. repositories.Select(r => r.Name), "right", "wrong", "unclear", "unjudged", "precision"]);
        foreach (var set in sets)
        {
            var found = repositories.SelectMany(r => r.Findings[set.Name].Select(f => (r, f.Rule))).ToLookup(f => f.Rule, f => f.r);
            foreach (var rule in found.OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var verdicts = repositories.SelectMany(r => r.Judgement?.Found ?? []).Select(f => f.Verdict).Where(v => v.Rule == rule.Key);
                var p = Precision.Of(verdicts);
                object[] judged = set.IsOurs ? [p.Right, p.Wrong, p.Unclear, p.Unjudged, p.Share is { } share ? share : "-"] : ["", "", "", "", ""];
                Row([rule.Key, rule.Count(), .. repositories.Select(r => (object)rule.Count(of => of == r)), .. judged]);
            }
        }
    }

    private void Verdicts()
    {
        _text.AppendLine("\n### Verdicts\n");
        foreach (var r in repositories.Where(r => r.Judgement is not null))
        {
            var judgement = r.Judgement!;
            _text.AppendLine($"- {r.Name}: {judgement.Found.Count} found: {judgement.Added.Count} added, {judgement.Found.Count - judgement.Unjudged()} judged, {judgement.Unjudged()} unjudged; {judgement.Removed.Count} removed");
            if (r.Checkout.Commit != judgement.Commit)
                _text.AppendLine($"  - the verdicts are on commit {judgement.Commit}, this is {r.Checkout.Commit}");

            foreach (var (f, _) in judgement.Added)
                _text.AppendLine($"  - added: {f.Rule} {f.File}:{f.Line} {f.Member}: {f.Message}");

            foreach (var v in judgement.Removed)
                _text.AppendLine($"  - removed: {v.Rule} {v.File} {v.Member}: {v.Message} ({v.Answer})");
        }
    }

    private void Head(params string[] cells)
    {
        Row([.. cells]);
        _text.AppendLine("|---" + string.Concat(cells.Skip(1).Select(_ => "|--:")) + "|");
    }

    private void Row(params object[] cells) =>
        _text.AppendLine("| " + string.Join(" | ", cells.Select(c => c is double d ? d.ToString(Math.Abs(d) < 10 ? "F2" : "F1", CultureInfo.InvariantCulture) : $"{c}")) + " |");
}
