namespace Threadwise.Analyzers.Engine;

/// <summary>A place where a thread gives a lock back until somebody pulses it.</summary>
/// <param name="IsRepeated">Control can come back here: woken, the thread may look again and wait on.</param>
/// <param name="LooksAgain">What it waited for is tested again before the lock is given back.</param>
/// <param name="While">What is known of the state whenever it waits.</param>
internal sealed record Waiter(Body Body, Wait Wait, bool IsRepeated, bool LooksAgain, ImmutableArray<Test> While)
{
    /// <summary>All who wait in a type under a lock that they took themselves.</summary>
    public static ImmutableArray<Waiter> In(TypeModel type) => ImmutableArray.CreateRange(
        from body in type.Bodies
        where body.Events.Any(e => e is Wait)
        let ways = new Ways(body.Flow)
        from at in type.Positions(body)
        where at.Event is Wait wait && at.Before.Must.Any(held => held.Lock.Place.Equals(wait.Lock) && !held.Assumed)
        select At(body, ways, at.Node, at.Index, (Wait)at.Event));

    private static Waiter At(Body body, Ways ways, int node, int index, Wait wait)
    {
        var before = ways.Before(node, index, e => e is Acquire taken && taken.Lock.Place.Equals(wait.Lock)).OfType<Test>().ToList();
        // A test whose both outcomes lead here says nothing.
        var holds = before.Where(test => !before.Any(other => other.Place.Equals(test.Place) && other.Is == test.Is.Opposite))
            .GroupBy(test => (test.Place, test.Is)).Select(same => same.First()).ToImmutableArray();
        var again = ways.After(node, index, e => e is Release given && given.Lock.Equals(wait.Lock)).OfType<Test>()
            .Any(test => holds.IsEmpty || holds.Any(known => known.Place.Equals(test.Place)));
        return new(body, wait, ways.Returns(node), again, holds);
    }

    /// <summary>A change after which this waiter may go on.</summary>
    public bool MayGoOnAfter(Update change) => While.Any(test => test.Place.Equals(change.Place) && test.Is.MayEndWith(change.To));
}
