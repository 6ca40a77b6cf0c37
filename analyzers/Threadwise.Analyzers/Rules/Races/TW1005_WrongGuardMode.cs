using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>State is changed under a lock that others can hold at the same time.</summary>
internal sealed class WrongGuardMode() : Rule(
    id: "TW1005",
    title: "State changed under a lock that does not exclude others",
    message: "'{0}' is {1} in '{2}' under '{3}', which {4}",
    description: "The lock is held in a mode that admits readers beside the change, or it belongs to one object while the state belongs to all of them. Others are in the state while it changes.")
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var wrong in MixedGuards.Wrong(type.Type))
            type.Report(wrong.Change.Where, Properties.Of(("guard", wrong.Lock.ToString())),
                type.Type.NameOf(wrong.State.Member), wrong.Change.Access.Done, wrong.Change.Body.Name, wrong.Lock, wrong.Reason);
    });
}
