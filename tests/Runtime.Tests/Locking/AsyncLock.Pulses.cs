extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Waiting for a pulse: none is lost, and the scope that waited is the one that holds the lock again.</summary>
public class AsyncLock_Pulses_Interleavings
{
    [Fact]
    public void Who_waits_for_a_state_sees_it_come() => Exploration.Of(static () =>
    {
        var (gate, inside, ready) = (new AsyncLock(), new Inside(), false);
        return new Model(
            () => Take(gate, inside, () => ready, default),
            () =>
            {
                using var scope = Waiting.Result(gate.EnterAsync());
                inside.Visit();
                ready = true;
                scope.Pulse();
            })
        {
            Holds = () => inside.IsRight && !gate.IsHeld,
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void Without_a_pulse_it_waits_for_ever() => Exploration.Of(static () =>
    {
        var (gate, inside, ready) = (new AsyncLock(), new Inside(), false);
        return new Model(() => Take(gate, inside, () => ready, default), () =>
        {
            using (Waiting.Result(gate.EnterAsync()))
                ready = true;
        });
    }).Fails("wait for ever");

    [Fact]
    public void A_pulse_to_all_wakes_all() => Exploration.Of(static () =>
    {
        var (gate, inside, ready) = (new AsyncLock(), new Inside(), false);
        return new Model(
            () => Take(gate, inside, () => ready, default),
            () => Take(gate, inside, () => ready, default),
            () =>
            {
                using var scope = Waiting.Result(gate.EnterAsync());
                ready = true;
                scope.PulseAll();
            })
        {
            Holds = () => inside.IsRight && inside.Visits == 2 && !gate.IsHeld,
        };
    }).Passes();

    [Fact]
    public void A_pulse_to_one_is_not_enough_for_two() => Exploration.Of(static () =>
    {
        var (gate, inside, ready) = (new AsyncLock(), new Inside(), false);
        return new Model(() => Take(gate, inside, () => ready, default), () => Take(gate, inside, () => ready, default), () =>
        {
            using var scope = Waiting.Result(gate.EnterAsync());
            ready = true;
            scope.Pulse();
        });
    }).Fails("wait for ever");

    /// <summary>One item for two takers, one of whom may be cancelled: the other gets it, or the one who has it hands it on.</summary>
    [Fact]
    public void A_pulse_is_not_lost_to_who_is_cancelled() => Exploration.Of(static () =>
    {
        var (gate, inside, items, source) = (new AsyncLock(), new Inside(), 0, new CancellationTokenSource());
        void Put(AsyncLock.Scope scope)
        {
            items++;
            scope.Pulse();
        }

        return new Model(
            () =>
            {
                using var scope = Waiting.Result(gate.EnterAsync());
                if (!TryWait(scope, () => items > 0, source.Token))
                    return;
                inside.Visit();
                items--;
                Put(scope);
            },
            () => Take(gate, inside, () => items > 0 && items-- > 0, default),
            () =>
            {
                using var scope = Waiting.Result(gate.EnterAsync());
                Put(scope);
            },
            source.Cancel)
        {
            Holds = () => inside.IsRight && items == 0 && !gate.IsHeld,
        };
    }).Passes();

    [Fact]
    public void Scopes_of_before_never_release_one_that_has_waited() => Exploration.Of(static () =>
    {
        var (gate, inside, ready) = (new AsyncLock(), new Inside(), false);
        return new Model(
            () => Take(gate, inside, () => ready, default),
            () =>
            {
                var scope = Waiting.Result(gate.EnterAsync());
                ready = true;
                scope.PulseAll();
                scope.Dispose();
                scope.Dispose();
                var later = Waiting.Result(gate.EnterAsync());
                scope.Dispose();
                inside.Visit();
                later.Dispose();
            },
            () =>
            {
                using (Waiting.Result(gate.EnterAsync()))
                    inside.Visit();
            })
        {
            Holds = () => inside.IsRight && inside.Visits == 3 && !gate.IsHeld,
        };
    }).Passes();

    [Fact]
    public void Of_two_waits_that_begin_at_once_each_is_used_by_one() => Exploration.Of(static () =>
    {
        // There is one to be used again.
        var gate = new AsyncLock();
        gate.TryEnter(out var first);
        var second = gate.EnterAsync();
        first.Dispose();
        var scope = Waiting.Result(second);
        return new Model(() =>
        {
            Waiting.Result(scope.WaitAsync());
            scope.Dispose();
        }, () =>
        {
            using var other = Waiting.Result(gate.EnterAsync());
            other.Pulse();
        }) { Holds = () => !gate.IsHeld };
    }).Passes();

    [Fact]
    public void When_the_last_in_line_leaves_an_earlier_turn_that_goes_on_is_not_given_back_as_if_it_were_the_latest() => Exploration.Of(static () =>
    {
        var (gate, source) = (new AsyncLock(), new CancellationTokenSource());
        return new Model(() =>
        {
            gate.TryEnter(out var earlier);
            var again = earlier.WaitAsync();
            gate.TryEnter(out var later);
            later.Pulse();
            later.Dispose();
            Waiting.Result(again);
            var last = gate.EnterAsync(source.Token);
            source.Cancel();
            Assert.False(Waiting.Got(last, out _));
            earlier.Dispose();
            gate.TryEnter(out var next);
            later.Dispose();
            Assert.True(next.IsHeld);
        });
    }).Passes();

    private static void Take(AsyncLock gate, Inside inside, Func<bool> isReady, CancellationToken token)
    {
        using var scope = Waiting.Result(gate.EnterAsync(CancellationToken.None));
        if (TryWait(scope, isReady, token))
            inside.Visit();
    }

    /// <summary>Holds the lock when it returns, and only then.</summary>
    private static bool TryWait(AsyncLock.Scope scope, Func<bool> isReady, CancellationToken token)
    {
        while (!isReady())
        {
            try
            {
                Waiting.Result(scope.WaitAsync(token));
            }
            catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == token && token.IsCancellationRequested)
            {
                Assert.True(scope.IsHeld);
                return false;
            }

            Assert.True(scope.IsHeld);
        }

        return true;
    }
}
