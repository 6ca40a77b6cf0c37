extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>The lock inside ordered locks lets one in at a time, and nobody waits for ever, whoever is interrupted.</summary>
public class Latch_Interleavings
{
    [Fact]
    public void One_is_inside_at_a_time() => Exploration.Of(static () =>
    {
        var (latch, inside) = (new Latch(), new Inside());
        void Visit()
        {
            latch.Enter();
            inside.Visit();
            latch.Exit();
        }

        return new Model(Visit, Visit, Visit) { Holds = () => inside.IsRight && inside.Visits == 3 };
    }).Passes();

    [Fact]
    public void Who_is_interrupted_as_it_is_woken_leaves_that_to_the_next() => Exploration.Of(static () =>
    {
        var latch = new Latch();
        return TwoWait(latch.Enter, latch.Exit);
    }).Passes();

    [Fact]
    public void Who_is_interrupted_as_it_gives_it_back_wakes_another_all_the_same() => Exploration.Of(static () =>
    {
        var (latch, hasLeft) = (new Latch(), false);
        latch.Enter();
        return new Model(
            () =>
            {
                latch.Exit();
                hasLeft = true;
            },
            () =>
            {
                latch.Enter();
                latch.Exit();
            },
            static () => Schedule.Interrupt(0)) { Holds = () => hasLeft && latch.TryEnter() };
    }, preemptions: 3).Passes();

    /// <summary>The broken control: who is interrupted does not say that it was woken.</summary>
    [Fact]
    public void Where_who_is_interrupted_just_leaves_the_next_waits_for_ever() => Exploration.Of(static () =>
    {
        var (gate, isTaken) = (new object(), false);
        void Enter()
        {
            Monitor.Enter(gate);
            try
            {
                while (isTaken)
                    Monitor.Wait(gate);
                isTaken = true;
            }
            finally
            {
                Monitor.Exit(gate);
            }
        }

        void Exit()
        {
            isTaken = false;
            Monitor.Pulse(gate);
        }

        return TwoWait(Enter, Exit);
    }).Fails("wait for ever");

    /// <summary>One has it, two want it, and one of these is interrupted.</summary>
    private static Model TwoWait(Action enter, Action exit)
    {
        enter();
        void Visit()
        {
            enter();
            Schedule.Point();
            exit();
        }

        return new Model(exit, () => Record.Exception(Visit), Visit, static () => Schedule.Interrupt(1));
    }
}
