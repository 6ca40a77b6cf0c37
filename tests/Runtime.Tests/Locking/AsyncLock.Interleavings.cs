extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>An asynchronous lock excludes, is never lost and never given to two, in every schedule of a few threads that enter, leave, cancel and time out.</summary>
public class AsyncLock_Interleavings
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void One_is_inside_at_a_time() => Exploration.Of(static () => Visits(new AsyncLock(), 2, 1)).Passes();

    [Fact]
    public void Three_threads_all_get_in() => Exploration.Of(static () => Visits(new AsyncLock(), 1, 1, 1)).Passes();

    [Fact]
    public void Random_schedules_of_longer_visits_pass_too() => Exploration.OfRandom(static () => Visits(new AsyncLock(), 3, 3, 2)).Passes();

    [Fact]
    public void Without_a_lock_two_are_inside() => Exploration.Of(static () =>
    {
        var inside = new Inside();
        return new Model(inside.Visit, inside.Visit) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    [Fact]
    public void A_wait_that_is_cancelled_as_the_lock_comes_free_has_the_lock_or_leaves_it_to_others() => Exploration.Of(static () =>
    {
        var (gate, inside, source) = (new AsyncLock(), new Inside(), new CancellationTokenSource());
        return new Model(() => Visit(gate, inside), () => TryVisit(gate, inside, source.Token), source.Cancel)
        {
            Holds = () => inside.IsRight && IsFree(gate),
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_token_that_comes_late_ends_no_wait_but_its_own() => Exploration.Of(static () =>
    {
        var (gate, inside, source) = (new AsyncLock(), new Inside(), new CancellationTokenSource());
        gate.TryEnter(out var first);
        return new Model(
            () =>
            {
                first.Dispose();
                Visit(gate, inside);
            },
            () =>
            {
                TryVisit(gate, inside, source.Token);
                Visit(gate, inside);
            },
            source.Cancel)
        {
            Holds = () => inside.IsRight && inside.Visits >= 2 && IsFree(gate),
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_wait_that_is_cancelled_lets_those_behind_it_in() => Exploration.Of(static () =>
    {
        var (gate, inside, source) = (new AsyncLock(), new Inside(), new CancellationTokenSource());
        gate.TryEnter(out var first);
        var (one, other) = (gate.EnterAsync(source.Token), gate.EnterAsync());
        return new Model(first.Dispose, source.Cancel, () => Use(other, inside), () =>
        {
            if (Waiting.Got(one, out var scope))
                using (scope)
                    inside.Visit();
        })
        {
            Holds = () => inside.IsRight && IsFree(gate),
        };
    }).Passes();

    [Fact]
    public void The_time_is_up_or_the_lock_is_had_and_never_both() => Exploration.Of(static () =>
    {
        var time = new ManualTime();
        var (gate, inside) = (new AsyncLock(timeProvider: time), new Inside());
        return new Model(() => Visit(gate, inside), () => time.Advance(Second), () =>
        {
            using var scope = Waiting.Result(gate.TryEnterAsync(Second));
            if (scope.IsHeld)
                inside.Visit();
            time.Advance(Second);
        })
        {
            Holds = () => inside.IsRight && IsFree(gate) && time.Pending == 0,
        };
    }).Passes();

    [Fact]
    public void A_scope_that_two_threads_dispose_of_gives_back_once() => Exploration.Of(static () =>
    {
        var (gate, inside) = (new AsyncLock(), new Inside());
        gate.TryEnter(out var twice);
        return new Model(twice.Dispose, twice.Dispose, () => Visit(gate, inside), () => Visit(gate, inside))
        {
            Holds = () => inside.IsRight && IsFree(gate),
        };
    }).Passes();

    [Fact]
    public void A_lock_that_is_free_is_got_at_the_first_try() => Exploration.Of(static () =>
    {
        var (gate, missed) = (new AsyncLock(), 0);
        return new Model(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                missed += gate.TryEnter(out var scope) && gate.IsHeld && scope.IsHeld ? 0 : 1;
                scope.Dispose();
                missed += gate.IsHeld || scope.IsHeld ? 1 : 0;
            }
        })
        {
            Holds = () => missed == 0,
        };
    }).Passes();

    private static Model Visits(AsyncLock gate, params int[] times)
    {
        var inside = new Inside();
        return new Model([.. times.Select<int, Action>(count => () =>
        {
            for (var i = 0; i < count; i++)
                Visit(gate, inside);
        })])
        {
            Holds = () => inside.IsRight && inside.Visits == times.Sum() && IsFree(gate),
        };
    }

    private static void Visit(AsyncLock gate, Inside inside) => Use(gate.EnterAsync(), inside);

    private static void Use(ValueTask<AsyncLock.Scope> entering, Inside inside)
    {
        using (Waiting.Result(entering))
            inside.Visit();
    }

    private static void TryVisit(AsyncLock gate, Inside inside, CancellationToken token)
    {
        if (Waiting.Got(gate.EnterAsync(token), out var scope))
            using (scope)
                inside.Visit();
    }

    private static bool IsFree(AsyncLock gate)
    {
        var isFree = gate.TryEnter(out var scope);
        scope.Dispose();
        return isFree && !gate.IsHeld;
    }
}
