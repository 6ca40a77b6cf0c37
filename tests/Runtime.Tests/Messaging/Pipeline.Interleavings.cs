extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

using explored::Threadwise;

/// <summary>Every item goes through all stages once, no more at a time than the degree, and nothing runs after the end, in many schedules of the stages of a small pipeline.</summary>
public class Pipeline_Interleavings
{
    [Fact]
    public void Every_item_comes_out_once() => Explore(static () => Run(false, static (_, _) => { }, static () => { }, static (run, results) =>
        run.IsCompletedSuccessfully && results.Order().SequenceEqual([10, 20, 30])));

    [Fact]
    public void Every_item_comes_out_once_and_in_order() => Explore(static () => Run(true, static (_, _) => { }, static () => { }, static (run, results) =>
        run.IsCompletedSuccessfully && results.SequenceEqual([10, 20, 30])));

    [Fact]
    public void One_fault_stops_all_and_is_what_is_thrown() => Explore(static () => Run(true, static (item, _) =>
    {
        if (item == 1)
            throw new FormatException();
    }, static () => { }, static (run, results) => run.Exception?.InnerException is FormatException && results.Count == 0));

    [Fact]
    public void A_fault_out_of_order_stops_all_too() => Explore(static () => Run(false, static (item, _) =>
    {
        if (item == 2)
            throw new FormatException();
    }, static () => { }, static (run, results) => run.Exception?.InnerException is FormatException && !results.Contains(20)));

    [Fact]
    public void A_run_that_is_cancelled_ends_as_such_or_had_ended() => Explore(static () =>
    {
        var source = new CancellationTokenSource();
        return Run(true, static (_, _) => { }, source.Cancel, static (run, results) => run.IsCanceled || (run.IsCompletedSuccessfully && results.SequenceEqual([10, 20, 30])), source.Token);
    });

    /// <summary>The broken control: a queue that the first worker closes which finds no more work.</summary>
    [Fact]
    public void Where_the_first_worker_that_ends_closes_the_queue_an_item_is_lost() => Exploration.Of(static () =>
    {
        var (input, output, isClosed) = (new Queue<int>([1, 2]), new List<int>(), false);
        void Work()
        {
            while (input.TryDequeue(out var item))
            {
                Schedule.Point();
                if (!isClosed)
                    output.Add(item);
            }

            isClosed = true;
        }

        return new Model(Work, Work) { Holds = () => output.Count == 2 };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: a stage that looks whether there is room for another, and begins one later.</summary>
    [Fact]
    public void A_stage_that_looks_before_it_begins_works_on_too_many() => Exploration.Of(static () =>
    {
        var inside = new Inside();
        var working = 0;
        void Begin()
        {
            Schedule.Await(() => working < 1);
            Schedule.Point();
            working++;
            inside.Visit();
            working--;
        }

        return new Model(Begin, Begin) { Holds = () => inside.IsRight };
    }).Fails("the outcome is wrong");

    private static void Explore(Func<Model> model) => Exploration.OfRandom(model, schedules: 1_000).Passes();

    /// <summary>Three items, two at a time, through queues for one; and somebody who does something meanwhile.</summary>
    private static Model Run(bool ordered, Action<int, CancellationToken> stage, Action meanwhile, Func<Task, List<int>, bool> isRight, CancellationToken token = default)
    {
        var (inside, results, isOver, isLate) = (new Inside(2), new List<int>(), false, false);
        Task? run = null;
        return new Model(() =>
        {
            run = Pipeline.From(new[] { 1, 2, 3 }, capacity: 1).Then((item, token) =>
            {
                isLate |= isOver;
                inside.Enter();
                Schedule.Point();
                inside.Leave();
                stage(item, token);
                return ValueTask.FromResult(10 * item);
            }, degree: 2, capacity: 1, ordered).Run((result, _) =>
            {
                isLate |= isOver;
                results.Add(result);
                return default;
            }, token);
            Schedule.Await(() => run.IsCompleted);
            isOver = true;
        }, meanwhile)
        {
            Holds = () => inside.IsRight && !isLate && isRight(run!, results),
        };
    }
}
