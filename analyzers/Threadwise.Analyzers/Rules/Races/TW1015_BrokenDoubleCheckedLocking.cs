using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>The test that spares the lock passes before all is done, by half a value, or never.</summary>
internal sealed class BrokenDoubleCheckedLocking() : Rule(
    id: "TW1015",
    title: "Broken double-checked locking",
    message: "'{0}' {1} in '{2}'{3}",
    description: "Who finds the first test satisfied goes on without the lock, and must find everything done that the test stands for. That is so only if what is tested is written last, in one step, and is the same thing inside the lock.")
{
    public override void Look(When when) =>
        when.BrokenChecks(static (site, check) =>
        {
            if (check.How is not (Misfit.Once or Misfit.OnceForCallers) && !site.IsFirst(check.Named) || check.Made is not null && !site.IsReliedOn(check))
                return;
            var (what, harm) = check.How switch
            {
                Misfit.Early => ($"is written before '{check.Later}'", ", though callers that find it written do not take the lock; they may use what is not ready"),
                Misfit.Once or Misfit.OnceForCallers =>
                    ($"is set before '{check.Later}' is written", ", though callers that find it set do not wait; they may use what is not ready"),
                Misfit.Unordered =>
                    ($"is set after '{check.Later}'", ", but is not volatile; callers that find it set do not take the lock, and may not see the other write yet"),
                Misfit.Wide => ("takes several steps to write, but is tested without the lock", "; the test may see half of a value"),
                _ => ("is tested before the lock", $", but inside '{check.Later}' is tested and written; the first test never passes"),
            };
            if (check.How == Misfit.Unordered)
                site.Inform([site.At(check.Named)], Properties.Of(("how", check.How.ToString())), check.State, what, site.In, harm);
            else
                site.Report([site.At(check.Named)], Properties.Of(("how", check.How.ToString())), check.State, what, site.In, harm);
        });
}
