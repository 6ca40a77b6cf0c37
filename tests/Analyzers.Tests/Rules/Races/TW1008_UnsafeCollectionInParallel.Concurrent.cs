using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnsafeCollectionInParallelFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsafeCollectionInParallel>;

namespace Analyzers.Tests.Rules;

/// <summary>The collection becomes one for several threads, where every use of it can be written for that.</summary>
public class TW1008_UnsafeCollectionInParallel_Concurrent
{
    /// <summary>After the lock.</summary>
    private static readonly Verify.Case Second = new() { Action = 1 };

    /// <summary>Where the collection cannot be locked, as in a condition.</summary>
    private static readonly Verify.Case Only = new() { Title = "Make it a concurrent collection" };

    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        public class C
        {
            {{members}}
        }
        """;

    private static string Body(string statements) => Class($"public object M(int[] items) {{ {statements} }}");

    [Fact]
    public Task Makes_a_list_a_queue() => Second.Fixes<Fix>("""
        public class C
        {
            public List<string> M(int[] items)
            {
                var all = new List<string>(); // all of them
                Parallel.ForEach(items, item =>
                {
                    // kept
                    if (item > 1)
                        [|all|].Add($"{item}"); // here too
                    [|all|].Add("");
                });
                foreach (var one in all)
                    Console.WriteLine(one);
                Console.WriteLine(all.Count + string.Join(", ", all.OrderBy(one => one)));
                return all;
            }
        }
        """, """
        public class C
        {
            public List<string> M(int[] items)
            {
                var all = new System.Collections.Concurrent.ConcurrentQueue<string>(); // all of them
                Parallel.ForEach(items, item =>
                {
                    // kept
                    if (item > 1)
                        all.Enqueue($"{item}"); // here too
                    all.Enqueue("");
                });
                foreach (var one in all)
                    Console.WriteLine(one);
                Console.WriteLine(all.Count + string.Join(", ", all.OrderBy(one => one)));
                return all.ToList();
            }
        }
        """);

    private const string Loop = "Parallel.ForEach(items, i => ";

    [Theory]
    [InlineData("var all = new Queue<int>(); Loop[|all|].Enqueue(i)); return all.ToArray();", "var all = new ConcurrentQueue<int>(); Loopall.Enqueue(i)); return all.ToArray();")]
    [InlineData("var all = new Stack<int>(); Loop[|all|].Push(i)); return all.Contains(1);", "var all = new ConcurrentStack<int>(); Loopall.Push(i)); return all.Contains(1);")]
    [InlineData("List<int> all = new(); Loop[|all|].Add(i)); all.Clear(); return all.Max();", "ConcurrentQueue<int> all = new(); Loopall.Enqueue(i)); all.Clear(); return all.Max();")]
    [InlineData("var all = new Dictionary<int, string>(); Loop[|all|][i] = \"\"); foreach (var (key, text) in all) Console.WriteLine(key + text); foreach (var text in all.Values) Console.WriteLine(text); return all.TryGetValue(1, out var one) ? one : all[2];",
        "var all = new ConcurrentDictionary<int, string>(); Loopall[i] = \"\"); foreach (var (key, text) in all) Console.WriteLine(key + text); foreach (var text in all.Values) Console.WriteLine(text); return all.TryGetValue(1, out var one) ? one : all[2];")]
    [InlineData("Dictionary<string, int> all = new Dictionary<string, int>(StringComparer.Ordinal); Loop[|all|][\"\"] = i); return all.Remove(\"\") || all.Remove(\"a\", out var a) && a > 1;",
        "ConcurrentDictionary<string, int> all = new ConcurrentDictionary<string, int>(StringComparer.Ordinal); Loopall[\"\"] = i); return all.TryRemove(\"\", out _) || all.TryRemove(\"a\", out var a) && a > 1;")]
    [InlineData("var all = new HashSet<int>(); Loop[|all|].Add(i)); foreach (var one in all) Console.WriteLine(one); all.Remove(1); return all.Contains(2) ? all.Count : all.Sum();",
        "var all = new ConcurrentDictionary<int, byte>(); Loopall.TryAdd(i, 0)); foreach (var one in all.Keys) Console.WriteLine(one); all.TryRemove(1, out _); return all.ContainsKey(2) ? all.Count : all.Keys.Sum();")]
    public Task Makes_it_the_one_that_can_do_the_same(string body, string made) => Second.Fixes<Fix>(Body(body.Replace("Loop", Loop)), Body(made.Replace("Loop", Loop)));

    [Fact]
    public Task Asks_a_set_in_one_step() => Only.Fixes<Fix>(
        Body("var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase); Parallel.ForEach(items, i => { if ([|seen|].Add($\"{i}\")) Console.WriteLine(i); }); return 1;"),
        Body("var seen = new ConcurrentDictionary<string, byte>(StringComparer.OrdinalIgnoreCase); Parallel.ForEach(items, i => { if (seen.TryAdd($\"{i}\", 0)) Console.WriteLine(i); }); return 1;"));

    [Fact]
    public Task Makes_two_collections_at_once() => Second.Fixes<Fix>(
        Body("var a = new List<int>(); var b = new Stack<int>(); Parallel.ForEach(items, i => { [|a|].Add(i); [|b|].Push(i); }); return a.Count + b.Count;"),
        Body("var a = new ConcurrentQueue<int>(); var b = new ConcurrentStack<int>(); Parallel.ForEach(items, i => { a.Enqueue(i); b.Push(i); }); return a.Count + b.Count;"));

    [Fact]
    public Task Makes_a_field_one_for_several_threads() => Second.Fixes<Fix>(
        Class("private static readonly Dictionary<int, int> s_all = new(); public void M(int[] items) => Parallel.ForEach(items, i => { [|s_all|][i] = 1; }); public static int Count => s_all.Count; public static bool Has(int i) => s_all.ContainsKey(i);"),
        Class("private static readonly ConcurrentDictionary<int, int> s_all = new(); public void M(int[] items) => Parallel.ForEach(items, i => { s_all[i] = 1; }); public static int Count => s_all.Count; public static bool Has(int i) => s_all.ContainsKey(i);"));

    [Theory]
    [InlineData("var all = new List<int>(); await Task.WhenAll(items.Select(async i => { await Task.Yield(); [|all|].Add(i); })); return all;", "var all = new ConcurrentQueue<int>(); await Task.WhenAll(items.Select(async i => { await Task.Yield(); all.Enqueue(i); })); return all.ToList();")]
    [InlineData("var all = new List<int>(); await Parallel.ForEachAsync(items, async (i, token) => { await Task.Yield(); [|all|].Add(i); }); if (all.Count == 0) return new List<int>(); return all;", "var all = new ConcurrentQueue<int>(); await Parallel.ForEachAsync(items, async (i, token) => { await Task.Yield(); all.Enqueue(i); }); if (all.Count == 0) return new List<int>(); return all.ToList();")]
    public Task Copies_what_is_given_back_when_the_work_is_done(string body, string made) => Second.Fixes<Fix>(Class($"public async Task<List<int>> M(int[] items) {{ {body} }}"), Class($"public async Task<List<int>> M(int[] items) {{ {made} }}"));

    [Theory]
    [InlineData("Dictionary<int, int>", "[|all|][i] = 1", "ConcurrentDictionary<int, int>", "all[i] = 1", "new Dictionary<int, int>(all)")]
    [InlineData("HashSet<int>", "[|all|].Add(i)", "ConcurrentDictionary<int, byte>", "all.TryAdd(i, 0)", "new HashSet<int>(all.Keys)")]
    [InlineData("Queue<int>", "[|all|].Enqueue(i)", "ConcurrentQueue<int>", "all.Enqueue(i)", "new Queue<int>(all)")]
    public Task Copies_it_into_the_old_kind(string old, string add, string @new, string added, string copy) => Second.Fixes<Fix>(
        Class($"public {old} M(int[] items) {{ var all = new {old}(); Parallel.ForEach(items, i => {{ {add}; }}); Keep(all.Count); return all; }} private void Keep(int i) {{ }}"),
        Class($"public {old} M(int[] items) {{ var all = new {@new}(); Parallel.ForEach(items, i => {{ {added}; }}); Keep(all.Count); return {copy}; }} private void Keep(int i) {{ }}"));

    [Fact]
    public Task Copies_for_the_last_who_uses_it_in_old_code() => new Verify.Case { Action = 1, Language = LanguageVersion.CSharp7_3 }.Fixes<Fix>("""
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public class C
        {
            private IList<int> _last;

            public void M(int[] items)
            {
                List<int> all = new List<int>();
                Parallel.ForEach(items, i => [|all|].Add(i));
                _last = all;
            }
        }
        """, """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public class C
        {
            private IList<int> _last;

            public void M(int[] items)
            {
                System.Collections.Concurrent.ConcurrentQueue<int> all = new System.Collections.Concurrent.ConcurrentQueue<int>();
                Parallel.ForEach(items, i => all.Enqueue(i));
                _last = new List<int>(all);
            }
        }
        """);

    [Theory]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); all.Sort(); return all.Count;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return all[0];")]
    [InlineData("var all = new List<int>(); Loop[|all|].AddRange(items)); return 1;")]
    [InlineData("var all = new List<int>(items.Length); Loop[|all|].Add(i)); return 1;")]
    [InlineData("var all = new List<int>() { 1 }; Loop[|all|].Add(i)); return 1;")]
    [InlineData("IList<int> all = new List<int>(); Loop[|all|].Add(i)); return 1;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return nameof(all);")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); all = null; return 1;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return $\"{all}\";")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return all;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return System.Text.Json.JsonSerializer.Serialize<object>(all);")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); Action more = () => Same(all).Add(1); return more; static List<int> Same(List<int> one) => one;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); var same = Same(all); return all.Count + same.Count; static List<int> Same(List<int> one) => one;")]
    [InlineData("var all = new List<int>(); Loop[|all|].Add(i)); return (Same(all), Same(all)); static List<int> Same(List<int> one) => one;")]
    [InlineData("var all = new List<int>(); try { Loop[|all|].Add(i)); return Same(all); } finally { all.Clear(); } static List<int> Same(List<int> one) => one;")]
    [InlineData("var all = new List<int>(); while (items.Length > 0) { Loop[|all|].Add(i)); Keep(all); } return 1; static void Keep(List<int> one) { }")]
    [InlineData("var all = new List<int>(); _ = Task.WhenAll(items.Select(async i => { await Task.Yield(); [|all|].Add(i); })); return Same(all); static List<int> Same(List<int> one) => one;")]
    [InlineData("var all = new Stack<int>(); Loop[|all|].Push(i)); return Same(all); static Stack<int> Same(Stack<int> one) => one;")]
    [InlineData("var all = new Stack<int>(); all.Push(1); Loop[|all|].Push(i)); return all.Pop();")]
    [InlineData("var all = new Dictionary<int, int>(); Loop[|all|].Add(i, 1)); return 1;")]
    [InlineData("var all = new Dictionary<int, int>(); Loop[|all|][i]++); return 1;")]
    [InlineData("var all = new Dictionary<int, int>(); Parallel.ForEach(items, i => { if (!all.ContainsKey(i)) [|all|][i] = 1; }); return 1;")]
    [InlineData("var all = new Dictionary<int, int>(); Loop[|all|][i] = 1); var keys = all.Keys; all[1] = 2; return keys.Count;")]
    [InlineData("var all = new HashSet<string?>(); Loop[|all|].Add(null)); return 1;")]
    [InlineData("var all = new HashSet<int>(); var later = all.Where(i => i > 1); Loop[|all|].Add(i)); return later.Count();")]
    [InlineData("var all = new HashSet<int>(); Loop[|all|].Add(i)); return all.SetEquals(items);")]
    [InlineData("var all = new System.Text.StringBuilder(); Loop[|all|].Append(i)); return 1;")]
    public Task Offers_nothing_where_a_use_has_no_equal(string body) => Second.NoFix<Fix>(Body(body.Replace("Loop", "Console.WriteLine(); " + Loop)));

    [Theory]
    [InlineData("private List<int> _all = new();")]
    [InlineData("internal readonly List<int> _all = new();")]
    [InlineData("private readonly List<int> _all; public C() => _all = new();")]
    [InlineData("[NonSerialized] private readonly List<int> _all = new();")]
    [InlineData("private readonly List<int> _all = new(); public List<int> All => _all;")]
    [InlineData("private readonly List<int> _all = new(); public bool Put(int i) { if (_all.Contains(i)) return false; _all.Add(i); return true; }")]
    public Task Offers_nothing_for_a_field_that_others_see_or_that_changes(string field) => Second.NoFix<Fix>(Class($"{field} public void M(int[] items) => Parallel.ForEach(items, i => {{ [|_all|].Add(i); }});"));
}
