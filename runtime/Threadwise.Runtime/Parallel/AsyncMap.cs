namespace Threadwise;

/// <summary>One parallel map of asynchronous work. Its workers are tasks.</summary>
internal sealed class AsyncMap
{
    private readonly Func<int, CancellationToken, ValueTask> _body;
    private readonly Func<int, int> _itemAt;
    private readonly MapOptions _options;
    private readonly Ending _ending;
    private readonly Reporter? _reporter;
    private readonly Dispenser _dispenser;
    private readonly AsyncCrew _crew;

    private AsyncMap(int count, Func<int, CancellationToken, ValueTask> body, Func<int, int> itemAt, MapOptions options, Ending ending, Reporter? reporter)
    {
        (_body, _itemAt, _options, _ending, _reporter) = (body, itemAt, options, ending, reporter);
        _dispenser = new Dispenser(count, options.Partitioning, Math.Min(options.Degree.Value, count));
        _crew = new AsyncCrew(options, ending, _dispenser, count, WorkAsync);
    }

    /// <summary>Does all places, or throws why not. When the task is complete no worker is at work any more.</summary>
    public static async Task RunAsync(int count, Func<int, CancellationToken, ValueTask> body, Func<int, int> itemAt,
        MapOptions options, Ending ending, Reporter? reporter)
    {
        if (count > 0 && !ending.IsStopped)
            await new AsyncMap(count, body, itemAt, options, ending, reporter)._crew.RunAsync().ConfigureAwait(false);
        reporter?.Finish();
        ending.Throw();
    }

    /// <returns>Whether it found nothing that had been divided before it came.</returns>
    private async Task<bool> WorkAsync(int number)
    {
        // A chunk of asynchronous items is as long as the sum of their waits, so more than one at a time is taken only where that is asked for.
        var pace = _options.Partitioning == Partitioning.Guided ? Pace.Guided : Pace.One;
        var version = _ending.Version;
        if (_crew.Ask(number) != Order.Go)
            return false;
        var isAny = false;
        while (_dispenser.TryTake(pace, out var rest))
        {
            if (!isAny)
                _crew.Begin(number);
            isAny = true;
            if (_dispenser.IsDealt)
                Share(ref rest);
            for (; rest.Count > 0; rest = new Chunk(rest.First + rest.Step, rest.Count - 1, rest.Step))
            {
                if (_ending.Version is var now && now != version)
                {
                    version = now;
                    if (!Stays(number, ref rest))
                        return false;
                }

                await DoAsync(rest.First).ConfigureAwait(false);
                _crew.Grow();
            }
        }

        return !isAny && _dispenser.IsDealt;
    }

    /// <summary>Gives back all of the rest where the worker has to leave, and half of it where another could come.</summary>
    private bool Stays(int number, ref Chunk rest)
    {
        var stays = _crew.Ask(number) == Order.Go;
        if (!stays)
            _dispenser.Return(rest);
        else
            Share(ref rest);
        return stays;
    }

    private void Share(ref Chunk rest)
    {
        if (rest.Count == 1 || !_crew.IsHungry)
            return;
        rest = rest with { Count = rest.Count - _dispenser.ReturnHalf(rest) };
        _crew.Recruit();
    }

    private async Task DoAsync(int place)
    {
        if (_options.Partitioning == Partitioning.FreshPerItem)
            await default(PoolHop);
        if (await Attempt.OfAsync(token => _body(place, token), _options.Retry, _ending).ConfigureAwait(false) is { } failure)
            _ending.Fail(_itemAt(place), failure);
        _reporter?.Advance();
    }
}

/// <summary>Something asynchronous is tried, and tried again as long as that is permitted.</summary>
internal static class Attempt
{
    /// <returns>What it threw at last, or nothing if it has succeeded.</returns>
    public static async ValueTask<Exception?> OfAsync(Func<CancellationToken, ValueTask> body, Retry retry, Ending ending)
    {
        for (var tries = 1; ; tries++)
        {
            Exception failure;
            try
            {
                await body(ending.Token).ConfigureAwait(false);
                return null;
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            if (!ending.IsFailure(failure) || !retry.Permits(tries, failure) || !await retry.PauseAsync(tries, ending.Token).ConfigureAwait(false))
                return failure;
        }
    }
}

/// <summary>The workers of an asynchronous map: tasks that are all waited for.</summary>
internal sealed class AsyncCrew
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Degree _degree;
    private readonly Ending _ending;
    private readonly Func<int, Task<bool>> _work;
    private readonly ExecutionContext? _context;
    private readonly Crew _crew;

    public AsyncCrew(MapOptions options, Ending ending, IWork source, int most, Func<int, Task<bool>> work)
    {
        (_degree, _ending, _work) = (options.Degree, ending, work);
        var budget = Budget.For(_degree);
        _context = budget.Context();
        _crew = new Crew(_degree, budget, ending, source, most, waitsForAll: true, Call);
    }

    public Order Ask(int number) => _crew.Ask(number);

    public bool IsHungry => _crew.IsHungry;

    public void Begin(int number) => _crew.Begin(number);

    public void Grow() => _crew.Grow();

    public void Recruit() => _crew.Recruit();

    /// <summary>Ends when no worker is at work any more and there is no work, or the map is stopped.</summary>
    public async Task RunAsync()
    {
        _degree.Watch(_crew.Adjust);
        try
        {
            _crew.Recruit();
            TryEnd();
            await _over.Task.ConfigureAwait(false);
        }
        finally
        {
            _degree.Unwatch(_crew.Adjust);
        }
    }

    private void Call(int number)
    {
        if (_context is null)
            Start(number);
        else
            ExecutionContext.Run(_context, _ => Start(number), null);
    }

    private void Start(int number) => _ = LiveAsync(number);

    private async Task LiveAsync(int number)
    {
        await default(PoolHop);
        var isInVain = false;
        try
        {
            isInVain = await _work(number).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _ending.Break(exception);
        }

        _crew.Leave(number, isInVain);
        TryEnd();
    }

    private void TryEnd()
    {
        if (_crew.TryEnd(callerIsWorker: false))
            _over.SetResult();
    }
}
