extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>A semaphore lets in no more than it may and loses no permit, in every schedule of a few threads, while permits change too.</summary>
public class AsyncSemaphore_Interleavings
{
    [Fact]
    public void No_more_than_two_of_three_are_inside() => Exploration.Of(static () =>
    {
        var (semaphore, inside) = (new AsyncSemaphore(2), new Inside(2));
        void Go() => Visit(semaphore.EnterAsync(), inside);
        return new Model(Go, Go, Go) { Holds = () => inside.IsRight && inside.Visits == 3 && IsFree(semaphore, 2) };
    }).Passes();

    [Fact]
    public void Two_do_get_inside_together() => Exploration.Of(static () =>
    {
        var (semaphore, inside) = (new AsyncSemaphore(2), new Inside(1));
        void Go() => Visit(semaphore.EnterAsync(), inside);
        return new Model(Go, Go) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: it looks whether there is a permit, and takes it a moment later.</summary>
    [Fact]
    public void A_semaphore_that_looks_before_it_takes_lets_two_in() => Exploration.Of(static () =>
    {
        var (free, inside) = (1, new Inside());
        void Go()
        {
            Schedule.Await(() => free > 0);
            Schedule.Point();
            free--;
            inside.Visit();
            free++;
        }

        return new Model(Go, Go) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: it hands a permit to a wait without asking whether that has left meanwhile.</summary>
    [Fact]
    public void A_permit_that_is_handed_to_a_wait_that_has_left_is_lost() => Exploration.Of(static () =>
    {
        var (free, isWaiting, isGranted, isCancelled) = (0, true, false, false);
        return new Model(
            () =>
            {
                var isWanted = isWaiting;
                Schedule.Point();
                if (isWanted)
                    isGranted = true;
                else
                    free++;
            },
            () =>
            {
                Schedule.Await(() => isGranted || isCancelled);
                isWaiting = false;
                free += isGranted ? 1 : 0;
            },
            () => isCancelled = true) { Holds = () => free == 1 };
    }).Fails("the outcome is wrong");

    [Fact]
    public void A_wait_that_is_cancelled_as_a_permit_comes_free_has_it_or_leaves_it() => Exploration.Of(static () =>
    {
        var (semaphore, inside, source) = (new AsyncSemaphore(1), new Inside(), new CancellationTokenSource());
        return new Model(() => Visit(semaphore.EnterAsync(), inside), () => TryVisit(semaphore.EnterAsync(source.Token), inside), source.Cancel)
        {
            Holds = () => inside.IsRight && IsFree(semaphore, 1),
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_token_that_comes_late_ends_no_wait_but_its_own() => Exploration.Of(static () =>
    {
        var (semaphore, inside, source) = (new AsyncSemaphore(1), new Inside(), new CancellationTokenSource());
        semaphore.TryEnter(out var first);
        return new Model(
            () =>
            {
                first.Dispose();
                Visit(semaphore.EnterAsync(), inside);
            },
            () =>
            {
                TryVisit(semaphore.EnterAsync(source.Token), inside);
                Visit(semaphore.EnterAsync(), inside);
            },
            source.Cancel)
        {
            Holds = () => inside.IsRight && inside.Visits >= 2 && IsFree(semaphore, 1),
        };
    }).Passes();

    [Fact]
    public void More_permits_let_those_in_who_wait() => Exploration.Of(static () =>
    {
        var (semaphore, inside) = (new AsyncSemaphore(1), new Inside(3));
        semaphore.TryEnter(out var kept);
        return new Model(() => Visit(semaphore.EnterAsync(), inside), () => Visit(semaphore.EnterAsync(), inside), () => semaphore.Permits = 3)
        {
            Holds = () =>
            {
                kept.Dispose();
                return inside.IsRight && inside.Visits == 2 && IsFree(semaphore, 3);
            },
        };
    }).Passes();

    [Fact]
    public void With_less_permits_so_many_are_left_in_the_end() => Exploration.Of(static () =>
    {
        var (semaphore, inside) = (new AsyncSemaphore(2), new Inside(2));
        semaphore.TryEnter(out var kept);
        return new Model(() => semaphore.Permits = 1, () => Visit(semaphore.EnterAsync(), inside), kept.Dispose)
        {
            Holds = () => inside.IsRight && inside.Visits == 1 && IsFree(semaphore, 1),
        };
    }).Passes();

    [Fact]
    public void All_for_whom_there_are_more_permits_get_in_at_once() => Exploration.Of(static () =>
    {
        var semaphore = new AsyncSemaphore(1);
        semaphore.TryEnter(out _);
        var (one, other) = (semaphore.EnterAsync(), semaphore.EnterAsync());
        return new Model(() => semaphore.Permits = 3) { Holds = () => one.IsCompleted && other.IsCompleted && !semaphore.TryEnter(out _) };
    }).Passes();

    [Fact]
    public void Of_two_that_try_at_once_one_gets_in() => OneGetsIn(isTimed: false);

    [Fact]
    public void Of_two_that_try_for_no_time_one_gets_in() => OneGetsIn(isTimed: true);

    [Fact]
    public void A_scope_that_two_threads_dispose_of_gives_back_once() => Exploration.Of(static () =>
    {
        var (semaphore, inside) = (new AsyncSemaphore(1), new Inside());
        semaphore.TryEnter(out var twice);
        return new Model(twice.Dispose, twice.Dispose, () => Visit(semaphore.EnterAsync(), inside), () => Visit(semaphore.EnterAsync(), inside))
        {
            Holds = () => inside.IsRight && IsFree(semaphore, 1),
        };
    }).Passes();

    [Fact]
    public void A_scope_knows_at_once_whether_it_is_held() => Exploration.Of(static () =>
    {
        var (semaphore, missed) = (new AsyncSemaphore(1), 0);
        return new Model(() =>
        {
            for (var i = 1; i <= 3; i++)
            {
                semaphore.Permits = i;
                missed += semaphore.Permits == i && semaphore.TryEnter(out var scope) && scope.IsHeld && Ended(scope) ? 0 : 1;
            }
        }) { Holds = () => missed == 0 };

        static bool Ended(AsyncSemaphore.Scope scope)
        {
            scope.Dispose();
            return !scope.IsHeld;
        }
    }).Passes();

    private static void OneGetsIn(bool isTimed) => Exploration.Of(() =>
    {
        var (semaphore, got) = (new AsyncSemaphore(1), 0);
        void Try()
        {
            var isIn = isTimed ? Waiting.Result(semaphore.TryEnterAsync(TimeSpan.Zero)).IsHeld : semaphore.TryEnter(out _);
            got += isIn ? 1 : 0;
        }

        return new Model(Try, Try) { Holds = () => got == 1 };
    }).Passes();

    private static void Visit(ValueTask<AsyncSemaphore.Scope> entering, Inside inside)
    {
        using (Waiting.Result(entering))
            inside.Visit();
    }

    private static void TryVisit(ValueTask<AsyncSemaphore.Scope> entering, Inside inside)
    {
        if (Waiting.Got(entering, out var scope))
            using (scope)
                inside.Visit();
    }

    /// <summary>Exactly so many permits are free.</summary>
    private static bool IsFree(AsyncSemaphore semaphore, int permits)
    {
        var scopes = new List<AsyncSemaphore.Scope>();
        while (scopes.Count <= permits && semaphore.TryEnter(out var scope))
            scopes.Add(scope);
        scopes.ForEach(static scope => scope.Dispose());
        return scopes.Count == permits;
    }
}
