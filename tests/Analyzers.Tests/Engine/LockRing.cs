namespace Analyzers.Tests.Engine;

/// <summary>Source in which each of several locks is held while the next one is asked for, and the last one while the first is.</summary>
/// <param name="kinds">The type of each lock.</param>
internal sealed class LockRing(string[] kinds)
{
    /// <summary>Known by its shape alone.</summary>
    private const string AsyncLock = "public sealed class AsyncLock { public Task<IDisposable> LockAsync() => null!; }";

    /// <summary>The locks are fields of one type, whose methods nest them.</summary>
    public string Directly() => Type("C", Each(Field), Each(i => Leg(i, Taken(Next(i), "", marked: true), IsAsync(Next(i))))) + AsyncLock;

    /// <summary>The inner lock is taken by a private method.</summary>
    public string ThroughHelpers() => Type("C", Each(Field), Each(i => Leg(i, Call(i), IsAsync(Next(i)))), Each(i => Helper(i))) + AsyncLock;

    /// <summary>The inner lock is taken by a method of the base class.</summary>
    public string ThroughBaseClass() =>
        Type("Base", Each(Field), Each(i => Helper(i))).Replace("private ", "protected ", StringComparison.Ordinal)
        + Type("C : Base", Each(i => Leg(i, Call(i), IsAsync(Next(i))))) + AsyncLock;

    /// <summary>Each type has one of the locks and calls the next type while it holds its own.</summary>
    public string ThroughOtherTypes() => Each(i => Type(
        $"C{i}", Field(i), $"readonly C{Next(i)} _next = null!;\n", Helper(i).Replace("private ", "public ", StringComparison.Ordinal), Leg(i, Call(i, "_next."), IsAsync(Next(i))))) + AsyncLock;

    /// <summary>The inner lock is taken by a private method, after an await of its own.</summary>
    public string ThroughAwaitedMethods() =>
        Type("C", Each(Field), Each(i => Leg(i, $"await [|Take{Next(i)}()|];", isAsync: true)), Each(i => Helper(i, "await Task.Yield(); "))) + AsyncLock;

    private int Next(int i) => (i + 1) % kinds.Length;

    private bool IsAsync(int i) => kinds[i] == "AsyncLock";

    private string Each(Func<int, string> text) => string.Concat(kinds.Select((_, i) => text(i)));

    private static string Type(string name, params string[] members) => $"public class {name}\n{{\n{string.Concat(members)}}}\n";

    private string Field(int i) => $"private readonly {kinds[i]} _l{i} = new({(kinds[i] == "SemaphoreSlim" ? "1, 1" : "")});\n";

    private string Leg(int i, string inner, bool isAsync) => Method($"public {Returns(isAsync || IsAsync(i))} M{i}()", Taken(i, inner));

    private string Helper(int i, string first = "") => Method($"private {Returns(first.Length > 0 || IsAsync(i))} Take{i}()", first + Taken(i, ""));

    private static string Method(string head, string body) => $"{head} {{ {body} }}\n";

    private static string Returns(bool isAsync) => isAsync ? "async Task" : "void";

    private string Call(int i, string on = "") => $"{(IsAsync(Next(i)) ? "await " : "")}[|{on}Take{Next(i)}()|];";

    private string Taken(int i, string inner, bool marked = false)
    {
        var name = marked ? $"[|_l{i}|]" : $"_l{i}";
        return kinds[i] switch
        {
            "SemaphoreSlim" => $"{name}.Wait(); try {{ {inner} }} finally {{ _l{i}.Release(); }}",
            "ReaderWriterLockSlim" => $"{name}.EnterWriteLock(); try {{ {inner} }} finally {{ _l{i}.ExitWriteLock(); }}",
            "AsyncLock" => $"using (await {name}.LockAsync()) {{ {inner} }}",
            _ => $"lock ({name}) {{ {inner} }}",
        };
    }
}
