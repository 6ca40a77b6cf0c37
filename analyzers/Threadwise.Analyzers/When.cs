using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

/// <summary>The moments a rule can look at.</summary>
internal sealed class When
{
    /// <summary>At every call or property read whose table rows name <paramref name="effect"/>.</summary>
    public void Calls(Effect effect, Action<Site, Fact> look) => _ = (effect, look);
}
