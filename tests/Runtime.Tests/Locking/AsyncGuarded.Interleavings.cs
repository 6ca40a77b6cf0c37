extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>A guarded value is reached by one at a time, in every schedule in which nobody has to wait, and in many in which some do.</summary>
public class AsyncGuarded_Interleavings
{
    [Fact]
    public void Of_those_who_try_at_once_who_gets_in_is_alone_with_the_value() => Exploration.Of(static () =>
    {
        var (guarded, got) = (new AsyncGuarded<int>(0), 0);
        void Try()
        {
            if (!guarded.TryEnter(out var scope))
                return;
            got++;
            using (scope)
                Add(scope);
        }

        return new Model(Try, Try, Try) { Holds = () => got >= 1 && Value(guarded) == got };
    }).Passes();

    [Fact]
    public void A_scope_that_was_given_back_reaches_no_value_of_who_came_next() => Exploration.Of(static () =>
    {
        var (guarded, reached) = (new AsyncGuarded<int>(0), false);
        guarded.TryEnter(out var old);
        return new Model(
            () =>
            {
                old.Dispose();
                reached = CanReach(old);
                old.Dispose();
            },
            () =>
            {
                if (!guarded.TryEnter(out var scope))
                    return;
                using (scope)
                {
                    Add(scope);
                    reached |= !scope.IsHeld;
                }
            }) { Holds = () => !reached && Value(guarded) <= 1 };
    }, preemptions: 4).Passes();

    [Fact]
    public void Nothing_is_lost_of_what_three_do_in_turn() => Exploration.OfRandom(static () =>
    {
        var guarded = new AsyncGuarded<int>(0);
        void Visit()
        {
            using var scope = Waiting.Result(guarded.EnterAsync());
            Add(scope);
        }

        return new Model(Visit, Visit, Visit) { Holds = () => Value(guarded) == 3 };
    }, schedules: 500).Passes();

    [Fact]
    public void A_wait_that_is_cancelled_as_the_value_comes_free_has_it_or_leaves_it() => Exploration.OfRandom(static () =>
    {
        var (guarded, source, visits) = (new AsyncGuarded<int>(0), new CancellationTokenSource(), 0);
        void Visit(CancellationToken token)
        {
            if (!Waiting.Got(guarded.EnterAsync(token), out var scope))
                return;
            visits++;
            using (scope)
                Add(scope);
        }

        return new Model(() => Visit(default), () => Visit(source.Token), source.Cancel) { Holds = () => visits >= 1 && Value(guarded) == visits };
    }, schedules: 500).Passes();

    /// <summary>The broken control: the value is read in one scope and written in the next.</summary>
    [Fact]
    public void A_value_that_is_carried_from_one_scope_into_another_is_lost() => Exploration.Of(static () =>
    {
        var guarded = new AsyncGuarded<int>(0);
        void Add()
        {
            int before;
            using (var scope = Entered(guarded))
                before = scope.Value;
            using (var scope = Entered(guarded))
                scope.Value = before + 1;
        }

        return new Model(Add, Add) { Holds = () => Value(guarded) == 2 };
    }).Fails("the outcome is wrong");

    private static void Add(AsyncGuarded<int>.Scope scope)
    {
        var before = scope.Value;
        Schedule.Point();
        scope.Value = before + 1;
    }

    private static AsyncGuarded<int>.Scope Entered(AsyncGuarded<int> guarded)
    {
        AsyncGuarded<int>.Scope scope;
        while (!guarded.TryEnter(out scope))
            Schedule.Yield();
        return scope;
    }

    private static int Value(AsyncGuarded<int> guarded)
    {
        Assert.True(guarded.TryEnter(out var scope), "it was not given back");
        using (scope)
            return scope.Value;
    }

    private static bool CanReach(AsyncGuarded<int>.Scope scope)
    {
        try
        {
            return scope.Value >= 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
