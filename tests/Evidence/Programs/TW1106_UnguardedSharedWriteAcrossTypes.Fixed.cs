/// <summary>The number is raised in one step.</summary>
internal sealed class Numbers
{
    public int Next(int effort) => Interlocked.Add(ref _last, Effort.Of(1, effort));
}
