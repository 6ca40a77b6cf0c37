using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ConcurrentCopyRaceFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ConcurrentCopyRace>;

namespace Analyzers.Tests.Rules;

public partial class TW1026_ConcurrentCopyRace
{
    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentDictionary<string, int> _d = new();
            private readonly ConcurrentQueue<int> _q = new();
            private readonly ConcurrentBag<int> _b = new();
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_on_a_list_of_all_elements() => Verify.Fires(Class("""
            public List<KeyValuePair<string, int>> All() => [|_d.ToList()|];
        """), "'C.All' copies '_d' with 'Enumerable.ToList', which first counts and then copies; it throws when another thread adds an element in between");

    [Fact]
    public Task Fires_on_an_array_of_all_elements() => Verify.Fires(Class("""
            public KeyValuePair<string, int>[] All() => [|Enumerable.ToArray(_d)|];
        """));

    [Fact]
    public Task Fires_on_a_sort() => Verify.Fires(Class("""
            public IEnumerable<string> Sorted() => [|_d.OrderBy(e => e.Value)|].Select(e => e.Key);
            public IEnumerable<string> Backwards() => [|_d.OrderByDescending(e => e.Value)|].Select(e => e.Key);
        """));

    [Fact]
    public Task Fires_on_a_collection_made_of_it() => Verify.Fires(Class("""
            public List<KeyValuePair<string, int>> New() => [|new List<KeyValuePair<string, int>>(_d)|];
            public void AddTo(List<KeyValuePair<string, int>> all) => [|all.AddRange(_d)|];
        """));

    [Fact]
    public Task Silent_when_the_collection_copies_itself() => Verify.Silent(Class("""
            public KeyValuePair<string, int>[] All() => _d.ToArray();
            public List<KeyValuePair<string, int>> List() => _d.ToArray().ToList();
            public List<string> Keys() => _d.Keys.ToList();
            public int[] Values() => _d.Values.OrderBy(v => v).ToArray();
        """));

    [Fact]
    public Task Silent_when_elements_are_gone_through_one_by_one() => Verify.Silent(Class("""
            public List<string> Keys() => _d.Select(e => e.Key).ToList();
            public Dictionary<string, int> Map() => _d.ToDictionary(e => e.Key, e => e.Value);

            public int Sum()
            {
                var sum = 0;
                foreach (var e in _d)
                    sum += e.Value;
                return sum;
            }
        """));

    [Fact]
    public Task Silent_on_collections_that_cannot_be_asked_for_their_count_so() => Verify.Silent(Class("""
            public List<int> Queue() => _q.ToList();
            public List<int> Bag() => new(_b);
        """));

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent(Class("""
            public List<KeyValuePair<string, int>> All()
            {
                lock (_g)
                    return _d.ToList();
            }
        """));

    [Fact]
    public Task Silent_on_locals_and_in_construction() => Verify.Silent(Class("""
            private readonly List<KeyValuePair<string, int>> _all;

            public C() => _all = _d.ToList();

            public static List<KeyValuePair<string, int>> Of(IEnumerable<string> keys)
            {
                var counts = new ConcurrentDictionary<string, int>();
                Parallel.ForEach(keys, k => counts.AddOrUpdate(k, 1, (_, n) => n + 1));
                return counts.ToList();
            }
        """));

    [Fact]
    public Task Fixes_by_a_copy_first() => Verify.Fixes<Fix>(Class("""
            public List<KeyValuePair<string, int>> All() => [|_d.ToList()|]; // all
            public IEnumerable<string> Sorted() => [|this._d.OrderBy(e => e.Value)|].Select(e => e.Key);
            public List<KeyValuePair<string, int>> New() => [|new List<KeyValuePair<string, int>>(_d)|];
        """), Class("""
            public List<KeyValuePair<string, int>> All() => _d.ToArray().ToList(); // all
            public IEnumerable<string> Sorted() => this._d.ToArray().OrderBy(e => e.Value).Select(e => e.Key);
            public List<KeyValuePair<string, int>> New() => new List<KeyValuePair<string, int>>(_d.ToArray());
        """));
}
