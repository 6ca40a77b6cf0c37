using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnsafeCollectionInParallelFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsafeCollectionInParallel>;

namespace Analyzers.Tests.Rules;

/// <summary>Collections that delegates change by way of what they call, and loops of the runtime library.</summary>
public class TW1008_UnsafeCollectionInParallel_Callees
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly List<int> _list = new();
            private readonly Dictionary<int, int> _map = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Names_the_member_that_changes_it_and_the_loop() => Verify.Fires("""
        public class C
        {
            private readonly List<int> _list = new();
            public void M(int[] items) => Parallel.ForEach(items, item => Keep(item));
            private void Keep(int item) => [|_list|].Add(item);
        }
        """, "'List.Add' changes 'C._list' in 'C.Keep' while other runs that 'Parallel.ForEach' starts do so as well, and it is not safe for that: elements are lost, or it throws");

    [Theory]
    [InlineData("public void M(int[] items) => Parallel.ForEach(items, Keep); private void Keep(int item) => [|_list|].Add(item);")]
    [InlineData("public void M(int[] items) => items.AsParallel().ForAll(i => Keep(i)); private void Keep(int item) { if (item > 1) [|_map|][item] = 1; }")]
    [InlineData("public Task M(int[] items) => Parallel.ForEachAsync(items, async (i, token) => { await Task.Yield(); Keep(i); }); public void Keep(int item) => [|_list|].Add(item);")]
    public Task Fires_on_what_a_callee_changes(string members) => Verify.Fires(Class(members));

    [Theory]
    [InlineData("Threadwise.ParallelMap.ForEach(items, i => { [|_list|].Add(i); });")]
    [InlineData("_ = Threadwise.ParallelMap.Map(items, i => { [|_list|].Add(i); return i; });")]
    [InlineData("var found = new List<int>(); Threadwise.ParallelMap.ForEach(items, i => { [|found|].Add(i); });")]
    [InlineData("Threadwise.ParallelMap.ForEach(items, i => Keep(i));")]
    public Task Fires_in_loops_of_the_runtime_library(string body) => new Verify.Case { HasRuntime = true }.Fires(Class($"public void M(int[] items) {{ {body} }} private void Keep(int item) => {(body.Contains("Keep", StringComparison.Ordinal) ? "[|_map|]" : "_map")}[item] = 1;"));

    [Theory]
    [InlineData("public void M(int[] items) => Parallel.ForEach(items, i => Keep(i)); private void Keep(int item) { lock (_g) _list.Add(item); }")]
    [InlineData("public void M(int[] items) { Parallel.ForEach(items, i => Console.WriteLine(i)); Keep(1); } private void Keep(int item) => _list.Add(item);")]
    [InlineData("public void M(int[] items) { foreach (var i in items) Keep(i); } private void Keep(int item) => _list.Add(item);")]
    [InlineData("public bool M(int[] items) => items.AsParallel().All(i => Has(i)); private bool Has(int item) => _list.Contains(item);")]
    public Task Silent_when_runs_do_not_meet_there(string members) => Verify.Silent(Class(members));

    [Fact]
    public Task Locks_the_collection_in_the_callee() => Verify.Fixes<Fix>(Class("""
        public void M(int[] items) => Parallel.ForEach(items, i => Keep(i));
            private void Keep(int item)
            {
                [|_list|].Add(item);
            }
        """), Class("""
        public void M(int[] items) => Parallel.ForEach(items, i => Keep(i));
            private void Keep(int item)
            {
                lock (_list)
                {
                    _list.Add(item);
                }
            }
        """));
}
