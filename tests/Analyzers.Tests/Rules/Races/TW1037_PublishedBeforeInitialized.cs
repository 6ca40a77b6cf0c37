using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.PublishedBeforeInitialized>;

namespace Analyzers.Tests.Rules;

/// <summary>Objects that others can have before they are ready.</summary>
public class TW1037_PublishedBeforeInitialized
{
    private static Task Fires(string body) => Verify.Fires(Class(body));

    private static Task Silent(string body) => Verify.Silent(Class(body));

    private static string Class(string body) => $$"""
        public class Row { public int A { get; set; } public int B; public void Touch() { } }

        public class C
        {
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Row> _rows = new();
            private readonly System.Collections.Concurrent.ConcurrentQueue<Row> _queue = new();
            private readonly object _g = new();
            private volatile Row _current;
            private volatile List<int> _list;
            private volatile byte[] _bytes;
            private Row _plain;

            public void M(int k, bool b)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Names_the_change_and_where_it_was_stored() => Verify.Fires("""
        public class Config
        {
            private static volatile Dictionary<string, string> s_current = new();
            public static void Load()
            {
                var next = new Dictionary<string, string>();
                s_current = next;
                [|next.Add("a", "b")|];
            }
        }
        """, "'next' is changed ('Add') in 'Config.Load' after it was stored where other threads find it (Test0.cs:7)");

    [Theory]
    [InlineData("var r = new Row(); _current = r; [|r.A|] = 1; r.B = 2;")]
    [InlineData("var r = new Row(); _rows[k] = r; [|r.B|] = 1;")]
    [InlineData("var r = new Row(); _rows.TryAdd(k, r); [|r.B|] = 1;")]
    [InlineData("var l = new List<int>(); _list = l; for (var i = 0; i < k; i++) [|l.Add(i)|];")]
    public Task C2_58_Fires_on_changes_after_the_store(string body) => Fires(body);

    [Theory]
    [InlineData("var a = new byte[k]; _bytes = a; [|a[0]|] = 1; a[1] = 2;")]
    [InlineData("var a = System.Buffers.ArrayPool<byte>.Shared.Rent(k); _bytes = a; [|a[0]|] = 1;")]
    public Task C2_65_Fires_on_elements_of_an_array_after_the_store(string body) => Fires(body);

    [Fact]
    public Task C2_64_Silent_on_elements_of_an_array_before_the_store() => Silent("var a = System.Buffers.ArrayPool<byte>.Shared.Rent(k); a[0] = 1; _bytes = a;");

    [Theory]
    [InlineData("""
        var r = new Row();
                _current = r;
                [|r.A|] = 1;
                r.B = 2;
        """, """
        var r = new Row();
                r.A = 1;
                r.B = 2;
                _current = r;
        """)]
    [InlineData("""
        var l = new List<int>();
                _list = l;
                for (var i = 0; i < k; i++)
                    [|l.Add(i)|];
                Console.WriteLine(k);
        """, """
        var l = new List<int>();
                for (var i = 0; i < k; i++)
                    l.Add(i);
                _list = l;
                Console.WriteLine(k);
        """)]
    public Task Stores_it_last(string marked, string @fixed) => Verify.Fixes<PublishedBeforeInitializedFix>(Class(marked), Class(@fixed));

    [Theory]
    [InlineData("""
        var r = new Row();
                _current = r;
                Console.WriteLine(k);
                [|r.A|] = 1;
        """)]
    [InlineData("""
        var r = new Row();
                _rows[k] = r;
                k = 1;
                [|r.A|] = 1;
        """)]
    [InlineData("""
        var r = new Row();
                _current = r;
                if (b)
                    return;
                [|r.A|] = 1;
        """)]
    [InlineData("""
        var r = new Row();
                if (b)
                    _current = r;
                [|r.A|] = 1;
        """)]
    [InlineData("""
        var r = new Row();
                _current = r; // Now!
                [|r.A|] = 1;
        """)]
    [InlineData("""
        var r = new Row();
                _current = r;
                [|r.A|] = _current.B;
        """)]
    public Task Offers_nothing_where_more_may_depend_on_the_order(string body) => Verify.NoFix<PublishedBeforeInitializedFix>(Class(body));

    [Fact]
    public Task C2_59_Fires_on_an_object_that_was_handed_to_a_queue() => Fires("var r = new Row(); _queue.Enqueue(r); [|r.A|] = 1;");

    [Theory]
    [InlineData("var r = new Row(); r.A = 1; _current = r;")]
    [InlineData("var r = new Row { A = 1 }; _rows[k] = r; Console.WriteLine(r.A);")]
    [InlineData("var r = new Row(); _plain = r; r.A = 1;")]
    [InlineData("var r = _plain; _current = r; r.A = 1;")]
    [InlineData("lock (_g) { var r = new Row(); _rows[k] = r; r.A = 1; }")]
    [InlineData("var r = new Row(); _rows[k] = r; r.Touch();")]
    [InlineData("var l = new List<int>(); _list = l; Console.WriteLine(l.Count);")]
    [InlineData("var mine = new System.Collections.Concurrent.ConcurrentQueue<Row>(); var r = new Row(); mine.Enqueue(r); r.A = 1;")]
    public Task C2_60_Silent_on_changes_before_under_a_lock_or_of_what_nobody_shares(string body) => Silent(body);

    [Theory]
    [InlineData("_bytes = new byte[k]; for (var i = 0; i < k; i++) [|_bytes[i]|] = 1;")]
    [InlineData("_list = new(); [|_list.Add(k)|];")]
    [InlineData("_current = new Row(); [|_current.A|] = 1;")]
    public Task Fires_on_changes_by_the_name_of_the_field(string body) => Fires(body);

    [Theory]
    [InlineData("var l = new List<int>(); _lists[k] = l; [|l.Add(1)|];")]
    [InlineData("var l = _lists.GetOrAdd(k, _ => new List<int>()); [|l.Add(1)|];")]
    [InlineData("var l = _lists.GetOrAdd(k, new List<int>()); [|l.Sort()|];")]
    [InlineData("if (_lists.TryGetValue(k, out var l)) [|l.Sort()|];")]
    [InlineData("[|_lists.GetOrAdd(k, _ => new List<int>()).Add(1)|];")]
    [InlineData("[|_lists[k].Reverse()|];")]
    public Task Fires_on_changes_of_what_is_in_a_cache(string body) => Verify.Fires(Cache(body));

    private static string Cache(string body) => $$"""
        public class C
        {
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, List<int>> _lists = new();
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, (int A, int B)> _pairs = new();
            private readonly object _g = new();

            public void M(int k)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var l = _lists.GetOrAdd(k, _ => new List<int>()).ToList(); l.Sort();")]
    [InlineData("var l = new List<int>(_lists[k]); l.Sort();")]
    [InlineData("var p = _pairs.GetOrAdd(k, (1, 2)); p.A = 3;")]
    [InlineData("lock (_g) { var l = _lists.GetOrAdd(k, _ => new List<int>()); l.Sort(); }")]
    [InlineData("var l = _lists.GetOrAdd(k, _ => new List<int>()); lock (l) l.Add(1);")]
    [InlineData("if (_lists.TryRemove(k, out var l)) l.Sort();")]
    public Task Silent_on_copies_on_values_and_under_a_lock(string body) => Verify.Silent(Cache(body));

    [Fact]
    public Task Silent_in_construction() => Verify.Silent("""
        public class C
        {
            private volatile List<int> _list;
            public C() { var l = new List<int>(); _list = l; l.Add(1); }
        }
        """);
}
