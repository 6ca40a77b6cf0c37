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
}
