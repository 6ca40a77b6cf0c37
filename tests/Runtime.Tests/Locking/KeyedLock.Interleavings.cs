extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>A key excludes, is cleared away when nobody uses it, and never from under who does, in every schedule of a few threads.</summary>
public class KeyedLock_Interleavings
{
    [Fact]
    public void One_is_inside_for_each_key() => Exploration.Of(static () =>
    {
        var (keys, one, other) = (new KeyedLock<int>(), new Inside(), new Inside());
        return new Model(() => Visit(keys, 1, one), () => Visit(keys, 1, one), () => Visit(keys, 2, other))
        {
            Holds = () => one.IsRight && other.IsRight && keys.Count == 0,
        };
    }).Passes();

    [Fact]
    public void A_key_that_is_cleared_away_is_not_found_by_who_comes_next() => Exploration.Of(static () =>
    {
        var (keys, inside) = (new KeyedLock<int>(), new Inside());
        void Twice()
        {
            Visit(keys, 1, inside);
            Visit(keys, 1, inside);
        }

        return new Model(Twice, Twice) { Holds = () => inside.IsRight && inside.Visits == 4 && keys.Count == 0 };
    }).Passes();

    /// <summary>What most people write: a dictionary of locks that are removed when they are free.</summary>
    [Fact]
    public void A_dictionary_of_locks_that_are_cleared_away_lets_two_in() => Exploration.Of(static () =>
    {
        var (locks, inside) = (new Dictionary<int, AsyncLock>(), new Inside());
        void Visit()
        {
            Schedule.Point();
            if (!locks.TryGetValue(1, out var gate))
                locks.Add(1, gate = new AsyncLock());
            using (Waiting.Result(gate.EnterAsync()))
                inside.Visit();
            Schedule.Point();
            if (!gate.IsHeld)
                locks.Remove(1);
        }

        return new Model(Visit, Visit, Visit) { Holds = () => inside.IsRight };
    }, preemptions: 3).Fails("the outcome is wrong");

    [Fact]
    public void Keys_of_one_hash_code_are_not_mixed_up() => Exploration.Of(static () =>
    {
        var (keys, one, other) = (new KeyedLock<int>(new Colliding()), new Inside(), new Inside());
        return new Model(() => Visit(keys, 1, one), () => Visit(keys, 1, one), () => Visit(keys, 2, other))
        {
            Holds = () => one.IsRight && other.IsRight && keys.Count == 0,
        };
    }).Passes();

    [Fact]
    public void A_wait_that_is_cancelled_as_the_key_comes_free_has_it_or_leaves_it() => Exploration.Of(static () =>
    {
        var (keys, inside, source) = (new KeyedLock<int>(), new Inside(), new CancellationTokenSource());
        return new Model(() => Visit(keys, 1, inside), () => TryVisit(keys, 1, inside, source.Token), source.Cancel)
        {
            Holds = () => inside.IsRight && keys.Count == 0,
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_token_that_comes_late_ends_no_wait_but_its_own() => Exploration.Of(static () =>
    {
        var (keys, inside, source) = (new KeyedLock<int>(new Colliding()), new Inside(), new CancellationTokenSource());
        keys.TryEnter(1, out var first);
        keys.TryEnter(2, out var second);
        return new Model(first.Dispose, second.Dispose, source.Cancel, () =>
        {
            TryVisit(keys, 1, inside, source.Token);
            Visit(keys, 2, inside);
        })
        {
            Holds = () => inside.IsRight && inside.Visits >= 1 && keys.Count == 0,
        };
    }).Passes();

    [Fact]
    public void A_scope_that_two_threads_dispose_of_gives_back_once() => Exploration.Of(static () =>
    {
        var (keys, inside) = (new KeyedLock<int>(), new Inside());
        keys.TryEnter(1, out var twice);
        return new Model(twice.Dispose, twice.Dispose, () => Visit(keys, 1, inside), () => Visit(keys, 1, inside))
        {
            Holds = () => inside.IsRight && keys.Count == 0,
        };
    }).Passes();

    [Fact]
    public void A_scope_knows_at_once_whether_it_is_held() => Exploration.Of(static () =>
    {
        var (keys, missed) = (new KeyedLock<int>(), 0);
        return new Model(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                missed += keys.TryEnter(1, out var scope) && scope.IsHeld && keys.Count == 1 ? 0 : 1;
                scope.Dispose();
                missed += scope.IsHeld || keys.Count != 0 ? 1 : 0;
            }
        }) { Holds = () => missed == 0 };
    }).Passes();

    private static void Visit(KeyedLock<int> keys, int key, Inside inside)
    {
        using (Waiting.Result(keys.EnterAsync(key)))
            inside.Visit();
    }

    private static void TryVisit(KeyedLock<int> keys, int key, Inside inside, CancellationToken token)
    {
        if (Waiting.Got(keys.EnterAsync(key, token), out var scope))
            using (scope)
                inside.Visit();
    }

    private sealed class Colliding : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj) => 0;
    }
}
