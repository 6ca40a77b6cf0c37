using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Rules;

/// <summary>The lock that every object has is taken on an object that coordinates threads in a way of its own.</summary>
internal sealed class LockOnSynchronizer() : Rule(
    id: "TW2021",
    title: "Lock on a synchronizer",
    message: "'{0}' locks the monitor of {1} '{2}', {3}",
    description: "A lock, a task, a token source or a concurrent collection has its own way of coordinating threads, and its other users do not ask for its monitor. Use its own members, or lock a private object.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Locks(static (site, on) =>
        {
            if (!on.IsMonitor || on.Origin is Origin.This or Origin.Fresh or Origin.Attribute)
                return;
            var (type, name) = (on.Type.Name, on.Member?.Name ?? on.Type.Name);
            if (site.Facts.About(on.Type, Effect.Lock) is not null)
            {
                object[] args = [site.In, type, name, "which keeps out nobody who takes it as the lock it is"];
                if (site.IsTakenAsItself(on))
                    site.Warn(Properties.None, args);
                else
                    site.Report(Properties.None, args);
            }
            else if (site.Facts.About(on.Type, Effect.Synchronizes) is not null)
                site.Report(Properties.None, site.In, type, name, "for which its own members do not wait");
        });
}
