namespace Threadwise.CodeFixes;

/// <summary>The collection that is made for several threads and can do what another one can.</summary>
internal sealed class ConcurrentTwin
{
    private static readonly IReadOnlyDictionary<string, ConcurrentTwin> s_all = new Dictionary<string, ConcurrentTwin>(StringComparer.Ordinal)
    {
        ["List"] = new("ConcurrentQueue", "Add=Enqueue", "Contains=Contains"),
        ["Queue"] = new("ConcurrentQueue", "Enqueue=Enqueue", "TryDequeue=TryDequeue", "TryPeek=TryPeek", "Contains=Contains"),
        ["Stack"] = new("ConcurrentStack", "Push=Push", "TryPop=TryPop", "TryPeek=TryPeek", "Contains=Contains"),
        ["Dictionary"] = new("ConcurrentDictionary", "ContainsKey=ContainsKey", "TryGetValue=TryGetValue", "TryAdd=TryAdd",
            "Remove=TryRemove", "Keys=Keys", "Values=Values"),
        ["HashSet"] = new("ConcurrentDictionary", "Add=TryAdd", "Contains=ContainsKey", "Remove=TryRemove"),
    };

    private readonly string _type;
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal) { ["Count"] = "Count", ["Clear"] = "Clear", ["ToArray"] = "ToArray" };

    private ConcurrentTwin(string type, params string[] members)
    {
        _type = type;
        foreach (var member in members)
            _members.Add(member.Substring(0, member.IndexOf('=')), member.Substring(member.IndexOf('=') + 1));
    }

    public static ConcurrentTwin? Of(INamedTypeSymbol collection) =>
        collection.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic" && s_all.TryGetValue(collection.Name, out var twin) ? twin : null;

    /// <summary>What the member is called there, which does the same.</summary>
    public string? Member(string name) => _members.TryGetValue(name, out var other) ? other : null;

    /// <summary>The type with the same elements; a set is there a dictionary of nothing.</summary>
    public INamedTypeSymbol? Type(Compilation compilation, INamedTypeSymbol collection)
    {
        var arguments = collection.TypeArguments.ToList();
        if (IsSet(collection))
            arguments.Add(compilation.GetSpecialType(SpecialType.System_Byte));
        return compilation.GetTypeByMetadataName($"System.Collections.Concurrent.{_type}`{arguments.Count}")?.Construct(arguments.ToImmutableArray(),
            arguments.Select(static argument =>
            argument.NullableAnnotation).ToImmutableArray());
    }

    public static bool IsSet(INamedTypeSymbol collection) => collection.Name == "HashSet";

    /// <summary>Only puts something in, whatever is there.</summary>
    public static bool IsAddition(string member) => member is "Add" or "Enqueue" or "Push" or "TryAdd";
}
