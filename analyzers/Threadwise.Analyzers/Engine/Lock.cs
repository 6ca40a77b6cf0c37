using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock as one acquisition names it: the object, how much it excludes, and the nature of its type.</summary>
internal sealed record Lock(Place Place, Mode Mode, LockNature Nature)
{
    /// <summary>It belongs to an object that nobody else has.</summary>
    public bool OnOwned { get; init; }

    /// <summary>The lock of some object that has no name here: only the member is known.</summary>
    public bool IsSome { get; init; }

    /// <summary>The same lock by another name.</summary>
    public Lock At(Place place) => ReferenceEquals(place, Place) ? this : this with { Place = place };

    public bool IsSame(Place place, Mode mode) => Mode == mode && Place.Equals(place);
}

/// <summary>What kind of lock a type is.</summary>
/// <param name="Affine">Belongs to the thread that took it.</param>
/// <param name="Reentrant">Can be taken again by its owner.</param>
/// <param name="Counted">Excludes only when it was created to admit one.</param>
internal sealed record LockNature(bool Affine, bool Reentrant, bool Counted)
{
    /// <summary>A lock recognised by its shape alone.</summary>
    public static readonly LockNature Unknown = new(Affine: false, Reentrant: false, Counted: false);

    /// <summary>One lock for each key.</summary>
    public bool Striped { get; init; }

    /// <summary>Known to keep out its owner, too, who asks again.</summary>
    public bool RefusesItsOwner => !Reentrant && !Striped && !ReferenceEquals(this, Unknown);
}

/// <summary>A lock that is held at some point, since where, and how often.</summary>
/// <param name="Assumed">Held by a promise (an assertion, an annotation, the callers), not taken in this body.</param>
internal sealed record Held(Lock Lock, TextSpan Since, int Count = 1, bool Assumed = false);
