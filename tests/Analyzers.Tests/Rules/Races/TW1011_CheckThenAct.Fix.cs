using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CheckThenActFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CheckThenAct>;

namespace Analyzers.Tests.Rules;

public partial class TW1011_CheckThenAct
{
    private static Task Fixes(string before, string after) => Verify.Fixes<Fix>(Class(before), Class(after));

    [Fact]
    public Task Fixes_an_addition() => Fixes("""
            public void Add(string k)
            {
                // first of its kind
                if (!_d.ContainsKey(k))
                {
                    [|_d[k]|] = new Entry { Value = 1 /* kept */ };
                } // done
            }
        """, """
            public void Add(string k)
            {
                // first of its kind
                _d.GetOrAdd(k, _ => new Entry { Value = 1 /* kept */ }); // done
            }
        """);

    [Fact]
    public Task Fixes_an_addition_of_what_is_there_anyway() => Fixes("""
            public void Add(string k)
            {
                var entry = new Entry();
                if (!_d.ContainsKey(k))
                    [|_d[k]|] = entry; // first of its kind
            }

            public Entry Keep(string k)
            {
                var entry = new Entry();
                if (!_d.ContainsKey(k))
                    [|_d[k]|] = entry;
                return entry;
            }
        """, """
            public void Add(string k)
            {
                var entry = new Entry();
                _d.TryAdd(k, entry); // first of its kind
            }

            public Entry Keep(string k)
            {
                var entry = new Entry();
                _d.GetOrAdd(k, _ => entry);
                return entry;
            }
        """);

    [Fact]
    public Task Fixes_an_addition_that_is_used() => Fixes("""
            public Entry Get(string k)
            {
                if (!_d.TryGetValue(k, out var entry))
                {
                    entry = new Entry();
                    [|_d[k]|] = entry;
                }

                return entry;
            }

            public Entry Next(string k)
            {
                if (!_d.TryGetValue(k, out Entry? entry))
                    [|_d[k]|] = entry = new Entry();
                return entry;
            }

            public Entry Last(string k)
            {
                Entry? entry;
                if (!_d.TryGetValue(k, out entry))
                {
                    entry = new Entry();
                    [|_d.TryAdd(k, entry)|];
                }

                return entry;
            }
        """, """
            public Entry Get(string k)
            {
                var entry = _d.GetOrAdd(k, _ => new Entry());

                return entry;
            }

            public Entry Next(string k)
            {
                Entry entry = _d.GetOrAdd(k, _ => new Entry());
                return entry;
            }

            public Entry Last(string k)
            {
                Entry? entry;
                entry = _d.GetOrAdd(k, _ => new Entry());

                return entry;
            }
        """);

    [Fact]
    public Task Fixes_an_early_return() => Fixes("""
            public Entry Get(string k)
            {
                if (_d.TryGetValue(k, out var entry))
                    return entry;
                entry = new Entry();
                [|_d[k]|] = entry;
                return entry;
            }
        """, """
            public Entry Get(string k)
            {
                return _d.GetOrAdd(k, _ => new Entry());
            }
        """);

    [Fact]
    public Task Fixes_a_table_of_weak_keys() => Verify.Fixes<Fix>("""
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
        """, """
        using System.Runtime.CompilerServices;

        public class C
        {
            private static readonly ConditionalWeakTable<string, object> Table = new();

            public static object Get(string k)
            {
                var value = Table.GetValue(k, _ => new object());

                return value;
            }
        }
        """);

