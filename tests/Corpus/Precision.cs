namespace Corpus;

/// <summary>How often a rule is right among its judged findings; an unclear one counts as not right.</summary>
internal sealed record Precision(int Right, int Wrong, int Unclear, int Unjudged)
{
    public int Judged => Right + Wrong + Unclear;

    /// <summary>Null while nothing is judged.</summary>
    public double? Share => Judged == 0 ? null : (double)Right / Judged;

    public static Precision Of(IEnumerable<Verdict> verdicts)
    {
        var counts = verdicts.CountBy(v => v.Answer).ToDictionary();
        return new(
            counts.GetValueOrDefault(Answer.Right), counts.GetValueOrDefault(Answer.Wrong),
            counts.GetValueOrDefault(Answer.Unclear), counts.GetValueOrDefault(Answer.Unjudged));
    }
}
