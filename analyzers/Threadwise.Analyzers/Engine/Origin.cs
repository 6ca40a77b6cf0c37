namespace Threadwise.Analyzers.Engine;

/// <summary>Where an expression has its object from.</summary>
internal enum Origin : byte
{
    /// <summary>Anywhere else: an element, the result of a call.</summary>
    Other,

    /// <summary>The instance the code belongs to.</summary>
    This,

    /// <summary>Written in the source.</summary>
    Constant,

    Field,

    Property,

    Parameter,

    Local,

    /// <summary>The object that stands for a type.</summary>
    TypeOf,

    /// <summary>Made for this very use, so that nobody else has it.</summary>
    Fresh,

    /// <summary>A value put into a new box at every use.</summary>
    Boxed,

    /// <summary>The language itself: the whole method is under the lock of its instance or type.</summary>
    Attribute,
}

/// <summary>What becomes of the object in a field.</summary>
internal enum Change : byte
{
    /// <summary>Another takes its place.</summary>
    Replace,

    /// <summary>There is none any more.</summary>
    Clear,

    /// <summary>Other code has the field by reference and may put one in, as a rule the first.</summary>
    Lend,

    /// <summary>The first one, of an object that nobody else has yet.</summary>
    Begin,
}
