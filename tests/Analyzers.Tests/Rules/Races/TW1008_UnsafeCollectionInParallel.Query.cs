using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnsafeCollectionInParallelFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsafeCollectionInParallel>;

namespace Analyzers.Tests.Rules;

/// <summary>A loop that does nothing but add to a new list becomes a query that makes the list.</summary>
public class TW1008_UnsafeCollectionInParallel_Query
{
    /// <summary>After the lock and the concurrent collection.</summary>
    private static readonly Verify.Case Third = new() { Action = 2 };

    /// <summary>After the lock alone: what is done to the list later only a list can do.</summary>
    private static readonly Verify.Case Second = new() { Action = 1 };

    private static string Class(string statements) => $$"""
        public class C
        {
            public object M(int[] items, List<string> names, IEnumerable<string> more, int limit, C other)
            {
                {{statements}}
            }

            public int Count => -1;
        }
        """;

    private static string Lines(params string[] statements) => Class(string.Join("\n        ", statements));

    [Fact]
    public Task Computes_the_list() => Third.Fixes<Fix>(
        Lines("// first", "var all = new List<int>();", "Parallel.ForEach(items, item => [|all|].Add(item * 2)); // done", "return all.Count;"),
        Lines("// first", "var all = items.AsParallel().Select(item => item * 2).ToList(); // done", "return all.Count;"));

    [Theory]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, item => { [|all|].Add(item); }); all.Sort(); return all;", "var all = items.AsParallel().Select(item => item).ToList(); all.Sort(); return all;")]
    [InlineData("List<int> all = new(items.Length); Parallel.ForEach(items, (int item) => [|all|].Add(item)); all.Sort(); return all;", "List<int> all = items.AsParallel().Select((int item) => item).ToList(); all.Sort(); return all;")]
    [InlineData("var all = new List<object>(); Parallel.ForEach(names, name => [|all|].Add(name)); all.Sort(); return all;", "var all = names.AsParallel().Select<string, object>(name => name).ToList(); all.Sort(); return all;")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(more ?? names, name => [|all|].Add(name.Length)); all.Sort(); return all;", "var all = (more ?? names).AsParallel().Select(name => name.Length).ToList(); all.Sort(); return all;")]
    [InlineData("var all = new List<int>(); Parallel.For(0, items.Length, i => [|all|].Add(items[i])); all.Sort(); return all;", "var all = ParallelEnumerable.Range(0, items.Length).Select(i => items[i]).ToList(); all.Sort(); return all;")]
    [InlineData("var all = new List<string>(); Parallel.For(0, names.Count, i => { [|all|].Add(names[i]); }); all.Sort(); return all;", "var all = ParallelEnumerable.Range(0, names.Count).Select(i => names[i]).ToList(); all.Sort(); return all;")]
    [InlineData("var all = new List<int>(); Parallel.For(0, 100, i => [|all|].Add(i)); all.Sort(); return all;", "var all = ParallelEnumerable.Range(0, 100).Select(i => i).ToList(); all.Sort(); return all;")]
    public Task Computes_the_list_whatever_the_loop_goes_through(string body, string query) => Second.Fixes<Fix>(Class(body), Class(query));

    [Theory]
    [InlineData("var all = new List<int>(); Parallel.For(0, limit, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.For(0, other.Count, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.For(0, -1, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.For(1, items.Length, i => [|all|].Add(i));")]
    [InlineData("var all = new List<long>(); Parallel.For(0L, 5L, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(limit); Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int> { 1 }; Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("IList<int> all = new List<int>(); Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); all.Add(1); Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, i => { if (i > 1) [|all|].Add(i); });")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, i => { Console.WriteLine(); [|all|].Add(i); });")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, (i, state) => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, new ParallelOptions(), i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, async i => [|all|].Add(await Task.FromResult(i)));")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, i => [|all|].Add(all.Count));")]
    [InlineData("var all = new List<int>(); var done = Parallel.ForEach(items, i => [|all|].Add(i)).IsCompleted;")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(items, true), i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); // kept\n        Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>();\n        // kept\n        Parallel.ForEach(items, i => [|all|].Add(i));")]
    [InlineData("var all = new List<int>(); Parallel.ForEach(items, i => { [|all|].Add(i); /* kept */ });")]
    [InlineData("var all = new HashSet<int>(); Parallel.ForEach(items, i => [|all|].Add(i));")]
    public Task Offers_no_query_where_it_would_not_be_the_same(string body) => Second.NoFix<Fix>(Class(body + " all.GetHashCode(); return all;"));
}
