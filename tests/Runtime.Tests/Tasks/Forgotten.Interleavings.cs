extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>The sink that is set is seen by who goes on asking for it.</summary>
public class Forgotten_Interleavings
{
    [Fact]
    public void Who_asks_again_and_again_sees_the_sink() => Exploration.Of(static () =>
    {
        Forgotten.OnError = null;
        return new Model(static () => Forgotten.OnError = static _ => { }, static () =>
        {
            while (Forgotten.OnError is null)
                Schedule.Yield();
        })
        {
            Holds = static () =>
            {
                Forgotten.OnError = null;
                return true;
            },
        };
    }).Passes();

    /// <summary>The broken control: who asks once, and goes by the answer.</summary>
    [Fact]
    public void Who_keeps_the_first_answer_never_sees_it() => Exploration.Of(static () =>
    {
        var sink = 0;
        return new Model(() => sink = 1, () =>
        {
            for (var kept = sink; kept == 0;)
                Schedule.Yield();
        });
    }).Fails("for ever");
}
