namespace Corpus;

/// <summary>Projects nobody wrote, to see how cost grows: with size, with recursion, with locks that all hang together.</summary>
internal static class Synthetic
{
    private static readonly Dictionary<string, Func<IEnumerable<string>>> s_projects = new()
    {
        ["services-500"] = () => Services(500),
        ["services-1000"] = () => Services(1_000),
        ["services-2000"] = () => Services(2_000),
        ["services-4000"] = () => Services(4_000),
        // What nobody would write is in one file.
        ["recursion-10000"] = () => [string.Concat(Recursion(types: 100, methods: 100))],
        ["component-500"] = () => [string.Concat(Component(500))],
    };

    /// <summary>Writes every project into a folder of its own; the names and folders, as <c>--src</c> takes them.</summary>
    public static IEnumerable<(string Name, string Path)> Write()
    {
        var root = Directory.CreateTempSubdirectory("corpus-synthetic-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        foreach (var (name, sources) in s_projects)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
            File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net8.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
                </Project>
                """);
            foreach (var (i, source) in sources().Index())
                File.WriteAllText(Path.Combine(folder, $"{i}.cs"), source);
            yield return (name, folder);
        }
    }

    /// <summary>Ordinary services in layers: each has a lock, calls the next one under it, and has an async half with a semaphore. No two of them can deadlock.</summary>
    private static IEnumerable<string> Services(int count) => Types(count, i => $$"""
        public sealed class Service{{i}}
        {
            private readonly object _gate = new();
            private readonly SemaphoreSlim _turn = new(1, 1);
            private readonly Dictionary<string, int> _items = new();
            {{(i + 1 < count ? $"private readonly Service{i + 1} _next = new();" : "")}}

            public int Count { get { lock (_gate) { return _items.Count; } } }

            public void Add(string name, int value)
            {
                lock (_gate)
                {
                    if (!_items.TryAdd(name, value))
                        _items[name] += value;
                    {{(i + 1 < count && i % 16 != 15 ? "_next.Add(name, value + _next.Count);" : "")}}
                }
            }

            public async Task<int> LoadAsync(string name, CancellationToken token)
            {
                await _turn.WaitAsync(token);
                try
                {
                    await Task.Delay(1, token);
                    for (var i = 0; i < name.Length; i++)
                        Add(name.Substring(i), Weight(name[i]) * i);
                    return Count;
                }
                finally
                {
                    _turn.Release();
                }
            }

            private static int Weight(char c) => char.IsLetter(c) ? c - 'a' : char.IsDigit(c) ? c - '0' : 1;
        }
        """);

    /// <summary>Every method takes its type's lock and calls two others, anywhere: all of them are mutually recursive.</summary>
    private static IEnumerable<string> Recursion(int types, int methods) => Types(types, i => $$"""
        public static class Knot{{i}}
        {
            private static readonly object Gate = new();
        {{string.Concat(Enumerable.Range(0, methods).Select(j => $"    public static int M{j}(int n) {{ lock (Gate) {{ return n == 0 ? 0 : Knot{(i * 7 + j + 1) % types}.M{(j * 3 + i) % methods}(n - 1) + Knot{(i + 1) % types}.M{(j + 1) % methods}(n - 1); }} }}\n"))}}
        }
        """);

    /// <summary>Each type calls three others under its lock, and those lead back: one strongly connected component of locks.</summary>
    private static IEnumerable<string> Component(int locks) => Types(locks, i => $$"""
        public static class Node{{i}}
        {
            private static readonly object Gate = new();
            public static void Touch() { lock (Gate) { } }
            public static void Visit() { lock (Gate) { Node{{(i + 1) % locks}}.Touch(); Node{{(i + 17) % locks}}.Touch(); Node{{(i * 31 + 5) % locks}}.Visit(); } }
        }
        """);

    /// <summary>A file for each, as people have it.</summary>
    private static IEnumerable<string> Types(int count, Func<int, string> type) => Enumerable.Range(0, count).Select(type);
}
