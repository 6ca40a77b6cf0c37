namespace Corpus;

/// <summary>The findings of one run held against the recorded verdicts.</summary>
internal sealed class Judgement
{
    private readonly VerdictFile _recorded;

    public Judgement(VerdictFile recorded, IEnumerable<Finding> findings)
    {
        _recorded = recorded;
        var verdicts = recorded.Verdicts.ToDictionary(v => v.Key);
        Found = [.. Finding.Numbered(findings).Select(f => (f.Finding, verdicts.GetValueOrDefault(f.Key) ?? Unjudged(f.Key)))];
        Added = [.. Found.Where(f => !verdicts.ContainsKey(f.Verdict.Key))];
        var found = Found.Select(f => f.Verdict.Key).ToHashSet();
        Removed = [.. recorded.Verdicts.Where(v => !found.Contains(v.Key))];
    }

    public string Commit => _recorded.Commit;

    /// <summary>Every finding of this run with its verdict, in the order of the verdict files.</summary>
    public IReadOnlyList<(Finding Finding, Verdict Verdict)> Found { get; }

    /// <summary>The findings of which no record exists.</summary>
    public IReadOnlyList<(Finding Finding, Verdict Verdict)> Added { get; }

    /// <summary>What was recorded and is no longer found.</summary>
    public IReadOnlyList<Verdict> Removed { get; }

    public int Unjudged() => Found.Count(f => f.Verdict.Answer == Answer.Unjudged);

    /// <summary>The record with the new findings in it, and without those no longer found if these are to go.</summary>
    public VerdictFile Updated(Checkout checkout, bool prune)
    {
        var kept = prune ? _recorded.Verdicts.Except(Removed) : _recorded.Verdicts;
        return new(
            checkout.Repository is { Length: > 0 } repository ? repository : _recorded.Repository,
            checkout.Commit is { Length: > 0 } commit ? commit : _recorded.Commit,
            [.. kept.Concat(Added.Select(a => a.Verdict)).OrderBy(v => v.Key)]);
    }

    private static Verdict Unjudged(FindingKey key) => new(key.Rule, key.File, key.Member, key.Message, key.Nth, Answer.Unjudged, "");
}
