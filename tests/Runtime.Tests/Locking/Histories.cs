extern alias explored;
using FsCheck;
using FsCheck.Fluent;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Whatever a few threads do, in whatever order: what came of it can be explained by doing one thing after the other. A wait that was cancelled, or whose time was up, did nothing.</summary>
public class Histories
{
    private const int Programs = 150;
    private const int Verbs = 5;
    private const int Keys = 2;

    public static TheoryData<string> Subjects => ["AsyncLock", "AsyncSemaphore", "AsyncReaderWriterLock", "KeyedLock"];

    [Theory, MemberData(nameof(Subjects))]
    public void Are_explained(string subject) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs).WithQuietOnSuccess(true), Prop.ForAll(Threads(), Seeds(), (threads, seed) =>
        Failure(() => Subject.Named(subject), threads, seed) is not { } failure ? true : throw new InvalidOperationException(failure)));

    [Fact]
    public void Of_a_lock_that_looks_before_it_takes_are_not() => Assert.ThrowsAny<Exception>(static () =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(Threads(), Seeds(), static (threads, seed) =>
            Failure(static () => new Subject.Broken(), threads, seed) is null)));

    [Fact]
    public void Of_a_lock_that_is_lost_with_a_cancelled_wait_do_not_end() => Assert.ThrowsAny<Exception>(static () =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(Threads(), Seeds(), static (threads, seed) =>
            Failure(static () => new Subject.Losing(), threads, seed) is null)));

    private static Arbitrary<int> Seeds() => Gen.Choose(0, 1_000_000).ToArbitrary();

    /// <summary>Three threads of up to four commands; smaller programs have a command less.</summary>
    private static Arbitrary<int[][]> Threads() => Arb.From(
        Gen.Choose(0, (Verbs * Keys) - 1).ArrayOf().Resize(4).ArrayOf(3),
        static threads => threads.SelectMany((thread, index) => thread.Select((_, left) =>
            (int[][])[.. threads[..index], [.. thread[..left], .. thread[(left + 1)..]], .. threads[(index + 1)..]])));

    private static string? Failure(Func<Subject> make, int[][] threads, int seed)
    {
        var (subject, history) = (make(), new History());
        using var source = new CancellationTokenSource();
        var model = new Model([.. threads.Select<int[], Action>(thread => () =>
        {
            foreach (var command in thread)
                Do(subject, history, command % Verbs, command / Verbs, source.Token);
        }), source.Cancel, () => subject.Time.Advance(TimeSpan.FromSeconds(1))]);
        var trace = Schedule.Run(model, new Random(seed));
        // Of several keys each has a history of its own.
        return trace.Failure ?? (subject.IsExplained(history) ? null : $"nothing explains\n{history}");
    }

    private static void Do(Subject subject, History history, int verb, int key, CancellationToken token)
    {
        IDisposable? scope = null;
        var isHeld = verb switch
        {
            0 or 1 => history.Do("enter", key, () => (scope = subject.Enter(key, default)) is not null),
            2 => history.Do("enter", key, () => (scope = subject.Enter(key, token)) is not null),
            3 => history.Do("enter", key, () => (scope = subject.EnterInTime(key)) is not null),
            _ => history.Do("try", key, () => (scope = subject.TryEnter(key)) is not null),
        };
        if (!isHeld)
            return;
        Schedule.Point();
        history.Do("exit", key, () =>
        {
            scope!.Dispose();
            return true;
        });
        scope!.Dispose();
    }
}
