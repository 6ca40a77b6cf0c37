using System.Diagnostics;

namespace Threadwise;

/// <summary>One parallel map of synchronous work: the caller is a worker, threads of the pool are the others.</summary>
/// <remarks>The caller waits only for workers that have begun, so a map ends even if the pool has no thread for it, and maps can be nested to any depth.</remarks>
internal sealed class SyncMap<TBody, TLocal> where TBody : struct, IBody<TLocal>
{
    /// <summary>With fewer items for each worker, one item that is done alone to see how long it takes is a loss that counts.</summary>
    private const int FewForEach = 20;

    // Not readonly: each call on a readonly field of unknown type would be one on a copy.
    private TBody _body;
    private readonly int _count;
    private readonly MapOptions _options;
    private readonly Partitioning _partitioning;
    private readonly int _workers;
    private readonly Ending _ending;
    private readonly Reporter? _reporter;
    private readonly Dispenser _dispenser;
    private readonly Crew _crew;
    private readonly ExecutionContext? _context;

    private SyncMap(TBody body, int count, Partitioning partitioning, MapOptions options, Ending ending, Reporter? reporter)
    {
        (_body, _count, _partitioning, _options, _ending, _reporter) = (body, count, partitioning, options, ending, reporter);
        _workers = Math.Min(options.Degree.Value, count);
        _dispenser = new Dispenser(count, partitioning, _workers);
        var budget = Budget.For(options.Degree);
        _context = budget.Context();
        _crew = new Crew(options.Degree, budget, ending, _dispenser, count, waitsForAll: false, Call);
    }

    private bool IsAuto => _partitioning == Partitioning.Auto;

    /// <summary>Does all places, or throws why not. When it returns no worker is at work any more.</summary>
    public static void Run(TBody body, int count, bool isSorted, MapOptions options, Ending ending, Reporter? reporter)
    {
        if (count > 0 && !ending.IsStopped)
        {
            // The lightest are left for the end, so there is nothing to be gained from handing out several.
            var partitioning = options.Partitioning == Partitioning.Auto && isSorted ? Partitioning.One : options.Partitioning;
            new SyncMap<TBody, TLocal>(body, count, partitioning, options, ending, reporter).Run();
        }

        reporter?.Finish();
        ending.Throw();
    }

    private void Run()
    {
        _crew.Join();
        if (IsAuto && _count >= FewForEach * _workers)
            _crew.Want(1);
        _options.Degree.Watch(_crew.Adjust);
        try
        {
            _crew.Recruit();
            var mine = new Shift(this, 0);
            do
                InContext(mine);
            while (!HasEnded());
        }
        finally
        {
            _options.Degree.Unwatch(_crew.Adjust);
        }
    }

    private bool HasEnded()
    {
        try
        {
            _crew.Rest();
        }
        catch (ThreadInterruptedException exception)
        {
            // The others use what belongs to the caller, so they are waited for all the same.
            _ending.Break(exception);
        }

        return _crew.TryEnd(callerIsWorker: true);
    }

    private void Call(int number) => ThreadPool.UnsafeQueueUserWorkItem(new Shift(this, number), preferLocal: false);

    private void InContext(Shift shift)
    {
        if (_context is null)
            shift.Work();
        else
            ExecutionContext.Run(_context, static shift => ((Shift)shift!).Work(), shift);
    }

    private void Work(int number)
    {
        var isInVain = false;
        try
        {
            isInVain = !WorkThrough(number);
        }
        catch (Exception exception)
        {
            // Not an item, but what goes with it: the seed of a sum, the rule for trying again.
            _ending.Break(exception);
        }

        // Where each item is to be a work item of its own, another worker is called in the place of this one.
        if (number > 0)
            _crew.Leave(number, isInVain && _dispenser.IsDealt);
    }

    /// <returns>False when there was nothing to do.</returns>
    private bool WorkThrough(int number)
    {
        var pacer = new Pacer(Costs.Typical);
        var pace = IsAuto || _partitioning == Partitioning.Guided ? Pace.Guided : Pace.One;
        var begin = IsAuto ? Stopwatch.GetTimestamp() : 0;
        var version = _ending.Version;
        if (_crew.Ask(number) != Order.Go)
            return true;
        var isAny = false;
        while (_dispenser.TryTake(IsAuto ? pacer.Next : pace, out var chunk))
        {
            if (!isAny)
                _crew.Begin(number);
            isAny = true;
            if (!Do(chunk, number, ref version) || _partitioning == Partitioning.FreshPerItem)
                return true;
            _crew.Grow();
            if (!IsAuto)
                continue;
            var end = Stopwatch.GetTimestamp();
            pacer.Took(chunk.Count, Pacer.Nanoseconds(end - begin), _crew.IsOfOne);
            begin = end;
            if (number == 0 && pacer.IsKnown)
                CallForHelp(pacer.Item);
        }

        return isAny;
    }

    /// <summary>Has others come as soon as what is left is worth it.</summary>
    private void CallForHelp(double item)
    {
        if (_crew.WantMore(Plan.WorkersFor(_dispenser.Untaken, item, int.MaxValue, Costs.Typical)))
            _crew.Recruit();
    }

    /// <returns>False when the worker has to leave.</returns>
    private bool Do(Chunk chunk, int number, ref int version)
    {
        var (body, ending) = (_body, _ending);
        var local = body.Begin();
        var (place, left, shared) = (chunk.First, chunk.Count, 0);
        if (_dispenser.IsDealt)
            left = Share(chunk, ref shared);
        var order = Order.Go;
        while (left > 0 && order == Order.Go)
        {
            try
            {
                for (; left > 0 && ending.Version == version; left--, place += chunk.Step)
                    body.Do(place, ref local);
            }
            catch (Exception exception)
            {
                if (!IsSavedByRetry(exception, place, ref local))
                    _reporter?.Advance();
                (left, place) = (left - 1, place + chunk.Step);
            }

            if (left > 0 && ending.Version is var now && now != version)
            {
                version = now;
                order = _crew.Ask(number);
                if (order == Order.Go)
                    left = Share(new Chunk(place, left, chunk.Step), ref shared);
            }
        }

        body.End(local, chunk with { Count = chunk.Count - shared - left });
        if (left > 0)
            _dispenser.Return(new Chunk(place, left, chunk.Step));
        return order == Order.Go;
    }

    /// <summary>Where there may be more workers and there is nothing for them, half of the rest is.</summary>
    private int Share(Chunk rest, ref int shared)
    {
        if (rest.Count == 1 || !_crew.IsHungry)
            return rest.Count;
        shared += _dispenser.ReturnHalf(rest);
        _crew.Recruit();
        return rest.Count - (rest.Count / 2);
    }

    private bool IsSavedByRetry(Exception exception, int place, ref TLocal local)
    {
        for (var tries = 1; _ending.IsFailure(exception) && _options.Retry.Permits(tries, exception)
            && _options.Retry.PauseAsync(tries, _ending.Token).GetAwaiter().GetResult(); tries++)
        {
            try
            {
                _body.Do(place, ref local);
                return true;
            }
            catch (Exception next)
            {
                exception = next;
            }
        }

        _ending.Fail(_body.ItemAt(place), exception);
        return false;
    }

    /// <summary>A worker on its way to its thread.</summary>
    private sealed class Shift(SyncMap<TBody, TLocal> map, int number) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (map._crew.TryBegin(number))
                map.InContext(this);
        }

        public void Work() => map.Work(number);
    }
}
