namespace Threadwise.Analyzers.Knowledge;

/// <summary>How much a held lock excludes; <c>Monitor</c> is all, by a <c>lock</c> on an object that is a lock of its own.</summary>
internal enum Mode : byte { Exclusive, Shared, Upgradeable, Monitor }

/// <summary>One row of a table: a member or type and one thing it does.</summary>
/// <param name="Id">Documentation-comment id; a trailing <c>*</c> stands for every overload.</param>
internal sealed record Fact(string Id, Effect Effect)
{
    /// <summary>Value of <see cref="On"/> that means the receiver.</summary>
    public const int Receiver = -1;

    /// <summary>Value of <see cref="On"/> that means every argument, and of <see cref="Arg"/> that means every delegate among them.</summary>
    public const int Each = -2;

    /// <summary>What it is done to: <see cref="Receiver"/>, <see cref="Each"/> or a parameter's position. An extension method's receiver is its parameter 0.</summary>
    public int On { get; init; } = Receiver;

    /// <summary>The parameter that takes the delegate or condition it is about, or <see cref="Each"/>. Ask <see cref="IsAbout"/>.</summary>
    public int Arg { get; init; } = Each;

    /// <summary>The argument that receives whether the lock was taken.</summary>
    public int? Flag { get; init; }

    /// <summary>The argument that limits how long it waits.</summary>
    public int? Timeout { get; init; }

    public Mode Mode { get; init; }

    /// <summary>Disposing of the result gives the lock back.</summary>
    public bool ReturnsScope { get; init; }

    /// <summary>What kind of wait a blocking call is: wait, sleep, io, signal, join, process, console, ui, lock, callback.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The awaitable form: <c>await</c> the receiver itself, a member's name, a qualified static member, or empty.</summary>
    /// <remarks>It takes the same leading arguments, save where tasks are waited for with a limit or a token.</remarks>
    public string Twin { get; init; } = "";

    /// <summary>The major version of its assembly from which on it is not so any more.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>Starts more than one at a time.</summary>
    public bool Many { get; init; }

    /// <summary>Starts: returns when all of it is done.</summary>
    public bool Joins { get; init; }

    /// <summary>Combines: all of the arguments, or any one of them. Unsafe: every use changes the object.</summary>
    public bool All { get; init; }

    /// <summary>Defers: the delegate's first parameter is a completed task.</summary>
    public bool GivesCompleted { get; init; }

    /// <summary>A lock that belongs to the thread that took it, and so cannot be held across an await.</summary>
    public bool Affine { get; init; }

    /// <summary>A lock that its owner can take again.</summary>
    public bool Reentrant { get; init; }

    /// <summary>A lock that admits as many as its constructor says, so it excludes only when that is one.</summary>
    public bool Counted { get; init; }

    /// <summary>A family of locks, one for each key: taking two of them is not taking one twice.</summary>
    public bool Striped { get; init; }

    /// <summary>It is always named together with its type, and so told from members of the same name.</summary>
    public bool IsStatic { get; init; }

    public bool IsEvent => Id.StartsWith("E:", StringComparison.Ordinal);

    public bool IsConstructor => Table.SimpleName(Id) == ".ctor";

    /// <summary>The first part of the full name: the outermost namespace, by custom that of the assembly too.</summary>
    public string RootName => Id.Substring(2, Id.IndexOf('.') - 2);

    /// <summary>The simple name of the type it is about, or whose member it is about.</summary>
    public string TypeName => Table.SimpleName(Ids.TypeId(Id));

    /// <summary>Whether it is about the delegate or condition passed for the parameter at this position.</summary>
    public bool IsAbout(int parameter) => Arg == parameter || Arg == Each;

    /// <summary>No table says so: it is concluded from the member's shape.</summary>
    public bool IsGuess => Id.Length == 0;
}
