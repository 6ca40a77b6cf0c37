using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is done to a piece of state.</summary>
internal enum Shape : byte
{
    /// <summary>Its value is used.</summary>
    Read,

    /// <summary>Its value is compared with a constant, and no more.</summary>
    Test,

    /// <summary>It gets a value.</summary>
    Write,

    /// <summary>It gets the value of state that has none: null, zero, false.</summary>
    Clear,

    /// <summary>It gets a value where it was found to have none.</summary>
    Initialize,

    /// <summary>It gets a value that comes from the one it had.</summary>
    Update,

    /// <summary>Some of the elements of the container in it are read.</summary>
    Use,

    /// <summary>All elements of the container in it are gone through.</summary>
    Enumerate,

    /// <summary>The elements of the container in it are changed.</summary>
    Change,

    /// <summary>Whatever is done to it is done in one step.</summary>
    Atomic,
}

/// <summary>State that other threads may have too is read or changed.</summary>
internal sealed record Access(Place Place, Shape Shape, TextSpan Span) : Event(Span)
{
    /// <summary>Its value has several words, which are read and written one after the other.</summary>
    public bool IsWide { get; init; }

    /// <summary>Control comes here only because a test of the same state, made shortly before, said that it has a value.</summary>
    public bool IsTested { get; init; }

    /// <summary>The type of the value it gets, without conversions; null for anything but an assignment.</summary>
    public ITypeSymbol? Stored { get; init; }

    /// <summary>Where that value is computed.</summary>
    public TextSpan Value { get; init; }

    /// <summary>The member that does it to the elements of a container.</summary>
    public ISymbol? By { get; init; }

    /// <summary>What is done for each of the elements that are gone through.</summary>
    public TextSpan Repeated { get; init; }

    /// <summary>Only if there is a value.</summary>
    public bool IfAny { get; init; }

    /// <summary>A flag is set by which code knows that it is the first to come, and then does what one is to do.</summary>
    public bool IsTurn { get; init; }

    /// <summary>It is put into a variable.</summary>
    public bool IsTaken { get; init; }

    /// <summary>In one step, and nothing is left there.</summary>
    public bool Clears { get; init; }

    /// <summary>Other code may see half of it, or lose it.</summary>
    public bool IsChange => Shape is Shape.Write or Shape.Clear or Shape.Initialize or Shape.Update or Shape.Change;

    /// <summary>About what is in the container, not about which container it is.</summary>
    public bool IsOfElements => Shape is Shape.Use or Shape.Enumerate or Shape.Change;

    /// <summary>All accesses among events, by where they are.</summary>
    public static Dictionary<TextSpan, Access> At(IEnumerable<Event> events)
    {
        var accesses = new Dictionary<TextSpan, Access>();
        foreach (var e in events)
            if (e is Access access)
                accesses[access.Span] = access;
        return accesses;
    }

    /// <summary>As messages say it.</summary>
    public string Done => Shape switch
    {
        Shape.Read or Shape.Test or Shape.Use => "read",
        Shape.Enumerate => "gone through",
        Shape.Update or Shape.Change => "changed",
        Shape.Clear => "cleared",
        _ => "written",
    };
}
