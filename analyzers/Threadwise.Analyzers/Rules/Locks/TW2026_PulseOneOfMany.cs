using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>One thread is woken where threads wait for different things.</summary>
internal sealed class PulseOneOfMany() : Rule(
    id: "TW2026",
    title: "Pulse of one thread where threads wait for different things",
    message: "'{0}' wakes one of those that wait under '{1}', but '{2}' ({3}) and '{4}' ({5}) wait there for different things; the wrong one may be woken",
    description: "A pulse wakes one waiting thread, whichever it is. If that one finds that what it waits for has not come, it waits on, and the thread that could have gone on is never woken.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            var wakeups = new Wakeups(type.Type);
            if (wakeups.Waiters.Length < 2)
                return;
            foreach (var body in type.Type.Bodies)
                foreach (var pulse in body.Events.OfType<Pulse>().Where(pulse => !pulse.All).Distinct())
                    if (wakeups.Mixed(pulse.Lock) is var (one, other))
                        type.Report(
                            TypeSite.At(body.Tree, pulse.Span),
                            Properties.Of(("lock", pulse.Lock.ToString())),
                            body.Name, pulse.Lock, one.Body.Name, Position(one), other.Body.Name, Position(other));
        });

    private static string Position(Waiter waiter) => Properties.Position(TypeSite.At(waiter.Body.Tree, waiter.Wait.Span));
}
