using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock is taken on an object that code which knows nothing of the lock can take it on too.</summary>
internal sealed class ExposedLock() : Rule(
    id: "TW2018",
    title: "Exposed lock",
    message: "'{0}' locks {1}, {2}",
    description: "Whoever can get at the object can lock it as well, hold it for as long as they like, or take it in another order. Lock a private object that is there for nothing else.")
{
    public override void Look(When when) =>
        when.Locks(static (site, on) =>
        {
            var exposed = Exposure.Of(site.Facts, on);
            if (exposed != Exposed.Not)
                site.Report(Properties.None, site.In, What(on, exposed), Why(exposed));
        });

    private static string What(LockedOn on, Exposed exposed) => (exposed, on) switch
    {
        (Exposed.Instance, _) or (_, { Origin: Origin.This }) => "'this'",
        (Exposed.Box, _) => $"a boxed '{on.Type.Name}'",
        (_, { Origin: Origin.TypeOf, Member: { } type }) => $"'typeof({type.Name})'",
        (_, { Member: { } member }) => $"the {on.Type.Name} '{member.Name}'",
        _ => $"a {on.Type.Name}",
    };

    private static string Why(Exposed exposed) => exposed switch
    {
        Exposed.Instance => "which everybody who has the object can lock too and keep it waiting",
        Exposed.Member => "which code outside of the assembly can lock too and keep it waiting",
        Exposed.Text => "and all code that uses the same text may be locking the same object",
        Exposed.Box => "which is a new object every time, so that nobody is kept out",
        _ => "of which the process has only one, so that unrelated code can lock it too and keep it waiting",
    };
}
