extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>The lock inside the primitives, whose users see a lock in its place that nothing can be wrong with.</summary>
public class Spin_Interleavings
{
    [Fact]
    public void One_is_inside_at_a_time() => Exploration.Of(static () => Increments(static (ref spin) => spin.Enter())).Passes();

    [Fact]
    public void Who_waits_and_who_comes_back_are_inside_one_at_a_time() => Exploration.Of(static () =>
    {
        var (spin, inside) = (new Spin(), new Inside());
        spin.Enter();
        void Visit()
        {
            spin.Enter();
            inside.Visit();
            spin.Exit();
        }

        return new Model(() =>
        {
            spin.Exit();
            Visit();
        }, Visit) { Holds = () => inside.IsRight };
    }, preemptions: 3).Passes();

    [Fact]
    public void What_is_written_inside_is_seen_by_who_comes_next() => Exploration.Of(static () =>
    {
        var (spin, count) = (new Spin(), 0);
        void Increment()
        {
            spin.Enter();
            Plain.Later(() => count, value => count = value, count + 1);
            spin.Exit();
            Schedule.Point();
        }

        return new Model(Increment, Increment) { Holds = () => count == 2 };
    }).Passes();

    [Fact]
    public void Who_only_looks_is_not_alone() => Exploration.Of(static () => Increments(static (ref spin) => { })).Fails("the outcome is wrong");

    /// <summary>What was written inside is seen by who comes next.</summary>
    private static Model Increments(EnterRef enter)
    {
        var (spin, count) = (new Spin(), 0);
        void Increment()
        {
            enter(ref spin);
            var before = count;
            Schedule.Point();
            count = before + 1;
            spin.Exit();
        }

        return new Model(Increment, Increment) { Holds = () => count == 2 };
    }

    private delegate void EnterRef(ref Spin spin);
}