    [Fact]
    public Task Fixes_a_change() => Fixes("""
            public void Count(string k)
            {
                if (_n.TryGetValue(k, out var n))
                    [|_n[k]|] = n + 1;
                else
                    _n[k] = 1;
            }

            public void Add(string k) => Console.WriteLine(k);

            public void Set(string k, int by)
            {
                [|_n[k]|] = _n.TryGetValue(k, out var n) ? n + by : Start(k);
            }

            public void Increment(string k) { [|_n[k]|]++; }

            public void Lower(string k, int by) { [|_n[k]|] -= by; }

            public void Double(string k) { [|_n[k]|] = _n[k] * 2; }

            private static int Start(string k) => k.Length;
        """, """
            public void Count(string k)
            {
                _n.AddOrUpdate(k, 1, (_, n) => n + 1);
            }

            public void Add(string k) => Console.WriteLine(k);

            public void Set(string k, int by)
            {
                _n.AddOrUpdate(k, _ => Start(k), (_, n) => n + by);
            }

            public void Increment(string k) { _n.AddOrUpdate(k, _ => throw new KeyNotFoundException(), (_, value) => value + 1); }

            public void Lower(string k, int by) { _n.AddOrUpdate(k, _ => throw new KeyNotFoundException(), (_, value) => value - by); }

            public void Double(string k) { _n.AddOrUpdate(k, _ => throw new KeyNotFoundException(), (_, value) => value * 2); }

            private static int Start(string k) => k.Length;
        """);

    [Fact]
    public Task Fixes_a_value_that_is_fetched() => Fixes("""
            public int Get(string k) => _n.ContainsKey(k) ? [|_n[k]|] : 0;

            public int Find(string k)
            {
                if (!_n.ContainsKey(k))
                    return 0;
                Console.WriteLine([|_n[k]|]);
                return [|_n[k]|];
            }

            public void Forget(string k) => _n.TryRemove(k, out _);
        """, """
            public int Get(string k) => _n.TryGetValue(k, out var value) ? value : 0;

            public int Find(string k)
            {
                if (!_n.TryGetValue(k, out var value))
                    return 0;
                Console.WriteLine(value);
                return value;
            }

            public void Forget(string k) => _n.TryRemove(k, out _);
        """);

    [Fact]
    public Task Fixes_a_removal() => Fixes("""
            public void Expire(string k)
            {
                if (_d.TryGetValue(k, out var entry) && entry.IsOld)
                    [|_d.TryRemove(k, out _)|];
            }

            public void Add(string k) => _d.TryAdd(k, new Entry());
        """, """
            public void Expire(string k)
            {
                if (_d.TryGetValue(k, out var entry) && entry.IsOld)
                    _d.TryRemove(new KeyValuePair<string, Entry>(k, entry));
            }

            public void Add(string k) => _d.TryAdd(k, new Entry());
        """);

    [Fact]
    public Task No_fix_where_the_branch_does_more() => Verify.NoFix<Fix>(Class("""
            public async Task<Entry> Get(string k)
            {
                if (!_d.TryGetValue(k, out var entry))
                {
                    await Task.Yield();
                    entry = new Entry();
                    [|_d[k]|] = entry;
                }

                return entry;
            }

            public Entry Noted(string k)
            {
                if (!_d.TryGetValue(k, out var entry))
                {
                    // has to be new
                    entry = new Entry();
                    [|_d[k]|] = entry;
                }

                return entry;
            }

            public void Add(string k, ref Entry entry)
            {
                if (!_d.ContainsKey(k))
                {
                    Console.WriteLine(k);
                    [|_d[k]|] = new Entry();
                }
            }
        """));

    [Fact]
    public Task No_fix_for_the_removal_of_what_others_fill() => Verify.NoFix<Fix>("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> _all = new();

            public void Add(string k, string l) => _all.GetOrAdd(k, _ => new()).TryAdd(l, 1);

            public void Remove(string k, string l)
            {
                if (_all.TryGetValue(k, out var some) && some.TryRemove(l, out _) && some.IsEmpty)
                    [|_all.TryRemove(k, out _)|];
            }
        }
        """);

    [Fact]
    public Task No_fix_for_what_is_listed_and_then_cleared() => Verify.NoFix<Fix>(Class("""
            public Entry[] Take()
            {
                var all = _q.ToArray();
                [|_q.Clear()|];
                return all;
            }
        """));
}
