using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>State that the type's code touches under a lock is touched without it.</summary>
internal sealed class InconsistentGuard() : Rule(
    id: "TW1001",
    title: "State touched without the lock that guards it elsewhere",
    message: "'{0}' is {1} in '{2}' without '{3}', which guards it elsewhere, as in '{4}' ({5})",
    description: "Most code of the type touches the state under one lock, and this code does not. While it runs another thread can be in the middle of a change.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var guard in type.Type.Guarded)
        {
            var counterpart = guard.Guarded.FirstOrDefault(static access => access.Access.IsChange) ?? guard.Guarded[0];
            var bodies = guard.Unguarded.GroupBy(static access => access.Body).ToList();
            foreach (var body in bodies.Count > InferredGuards.MaxExceptions ? [] : bodies)
                type.Report(body.First().Where, new[] { counterpart.Where }, Properties.Of(type.Type.Model, guard.Lock, body.First().Access),
                    type.Type.NameOf(guard.State.Member), body.First().Access.Done, body.Key.Name, guard.Lock, counterpart.Body.Name,
                        Properties.Position(counterpart.Where));
            // So many exceptions are no exceptions.
            if (bodies.Count > InferredGuards.MaxExceptions && guard.State.Member.Locations is [{ IsInSource: true } declared, ..])
                type.Suggest(declared, Properties.None, type.Type.NameOf(guard.State.Member), bodies[0]
                    .First().Access.Done, bodies[0].Key.Name, guard.Lock, counterpart.Body.Name, Properties.Position(counterpart.Where));
        }
    });
}
