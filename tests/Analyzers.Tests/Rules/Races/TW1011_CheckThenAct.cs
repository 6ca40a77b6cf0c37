using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CheckThenAct>;

namespace Analyzers.Tests.Rules;

public partial class TW1011_CheckThenAct
{
    /// <summary>A class with a shared dictionary of lists, and this in it.</summary>
    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        public sealed class Entry
        {
            public int Value { get; set; }
            public bool IsOld;
        }

        public class C
        {
            private readonly ConcurrentDictionary<string, Entry> _d = new();
            private readonly ConcurrentDictionary<string, int> _n = new();
            private readonly ConcurrentQueue<Entry> _q = new();
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_C2_69_on_an_object_put_in_because_it_was_not_there() => Verify.Fires(Class("""
            public void Add(string k)
            {
                if (!_d.ContainsKey(k))
                    [|_d[k]|] = new Entry();
            }
        """), "'C.Add' relies on what 'ContainsKey' of '_d' said before (Test0.cs:18); another thread can come in between, and what it put in is overwritten");

    [Fact]
    public Task Silent_C2_69_when_the_collection_does_both() => Verify.Silent(Class("""
            public Entry Get(string k) => _d.GetOrAdd(k, _ => new Entry());
            public bool Add(string k) => _d.TryAdd(k, new Entry());
            public int Count(string k) => _n.AddOrUpdate(k, 1, (_, n) => n + 1);
        """));

    [Fact]
    public Task Fires_when_the_value_was_looked_for() => Verify.Fires(Class("""
            public Entry Get(string k)
            {
                if (!_d.TryGetValue(k, out var entry))
                {
                    entry = new Entry();
                    [|_d[k]|] = entry;
                }

                return entry;
            }
        """));

    [Fact]
    public Task Fires_behind_an_early_return() => Verify.Fires(Class("""
            public Entry Get(string k)
            {
                if (_d.TryGetValue(k, out var entry))
                    return entry;
                entry = new Entry();
                [|_d[k]|] = entry;
                return entry;
            }
        """));

    [Fact]
    public Task Fires_through_a_local_that_has_the_answer() => Verify.Fires(Class("""
            public void Add(string k)
            {
                var known = _d.ContainsKey(k);
                if (known == false)
                    [|_d[k]|] = new Entry();
            }
        """));

    [Fact]
    public Task Fires_through_a_local_that_is_null_without_an_answer() => Verify.Fires(Class("""
            public Entry Get(string k)
            {
                _d.TryGetValue(k, out var entry);
                if (entry == null)
                    [|_d[k]|] = entry = new Entry();
                return entry;
            }
        """));

    [Fact]
    public Task Fires_when_what_was_not_put_in_is_used() => Verify.Fires(Class("""
            public Entry Get(string k)
            {
                if (!_d.TryGetValue(k, out var entry))
                {
                    entry = new Entry();
                    [|_d.TryAdd(k, entry)|];
                }

                return entry;
            }
        """), "'C.Get' relies on what 'TryGetValue' of '_d' said before (Test0.cs:18); another thread can come in between, and this goes on with an object that is not the one in the collection");

    [Fact]
    public Task Fires_on_what_a_caller_gave() => Verify.Fires(Class("""
            public void Register(string k, Entry entry)
            {
                if (_d.ContainsKey(k))
                    throw new ArgumentException(k);
                [|_d[k]|] = entry;
            }
        """));

    [Fact]
    public Task Fires_on_a_collection_of_which_a_second_addition_throws() => Verify.Fires("""
        using System.Runtime.CompilerServices;

        public class C
        {
            private static readonly ConditionalWeakTable<string, object> Table = new();

            public static object Get(string k)
            {
                if (!Table.TryGetValue(k, out var value))
                {
                    value = new object();
                    [|Table.Add(k, value)|];
                }

                return value;
            }
        }
        """, "'C.Get' relies on what 'TryGetValue' of 'C.Table' said before (Test0.cs:9); another thread can come in between, and what it put in makes this throw");

    [Fact]
    public Task Fires_on_a_changed_value_put_back() => Verify.Fires(Class("""
            public void Count(string k)
            {
                if (_n.TryGetValue(k, out var n))
                    [|_n[k]|] = n + 1;
                else
                    _n[k] = 1;
            }

            public void Add(string k) => [|_n[k]|] = _n.TryGetValue(k, out var n) ? n + 1 : 1;

            public void Increment(string k) => [|_n[k]|]++;

            public void Double(string k) => [|_n[k]|] = _n[k] * 2;

            public void Raise(string k, int by)
            {
                var old = _n[k];
                var raised = old + by;
                [|_n[k]|] = raised;
            }
        """));

    [Fact]
    public Task Fires_on_a_value_fetched_though_others_remove() => Verify.Fires(Class("""
            public int Get(string k) => _n.ContainsKey(k) ? [|_n[k]|] : 0;

            public int Find(string k)
            {
                if (!_n.ContainsKey(k))
                    return 0;
                return [|_n[k]|];
            }

            public void Forget(string k) => _n.TryRemove(k, out _);
        """));

    [Fact]
    public Task Fires_on_the_removal_of_what_was_looked_at() => Verify.Fires(Class("""
            public void Expire(string k)
            {
                if (_d.TryGetValue(k, out var entry) && entry.IsOld)
                    [|_d.TryRemove(k, out _)|];
            }

            public void Add(string k) => _d.TryAdd(k, new Entry());
        """));

    [Fact]
    public Task Fires_on_a_list_that_is_cleared_after_it_was_copied() => Verify.Fires(Class("""
            public Entry[] Take()
            {
                var all = _q.ToArray();
                [|_q.Clear()|];
                return all;
            }

            public List<Entry> TakeAll()
            {
                var all = _d.Values.ToList();
                [|_d.Clear()|];
                return all;
            }
        """));

    [Fact]
    public Task Fires_on_a_collection_that_a_parallel_loop_shares() => Verify.Fires("""
        using System.Collections.Concurrent;

        public static class C
        {
            public static void Count(IEnumerable<string> words)
            {
                var counts = new ConcurrentDictionary<string, int>();
                Parallel.ForEach(words, word =>
                {
                    if (counts.TryGetValue(word, out var n))
                        [|counts[word]|] = n + 1;
                    else
                        counts[word] = 1;
                });
            }
        }
        """);

    [Fact]
    public Task Fires_in_one_statement() => Verify.Fires(Class("""
            public Entry Get(string k)
            {
                if (!_d.TryGetValue(k, out var v))
                    [|_d[k]|] = v = new();
                return v;
            }
        """));

    [Fact]
    public Task Silent_on_a_limit_that_a_few_may_pass() => Verify.Silent(Class("""
            public void Add(string k)
            {
                if (_d.Count < 100)
                    _d.TryAdd(k, new Entry());
            }
        """));

    [Fact]
    public Task Fires_on_a_bag_that_is_copied_and_cleared() => Verify.Fires(Class("""
            public List<Entry> Take()
            {
                var all = _q.ToList();
                [|_q.Clear()|];
                return all;
            }
        """));
}
