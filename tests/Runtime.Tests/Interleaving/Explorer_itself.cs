using Xunit;

namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>The explorer finds what is wrong and nothing else: models with a known defect, and the same models without it.</summary>
public class Explorer_itself
{
    private static Model Additions(bool locked)
    {
        var (gate, sum) = (new object(), 0);
        void Add()
        {
            if (locked)
                default(ExploredLocking).Enter(gate);
            var before = sum;
            Schedule.Point();
            sum = before + 1;
            if (locked)
                Monitor.Exit(gate);
        }

        return new Model(Add, Add) { Holds = () => sum == 2 };
    }

    private static Model Flags(int order)
    {
        var (first, second, failed) = (false, false, false);
        return new Model(
            () =>
            {
                first = true;
                Schedule.Point();
                second = true;
            },
            () =>
            {
                Schedule.Await(() => order == 0 ? first : second);
                failed = !second;
            }) { Holds = () => !failed };
    }

    [Fact]
    public void Finds_a_lost_update_and_none_under_a_lock()
    {
        Assert.Equal("the outcome is wrong", Exploration.Of(() => Additions(locked: false), preemptions: 1).Failure);
        Assert.Null(Exploration.Of(() => Additions(locked: true), preemptions: 4).Failure);
    }

    [Fact]
    public void Finds_what_was_waited_for_too_early_and_not_what_was_waited_for_right()
    {
        Assert.Equal("the outcome is wrong", Exploration.Of(() => Flags(order: 0)).Failure);
        Assert.Null(Exploration.Of(() => Flags(order: 1), preemptions: 4).Failure);
    }

    [Fact]
    public void Says_who_waits_for_ever() =>
        Assert.Equal("threads 1 wait for ever", Exploration.Of(() => new Model(static () => { }, static () => Schedule.Await(static () => false))).Failure);

    [Fact]
    public void Says_what_was_thrown() =>
        Assert.Contains("on purpose", Exploration.Of(() => new Model(static () => throw new InvalidOperationException("on purpose"))).Failure);

    [Fact]
    public void Fails_again_when_the_schedule_is_repeated()
    {
        var found = Exploration.Of(() => Additions(locked: false));
        for (var i = 0; i < 10; i++)
            Assert.Equal(found.Failure, Schedule.Run(Additions(locked: false), found.Failing!).Failure);
    }

    [Fact]
    public void Runs_every_schedule_once()
    {
        // Two threads of three steps each: 6! / (3! 3!) ways to put them in a row.
        var seen = new List<string>();
        Model Steps()
        {
            var way = "";
            seen.Add("");
            void Go(char name)
            {
                for (var i = 0; i < 3; i++)
                {
                    if (i > 0)
                        Schedule.Point();
                    way += name;
                    seen[^1] = way;
                }
            }

            return new Model(() => Go('a'), () => Go('b'));
        }

        Assert.Null(Exploration.Of(Steps, preemptions: int.MaxValue).Failure);
        Assert.Equal(20, seen.Count);
        Assert.Equal(20, seen.Distinct().Count());
    }
}
