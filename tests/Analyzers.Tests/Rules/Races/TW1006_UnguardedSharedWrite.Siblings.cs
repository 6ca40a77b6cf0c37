using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWrite>;

namespace Analyzers.Tests.Rules;

/// <summary>A container made for many threads, changed by the same member, is all the evidence.</summary>
public class TW1006_UnguardedSharedWrite_Siblings
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;
        public class C
        {
            private readonly object _g = new();
            private readonly ConcurrentDictionary<int, string> _byId = new();
            private readonly ConcurrentQueue<int> _queue = new();
            private readonly List<string> _names = new();
            private int _count;

        {{members}}
        }
        """;

    [Fact]
    public Task Names_the_container_beside_it() => Verify.Fires("""
        using System.Collections.Concurrent;
        public class Members
        {
            private readonly ConcurrentDictionary<int, string> _byId = new();
            private readonly List<string> _names = new();
            public void Join(int id, string name)
            {
                _byId[id] = name;
                [|_names|].Add(name);
            }
            public int Count => _names.Count;
            public bool Has(string name) => _names.Contains(name);
        }
        """, "'Members._names' is changed in 'Members.Join' while 'Members.Has' reads it (Test0.cs:12): 'Members._byId', which it changes too, is made for many threads, and no lock guards it");

    [Theory]
    [InlineData("public void Join(int id) { if (_byId.TryAdd(id, \"\")) [|_count|]++; }")]
    [InlineData("public void Join(int id) => _byId.GetOrAdd(id, \"\" + [|_count|]++);")]
    [InlineData("public void Join(int id) { _byId.AddOrUpdate(id, \"\", (_, old) => old); [|_names|].Add(\"\"); } public void Clear() => _names.Clear();")]
    [InlineData("public void Leave(int id) { if (_byId.TryRemove(id, out var name)) [|_names|].Remove(name); }")]
    public Task Fires_on_what_is_changed_together_with_it(string members) => Fires(members);

    [Theory]
    [InlineData("public void Join(int id) { _byId[id] = \"\"; lock (_g) _names.Add(\"\"); }")]
    [InlineData("public void Join(int id) { _byId[id] = \"\"; Interlocked.Increment(ref _count); }")]
    [InlineData("private readonly ConcurrentBag<string> _bag = new(); public void Join(int id) { _byId[id] = \"\"; _bag.Add(\"\"); }")]
    [InlineData("public void Join(int id) { lock (_g) { _byId[id] = \"\"; _names.Add(\"\"); _count++; } }")]
    public Task Silent_on_what_is_guarded_or_safe_itself(string members) => Silent(members);

    [Theory]
    [InlineData("public void Join(int id) => _byId[id] = \"\"; public void Add(string name) => _names.Add(name); public bool Has(string name) => _names.Contains(name);")]
    [InlineData("public void Add(int id) { if (_byId.ContainsKey(id)) _names.Add(\"\"); }")]
    [InlineData("public void Put(int id) { _queue.Enqueue(id); _names.Add(\"\"); } public void Clear() => _names.Clear();")]
    [InlineData("public void Take() { if (_queue.TryDequeue(out var id)) _names.Add(\"\" + id); }")]
    [InlineData("public void Initialize() { _byId[1] = \"\"; _names.Add(\"\"); } public bool Has(string name) => _names.Contains(name);")]
    [InlineData("public C() { _byId[1] = \"\"; _names.Add(\"\"); _count++; }")]
    [InlineData("public void Stop() { _byId.TryRemove(1, out _); _names.Clear(); _count--; }")]
    [InlineData("private void Join(C other) { other._byId[1] = \"\"; _names.Add(\"\"); }")]
    public Task Silent_where_others_may_stay_out(string members) => Silent(members);
}
