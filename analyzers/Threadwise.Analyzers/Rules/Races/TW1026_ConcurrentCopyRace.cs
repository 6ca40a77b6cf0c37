namespace Threadwise.Analyzers.Rules;

/// <summary>A concurrent collection is copied by code that counts it first.</summary>
internal sealed class ConcurrentCopyRace() : Rule(
    id: "TW1026",
    title: "Concurrent collection copied by its count",
    message: "'{0}' copies '{1}' with '{2}', which first counts and then copies; it throws when another thread adds an element in between",
    description: "Code that takes any collection asks it how many elements it has, makes room for as many, and has them copied. A concurrent collection may have grown by then, which throws, or shrunk, which leaves empty elements.")
{
    public override void Look(When when) =>
        when.CountedCopies(static (site, copy) =>
        {
            if (site.MayBeSpoilt(copy.On))
                site.Report(copy.Source, Properties.None, site.In, copy.On, site.Text(copy.By));
        });
}
