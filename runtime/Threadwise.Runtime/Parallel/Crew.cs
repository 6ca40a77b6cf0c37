namespace Threadwise;

/// <summary>What a worker is to do before its next item.</summary>
internal enum Order
{
    Go,
    Leave,
    Stop,
}

/// <summary>What is known of the worker of a number.</summary>
internal enum Place
{
    /// <summary>There is none.</summary>
    Free,

    /// <summary>It was called, and has not found anything to do.</summary>
    Called,

    /// <summary>It has found something to do.</summary>
    Busy,
}

/// <summary>The workers of one map. Each has a number below the degree, and no two the same; worker 0 stays to the end.</summary>
/// <remarks>Under the lock nothing is called that could wait or that others have written.</remarks>
/// <param name="degree">How many there may be, at every moment.</param>
/// <param name="budget">What all but worker 0 are taken from.</param>
/// <param name="ending">Whether the map has stopped.</param>
/// <param name="work">What they come for.</param>
/// <param name="most">More would find nothing to do.</param>
/// <param name="start">Makes a worker of that number begin, sooner or later.</param>
/// <param name="waitsForAll">Whether the map ends only when all have left that were called; otherwise those that have not begun are not waited for, and will find that it is over.</param>
internal sealed class Crew(Degree degree, Budget budget, Ending ending, IWork work, int most, bool waitsForAll, Action<int> start)
{
    private readonly Gate _gate = new();
    private readonly ManualResetEventSlim? _news = waitsForAll ? null : new(false, spinCount: 0);

    // What follows is changed under the gate. Some of it is read without: where an old value does no harm.
    private Place[] _places = [Place.Free];
    private int _wanted = int.MaxValue;
    private int _atWork;
    private bool _isShort;
    private bool _isOver;

    /// <summary>Whether no other worker than the caller is wanted; a hint.</summary>
    public bool IsOfOne => _wanted == 1;

    /// <summary>Whether somebody could still do something.</summary>
    public bool GoesOn => work.HasMore && !ending.IsStopped;

    private int Limit => Math.Max(1, Math.Min(degree.Value, Math.Min(_wanted, most)));

    /// <summary>The caller is worker 0.</summary>
    public void Join()
    {
        _places[0] = Place.Called;
        _atWork = 1;
    }

    /// <summary>Works with so many until it is known whether more are worth it.</summary>
    public void Want(int workers)
    {
        using (_gate.Enter())
            _wanted = workers;
    }

    /// <returns>Whether that is more than before.</returns>
    public bool WantMore(int workers)
    {
        using (_gate.Enter())
        {
            if (workers <= _wanted)
                return false;
            _wanted = workers;
            return true;
        }
    }

    /// <summary>Calls workers in until there are as many as there may be.</summary>
    public void Recruit()
    {
        // Worker 0 may rest, having found nothing before.
        _news?.Set();
        while (Reserve() is var number and >= 0)
            start(number);
    }

    /// <summary>Calls in those for whom there was nothing left in the budget, if there is now.</summary>
    public void Grow()
    {
        if (Volatile.Read(ref _isShort) && budget.HasFree)
            Recruit();
    }

    /// <summary>The degree has changed. Who changes it knows better what the work is worth.</summary>
    public void Adjust()
    {
        Want(int.MaxValue);
        ending.LookUp();
        Recruit();
    }

    /// <summary>A worker that was called is there.</summary>
    /// <returns>False when the map is over; then it has no number any more.</returns>
    public bool TryBegin(int number)
    {
        using (_gate.Enter())
        {
            if (_isOver)
                return false;
            _atWork += waitsForAll ? 0 : 1;
            return true;
        }
    }

    /// <summary>Whether there could be more workers that have something to do, or will be when they come, if there were something for them.</summary>
    /// <remarks>The gate is not needed: with it too, the answer may be old as soon as it is given. Who has come in vain has the others look up after that, and so ask again; who
    /// shares for nobody takes back what it gave.</remarks>
    public bool IsHungry => !work.HasMore && _places.Count(static place => place == Place.Busy) < Limit;

    /// <summary>A worker has found something to do.</summary>
    public void Begin(int number)
    {
        using (_gate.Enter())
            _places[number] = Place.Busy;
    }

    /// <summary>What a worker is to do now.</summary>
    /// <remarks>The gate is not needed: who changes the limit has workers look up after that, and so ask again, and who leaves looks whether it could have stayed.</remarks>
    public Order Ask(int number) => ending.IsStopped ? Order.Stop : number < Limit ? Order.Go : Order.Leave;

    /// <summary>A worker leaves, having returned what it has not done.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isInVain">Whether it has found nothing, though not all was done: the others are to look up, and share what they have.</param>
    public void Leave(int number, bool isInVain)
    {
        // Before it leaves: then the map may end, and who runs it finds all its workers back in the budget.
        if (number > 0)
            budget.Give();
        using (_gate.Enter())
        {
            _places[number] = Place.Free;
            _atWork--;
        }

        _news?.Set();
        if (isInVain)
            ending.LookUp();
        // Somebody may have looked at this worker's number while it had not left it, or at the work before it returned some.
        Recruit();
    }

    /// <summary>Ends the map if nobody is at work any more, not counting the caller, and there is nothing left to do.</summary>
    /// <returns>True once.</returns>
    public bool TryEnd(bool callerIsWorker)
    {
        int called;
        using (_gate.Enter())
        {
            if (_isOver || _atWork > (callerIsWorker ? 1 : 0) || GoesOn)
                return false;
            _isOver = true;
            called = waitsForAll ? 0 : _places.Skip(1).Count(static place => place != Place.Free);
        }

        if (called > 0)
            budget.Give(called);
        return true;
    }

    /// <summary>Worker 0 waits until the others have left or returned something.</summary>
    public void Rest()
    {
        while (true)
        {
            _news!.Reset();
            using (_gate.Enter())
            {
                _places[0] = Place.Called;
                if (_atWork <= 1 || GoesOn)
                    return;
            }

            _news.Wait();
        }
    }

    private int Reserve()
    {
        using (_gate.Enter())
        {
            if (_isOver || !GoesOn)
                return -1;
            var limit = Limit;
            for (var number = 0; number < limit; number++)
            {
                if (number == _places.Length)
                    Array.Resize(ref _places, 2 * number);
                if (_places[number] != Place.Free)
                    continue;
                // Worker 0 works in the place of the code that runs the map.
                _isShort = number > 0 && !budget.TryTake();
                if (_isShort)
                    return -1;
                _places[number] = Place.Called;
                _atWork += waitsForAll ? 1 : 0;
                return number;
            }

            return -1;
        }
    }
}
