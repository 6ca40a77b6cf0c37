using Threadwise.Runtime.Tests.Tasks;
using Xunit;

namespace Threadwise.Runtime.Tests.Messaging;

/// <summary>Wherever a pipeline is cancelled, or fails: it ends, says why, and nothing of it goes on.</summary>
public class Pipeline_Anywhere
{
    private const int Items = 6;
    private const int Calls = (4 * Items) + 1;

    public static TheoryData<int, bool> Shapes => new() { { 1, true }, { 3, true }, { 3, false } };

    [Theory, MemberData(nameof(Shapes))]
    public async Task It_can_be_cancelled(int degree, bool ordered)
    {
        for (var at = 0; at <= Calls; at++)
        {
            using var source = new CancellationTokenSource();
            var steps = new Steps(at, source.Cancel);
            var run = Run(steps, degree, ordered, source.Token);
            var thrown = await run.Thrown();
            Assert.Equal(source.Token, thrown is null ? source.Token : Assert.IsAssignableFrom<OperationCanceledException>(thrown).CancellationToken);
            Assert.True(thrown is not null || at >= Calls - 1, $"cancelled at {at}");
            Assert.Equal(0, steps.Inside);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task It_can_fail(int degree, bool ordered)
    {
        for (var at = 0; at < Calls; at++)
        {
            var failure = new FormatException();
            var steps = new Steps(at, () => throw failure);
            var run = Run(steps, degree, ordered, default);
            Assert.Same(failure, await run.Thrown());
            Assert.Single(run.Exception!.InnerExceptions);
            Assert.Equal(0, steps.Inside);
        }
    }

    private static Task Run(Steps steps, int degree, bool ordered, CancellationToken token) => Pipeline.From(Source(steps), capacity: 2)
        .Then((item, stop) => steps.Take(item, stop), degree, capacity: 2, ordered)
        .Then((item, stop) => steps.Take(item, stop), degree, capacity: 1, ordered)
        .Run(async (item, stop) => await steps.Take(item, stop), token);

    private static IEnumerable<int> Source(Steps steps)
    {
        for (var item = 0; item < Items; item++)
        {
            steps.Step();
            yield return item;
        }

        steps.Step();
    }

    /// <summary>Counts all that is called, does something at one of the calls, and knows how many are inside.</summary>
    private sealed class Steps(int at, Action act)
    {
        private int _calls = -1;
        private int _inside;

        public int Inside => Volatile.Read(ref _inside);

        public void Step()
        {
            if (Interlocked.Increment(ref _calls) == at)
                act();
        }

        public async ValueTask<int> Take(int item, CancellationToken stop)
        {
            Interlocked.Increment(ref _inside);
            try
            {
                await Task.Yield();
                Step();
                return item;
            }
            finally
            {
                Interlocked.Decrement(ref _inside);
            }
        }
    }
}
