extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>A wait that is over is nothing to its token any more, in every schedule of who begins it and who ends it.</summary>
public class Wait_Interleavings
{
    [Fact]
    public void What_ends_as_it_begins_is_not_called_by_its_token_any_more() => Exploration.Of(static () =>
    {
        var (waited, source) = (new Waited(), new CancellationTokenSource());
        var wait = new Wait<bool>(waited);
        return new Model(() => wait.Until(source.Token), () => wait.End(Task.FromResult(true)))
        {
            Holds = () =>
            {
                source.Cancel();
                return !waited.IsCalled;
            },
        };
    }).Passes();

    /// <summary>The broken control: who ends it takes back what it finds, and who begins it looks whether it is over before it registers.</summary>
    [Fact]
    public void Where_who_begins_looks_first_the_registration_stays() => Exploration.Of(static () =>
    {
        var (isOver, isRegistered) = (false, false);
        return new Model(
            () =>
            {
                var wasOver = isOver;
                Schedule.Point();
                isRegistered = !wasOver;
            },
            () => (isOver, isRegistered) = (true, false)) { Holds = () => !isRegistered };
    }).Fails("the outcome is wrong");

    private sealed class Waited : IWaited<bool>
    {
        public bool IsCalled { get; private set; }

        public bool Leave(Wait<bool> wait)
        {
            IsCalled = true;
            return false;
        }
    }
}
