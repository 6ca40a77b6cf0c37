extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>Whole maps in every schedule of their workers: all items are done once, nothing runs after the end, and one failure comes out.</summary>
public class ParallelMap_Interleavings
{
    private static readonly Partitioning[] All = [Partitioning.Blocks, Partitioning.Cyclic, Partitioning.Guided, Partitioning.One, Partitioning.FreshPerItem];

    [Fact]
    public void Every_item_is_done_once_before_the_end()
    {
        foreach (var partitioning in All)
        {
            Exploration.Of(() => Map(partitioning), preemptions: 1).Passes();
            Exploration.OfRandom(() => Map(partitioning), schedules: 200).Passes();
        }

        static Model Map(Partitioning partitioning)
        {
            var (done, running, wasRunning) = (new int[3], 0, false);
            return new Model(() =>
            {
                ParallelMap.ForEach([0, 1, 2], item =>
                {
                    running++;
                    done[item]++;
                    Schedule.Point();
                    running--;
                }, With(partitioning, 2));
                wasRunning = running > 0;
            }) { Holds = () => !wasRunning && done.All(count => count == 1) };
        }
    }

    [Fact]
    public void A_degree_that_changes_loses_and_repeats_nothing()
    {
        foreach (var partitioning in All)
            Exploration.OfRandom(() => Changing(partitioning), schedules: 300).Passes();

        static Model Changing(Partitioning partitioning)
        {
            var (degree, done) = (new Degree(2), new int[4]);
            return new Model(
                () => ParallelMap.ForEach([0, 1, 2, 3], item =>
                {
                    Schedule.Point();
                    done[item]++;
                }, new MapOptions { Partitioning = partitioning, Degree = degree }),
                () =>
                {
                    degree.Value = 1;
                    Schedule.Point();
                    degree.Value = 3;
                }) { Holds = () => done.All(count => count == 1) };
        }
    }

    /// <summary>Whoever waits for another worker waits for ever where the change of the degree is lost.</summary>
    [Fact]
    public void A_degree_that_goes_up_is_followed_while_an_item_waits() => Exploration.Of(() =>
    {
        var (degree, begun) = (new Degree(1), 0);
        return new Model(
            () => ParallelMap.ForEach([0, 1], _ =>
            {
                begun++;
                Schedule.Await(() => begun == 2);
            }, new MapOptions { Partitioning = Partitioning.One, Degree = degree }),
            () => degree.Value = 2);
    }, preemptions: 1).Passes();

    /// <summary>All is dealt to one when the degree goes up; of the workers that come then, one may find nothing at first.</summary>
    [Theory, InlineData(Partitioning.Blocks), InlineData(Partitioning.Cyclic)]
    public void Where_all_was_dealt_as_many_work_as_the_degree_that_went_up(Partitioning partitioning) => Exploration.OfRandom(() =>
    {
        var (degree, isRaised, begun) = (new Degree(1), false, 0);
        return new Model(
            () => ParallelMap.ForEach([0, 1, 2, 3, 4, 5], item =>
            {
                if (item == 0)
                    Schedule.Await(() => isRaised);
                else if (begun < 3)
                {
                    begun++;
                    Schedule.Await(() => begun == 3);
                }
            }, new MapOptions { Partitioning = partitioning, Degree = degree }),
            () =>
            {
                degree.Value = 3;
                isRaised = true;
            });
    }, schedules: 500).Passes();

    [Fact]
    public void Of_two_failures_one_comes_out() => Exploration.Of(() =>
    {
        var thrown = "";
        return new Model(() =>
        {
            try
            {
                ParallelMap.ForEach([0, 1], Fail, With(Partitioning.One, 2));
            }
            catch (InvalidOperationException exception)
            {
                thrown += exception.Message;
            }
        }) { Holds = () => thrown is "0" or "1" };

        static void Fail(int item)
        {
            Schedule.Point();
            throw new InvalidOperationException($"{item}");
        }
    }, preemptions: 1).Passes();

    [Fact]
    public void A_cancelled_map_ends_as_such() => Exploration.OfRandom(() =>
    {
        var (cancel, done, isCancelled) = (new CancellationTokenSource(), 0, false);
        return new Model(() =>
        {
            try
            {
                ParallelMap.ForEach([0, 1, 2], item =>
                {
                    Schedule.Point();
                    if (item == 1)
                        cancel.Cancel();
                    done++;
                }, With(Partitioning.One, 2), cancellationToken: cancel.Token);
            }
            catch (OperationCanceledException exception)
            {
                isCancelled = exception.CancellationToken == cancel.Token;
            }
        }) { Holds = () => isCancelled && done >= 1 };
    }, schedules: 300).Passes();

    [Fact]
    public void Sums_are_in_order_whoever_makes_them() => Exploration.OfRandom(() =>
    {
        var text = "";
        return new Model(() => text = ParallelMap.Reduce("abcd".ToCharArray(), () => "", (sum, letter) =>
        {
            Schedule.Point();
            return sum + letter;
        }, (one, other) => one + other, With(Partitioning.One, 3))) { Holds = () => text == "abcd" };
    }, schedules: 300).Passes();

    [Fact]
    public void Maps_inside_maps_never_exceed_their_budget() => Exploration.OfRandom(() =>
    {
        var (running, most) = (0, 0);
        return new Model(() =>
        {
            using (DegreeBudget.Limit(2))
                ParallelMap.ForEach([0, 1], _ => ParallelMap.ForEach([0, 1], _ =>
                {
                    most = Math.Max(most, ++running);
                    Schedule.Point();
                    running--;
                }, With(Partitioning.One, 2)), With(Partitioning.One, 2));
        }) { Holds = () => most <= 2 };
    }, schedules: 300).Passes();

    [Fact]
    public void All_workers_of_the_budget_are_back_when_it_ends()
    {
        foreach (var partitioning in new[] { Partitioning.One, Partitioning.Blocks })
            foreach (var fails in new[] { false, true })
                Exploration.Of(() => Map(partitioning, fails)).Passes();

        static Model Map(Partitioning partitioning, bool fails) => new(() =>
        {
            using (DegreeBudget.Limit(2))
            {
                try
                {
                    ParallelMap.ForEach([0, 1], _ => Do(fails), With(partitioning, 2));
                }
                catch (InvalidOperationException)
                {
                }

                Assert.True(Budget.Ambient!.TryTake());
                Assert.False(Budget.Ambient.TryTake());
            }
        });

        static void Do(bool fails)
        {
            Schedule.Point();
            if (fails)
                throw new InvalidOperationException();
        }
    }

    /// <summary>The broken control: a caller that does not wait for those who have begun.</summary>
    [Fact]
    public void An_end_that_nobody_waits_for_is_caught() => Exploration.Of(() =>
    {
        var (dispenser, done, atEnd) = (new Dispenser(3, Partitioning.One, 2), 0, 0);
        void Work()
        {
            while (dispenser.TryTake(Pace.One, out _))
            {
                Schedule.Point();
                done++;
            }
        }

        return new Model(() =>
        {
            Schedule.Fork(Work);
            Work();
            atEnd = done;
        }) { Holds = () => atEnd == 3 };
    }, preemptions: 2).Fails("the outcome is wrong");

    private static MapOptions With(Partitioning partitioning, int degree) => new() { Partitioning = partitioning, Degree = degree };
}
