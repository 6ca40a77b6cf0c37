using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>An attribute makes the method hold the lock of its instance or type.</summary>
internal sealed class SynchronizedMethod() : Rule(
    id: "TW2022",
    title: "Synchronized method",
    message: "'{0}' runs under the lock of {1}, which other code can take too",
    description: "MethodImplOptions.Synchronized locks the instance, or the type object of a static method, around the whole method, and nothing in its body says so. Lock a private object where it is needed.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Locks(static (site, on) =>
        {
            if (on is { Origin: Origin.Attribute, Member: IMethodSymbol method })
                site.Report(Properties.None, site.In, method.IsStatic ? $"'typeof({on.Type.Name})'" : "'this'");
        });
}
