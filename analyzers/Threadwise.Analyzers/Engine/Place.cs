namespace Threadwise.Analyzers.Engine;

/// <summary>Where a place begins.</summary>
internal enum Root : byte { This, Static, TypeOf, Parameter, Local }

/// <summary>A storage location as a path of members from a root: <c>this._gate</c>, <c>Cache.Gate</c>, <c>other._gate</c>, <c>typeof(Cache)</c>.</summary>
/// <remarks>Two equal places in one body are the same object as long as nothing on the path is assigned in between.</remarks>
internal sealed class Place : IEquatable<Place>
{
    /// <summary>Longer paths are not tracked.</summary>
    private const int MaxPath = 4;

    private Place(Root root, ISymbol? symbol, ImmutableArray<ISymbol> path)
    {
        Root = root;
        Symbol = symbol;
        Path = path;
        _hash = ((int)root * 31 + SymbolEqualityComparer.Default.GetHashCode(symbol)) * 31 + SymbolEqualityComparer.Default.GetHashCode(Member);
    }

    private readonly int _hash;

    public Root Root { get; }

    /// <summary>The parameter, local or type at the root; for <c>this</c> alone its type; otherwise null.</summary>
    public ISymbol? Symbol { get; }

    public ImmutableArray<ISymbol> Path { get; }

    /// <summary>The member at the end of the path, or null for a root alone.</summary>
    public ISymbol? Member => Path.IsEmpty ? null : Path[Path.Length - 1];

    /// <summary>Means the same object in every body of one instance of its type, or in all code.</summary>
    public bool IsOfInstanceOrStatic => Root is Root.This or Root.Static or Root.TypeOf;

    /// <summary>A static of a generic type: there is one for each of the type's arguments.</summary>
    public bool HasOneForEachArgument => Root == Root.Static && Path[0].ContainingType.IsGenericType;

    public static Place This(ITypeSymbol type) => new(Root.This, type.OriginalDefinition, ImmutableArray<ISymbol>.Empty);

    public static Place TypeOf(ITypeSymbol type) => new(Root.TypeOf, type, ImmutableArray<ISymbol>.Empty);

    public static Place Of(IParameterSymbol parameter) => new(Root.Parameter, parameter.OriginalDefinition, ImmutableArray<ISymbol>.Empty);

    public static Place Of(ILocalSymbol local) => new(Root.Local, local, ImmutableArray<ISymbol>.Empty);

    public static Place OfStatic(ISymbol member) => new(Root.Static, null, ImmutableArray.Create(member.OriginalDefinition));

    /// <summary>A member of the object at this place; null when the path would become too long.</summary>
    public Place? Then(ISymbol member) =>
        Path.Length >= MaxPath ? null : new(Root, Root == Root.This ? null : Symbol, Path.Add(member.OriginalDefinition));

    public Place? Then(ImmutableArray<ISymbol> members)
    {
        var place = this;
        foreach (var member in members)
            place = place?.Then(member);
        return place;
    }

    /// <summary>A member of the object at <paramref name="owner"/>.</summary>
    public bool IsMemberOf(Place owner) => Path.Length == owner.Path.Length + 1 && IsBelow(owner, out _);

    /// <summary>A member of the same object.</summary>
    public bool IsBeside(Place other)
    {
        if (Path.IsEmpty || Path.Length != other.Path.Length || Root != other.Root || !Same(Symbol, other.Symbol))
            return false;
        for (var i = 0; i < Path.Length - 1; i++)
            if (!Same(Path[i], other.Path[i]))
                return false;
        return true;
    }

    /// <summary>This place as seen by somebody who knows its root object by another place; null when they have none.</summary>
    public Place? Seen(Place? root) => Root switch
    {
        Root.Static or Root.TypeOf => this,
        _ => root?.Then(Path),
    };

    /// <summary>The rest of the path if this place lies at or below <paramref name="ancestor"/>.</summary>
    public bool IsBelow(Place ancestor, out ImmutableArray<ISymbol> rest)
    {
        rest = ImmutableArray<ISymbol>.Empty;
        if (Root != ancestor.Root || Path.Length < ancestor.Path.Length || (Root != Root.This && !Same(Symbol, ancestor.Symbol)))
            return false;
        for (var i = 0; i < ancestor.Path.Length; i++)
            if (!Same(Path[i], ancestor.Path[i]))
                return false;
        rest = Path.RemoveRange(0, ancestor.Path.Length);
        return true;
    }

    public bool Equals(Place? other) => ReferenceEquals(this, other) ||
        other is not null && _hash == other._hash && Root == other.Root && Path.Length == other.Path.Length && Same(Symbol, other.Symbol)
            && Path.SequenceEqual(other.Path, SymbolEqualityComparer.Default);

    public override bool Equals(object? obj) => Equals(obj as Place);

    public override int GetHashCode() => _hash;

    /// <summary>The last member with its type, which says whose lock it is to readers of another type.</summary>
    public string Qualified =>
        Member is { } member ? $"{member.ContainingType.Name}.{member.Name}" : Symbol is { } symbol && Root == Root.This ? symbol.Name : ToString();

    /// <summary>As it is written in source.</summary>
    public override string ToString()
    {
        var path = string.Join(".", Path.Select(member => member.Name));
        return Root switch
        {
            Root.This => Path.IsEmpty ? "this" : path,
            Root.Static => Path[0].ContainingType.Name + "." + path,
            Root.TypeOf => $"typeof({Symbol!.Name})",
            _ => Path.IsEmpty ? Symbol!.Name : Symbol!.Name + "." + path,
        };
    }

    private static bool Same(ISymbol? a, ISymbol? b) => SymbolEqualityComparer.Default.Equals(a, b);
}
