namespace Threadwise;

/// <summary>Tells how far a map has come, one report at a time, each further than the one before.</summary>
internal sealed class Reporter(IProgress<MapProgress> progress, int? total, Ending ending)
{
    private readonly int _every = Math.Max(1, (total ?? 1) / 100);
    private int _done;
    private int _told;
    private int _isTelling;

    /// <summary>One more item is over.</summary>
    public void Advance()
    {
        var done = Interlocked.Increment(ref _done);
        // After an interlocked operation, what is read is not from before.
        if (done - _told >= _every || done == total)
            Tell(_every);
    }

    /// <summary>Tells of what nobody has told yet, when all workers have left.</summary>
    public void Finish() => Tell(1);

    /// <param name="least">Somebody else may have told meanwhile; then so many more are worth another report, or the last.</param>
    private void Tell(int least)
    {
        // Who comes while another tells leaves it to that one, to the next, or to the end.
        if (Interlocked.Exchange(ref _isTelling, 1) != 0)
            return;
        try
        {
            var done = _done;
            if (done - _told < (done == total ? 1 : least))
                return;
            _told = done;
            progress.Report(new MapProgress(done, total));
        }
        catch (Exception exception)
        {
            ending.Break(exception);
        }
        finally
        {
            Volatile.Write(ref _isTelling, 0);
        }
    }
}
