extern alias explored;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>Whatever a few threads call, what they see could have been seen by one thread that makes the same calls one after the other, cancellations included.</summary>
public class Linearizability
{
    private const int Programs = 100;
    private const int Schedules = 10;

    /// <summary>Whoever doubts tries others.</summary>
    private const ulong Seed = 6;

    [Fact]
    public void A_countdown_is() => Check([Kind.Signal, Kind.Signal, Kind.Add, Kind.Wait, Kind.Cancel], static () => new CountdownTrial());

    [Fact]
    public void A_barrier_is() => Check([Kind.Wait, Kind.Wait, Kind.Wait, Kind.Cancel, Kind.Reset], static () => new BarrierTrial());

    [Theory, InlineData(OnFailure.Retry), InlineData(OnFailure.Cache)]
    public void A_lazy_value_is(OnFailure onFailure) => Check([Kind.Wait, Kind.Wait, Kind.Cancel, Kind.Reset, Kind.End, Kind.Fail], () => new LazyTrial(onFailure));

    [Fact]
    public void A_countdown_that_looks_before_it_counts_is_not() =>
        Assert.Contains("no order", Assert.ThrowsAny<Exception>(() => Check([Kind.Signal], static () => new CountdownTrial(isHasty: true))).ToString());

    private static void Check(Kind[] kinds, Func<ITrial> make) => Prop
        .ForAll(ProgramsOf(kinds).ToArbitrary(), program => Run(program, make))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithReplay(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));

    private static Gen<Kind[][]> ProgramsOf(Kind[] kinds) => Gen.Elements(kinds).ArrayOf(3).ArrayOf(3);

    private static bool Run(Kind[][] program, Func<ITrial> make)
    {
        var count = 0;
        Operation[][] threads = [.. program.Select(thread => thread.Select(kind => new Operation(kind, count++)).ToArray())];
        var found = Exploration.OfRandom(() => make().Model(threads), Schedules, program.SelectMany(static thread => thread).Aggregate(17, static (seed, kind) => (seed * 31) + (int)kind));
        return found.Failure is null ? true : throw new InvalidOperationException($"{found.Failure} ({found.Failing})");
    }
}

/// <summary>What is called. One that waits has its number; so has the token that ends its wait.</summary>
internal sealed record Operation(Kind Kind, int Number);

internal enum Kind
{
    Signal,
    Add,
    Wait,
    Cancel,
    Reset,
    End,
    Fail,
}
