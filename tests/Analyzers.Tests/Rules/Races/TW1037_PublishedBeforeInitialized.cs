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
