using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CheckThenAct>;

namespace Analyzers.Tests.Rules;

public partial class TW1011_CheckThenAct
{
    [Fact]
    public Task Silent_when_everybody_computes_the_same() => Verify.Silent("""
        using System.Collections.Concurrent;

        public sealed record Shape(string Name);

        public class C
        {
            private readonly ConcurrentDictionary<string, string> _names = new();
            private readonly ConcurrentDictionary<string, Shape> _shapes = new();
            private readonly ConcurrentDictionary<string, List<string>> _parts = new();

            public string Name(string k)
            {
                if (!_names.TryGetValue(k, out var name))
                    _names[k] = name = k.ToUpperInvariant();
                return name;
            }

            public Shape Shape(string k)
            {
                if (_shapes.TryGetValue(k, out var shape))
                    return shape;
                return _shapes[k] = new Shape(k);
            }

            public List<string> Parts(string k)
            {
                if (_parts.TryGetValue(k, out var parts))
                    return parts;
                parts = new List<string>();
                foreach (var part in k.Split('.'))
                    parts.Add(part);
                _parts[k] = parts;
                return parts;
            }
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent(Class("""
            public void Add(string k)
            {
                lock (_g)
                {
                    if (!_d.ContainsKey(k))
                        _d[k] = new Entry();
                }
            }

            public void Count(string k)
            {
                lock (_g)
                    CountCore(k);
            }

            private void CountCore(string k) => _n[k] = _n.TryGetValue(k, out var n) ? n + 1 : 1;
        """));

    [Fact]
    public Task Silent_under_a_lock_that_is_taken_by_calls() => Verify.Silent(Class("""
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task Add(string k)
            {
                await _s.WaitAsync();
                try
                {
                    if (!_d.ContainsKey(k))
                        _d[k] = new Entry();
                }
                finally
                {
                    _s.Release();
                }
            }
        """));

    [Fact]
    public Task Fires_under_a_lock_of_which_many_can_be_held() => Verify.Fires(Class("""
            private readonly SemaphoreSlim _s = new(4, 4);
            private readonly ReaderWriterLockSlim _rw = new();

            public async Task Add(string k)
            {
                await _s.WaitAsync();
                if (!_d.ContainsKey(k))
                    [|_d[k]|] = new Entry();
                _s.Release();
            }

            public void Read(string k)
            {
                _rw.EnterReadLock();
                if (!_d.ContainsKey(k))
                    [|_d[k]|] = new Entry();
                _rw.ExitReadLock();
            }
        """));

    [Fact]
    public Task Silent_when_the_fast_path_is_followed_by_one_step() => Verify.Silent(Class("""
            public Entry Get(string k) => _d.TryGetValue(k, out var entry) ? entry : _d.GetOrAdd(k, new Entry());

            public bool Add(string k)
            {
                if (_d.ContainsKey(k))
                    return false;
                return _d.TryAdd(k, new Entry());
            }

            public Entry Loop(string k)
            {
                while (true)
                {
                    if (_d.TryGetValue(k, out var entry))
                        return entry;
                    entry = new Entry();
                    if (_d.TryAdd(k, entry))
                        return entry;
                }
            }
        """));

    [Fact]
    public Task Silent_in_construction_and_on_what_nobody_else_has() => Verify.Silent(Class("""
            public C(IEnumerable<string> keys)
            {
                foreach (var k in keys)
                    Fill(k);
            }

            private void Fill(string k)
            {
                if (!_d.ContainsKey(k))
                    _d[k] = new Entry();
            }

            public static ConcurrentDictionary<string, int> Of(IEnumerable<string> keys)
            {
                var counts = new ConcurrentDictionary<string, int>();
                foreach (var k in keys)
                    counts[k] = counts.TryGetValue(k, out var n) ? n + 1 : 1;
                return counts;
            }

            public static C Copy(string k)
            {
                var copy = new C([]);
                if (!copy._d.ContainsKey(k))
                    copy._d[k] = new Entry();
                return copy;
            }
        """));

    [Fact]
    public Task Silent_when_nothing_is_ever_removed() => Verify.Silent(Class("""
            public int Get(string k) => _n.ContainsKey(k) ? _n[k] : 0;
        """));

    [Fact]
    public Task Silent_when_the_key_or_the_collection_is_another() => Verify.Silent(Class("""
            private readonly ConcurrentDictionary<string, Entry> _e = new();

            public void Add(string k, string l)
            {
                if (!_d.ContainsKey(k))
                    _d[l] = new Entry();
                if (!_d.ContainsKey(k))
                    _e[k] = new Entry();
                var name = k;
                if (!_d.ContainsKey(name))
                {
                    name = l;
                    _d[name] = new Entry();
                }
            }
        """));

    [Fact]
    public Task Silent_when_the_right_one_is_removed() => Verify.Silent(Class("""
            public void Expire(string k)
            {
                if (_d.TryGetValue(k, out var entry) && entry.IsOld)
                    _d.TryRemove(new KeyValuePair<string, Entry>(k, entry));
                if (_d.TryGetValue(k, out entry) && entry.IsOld && _d.TryRemove(k, out var removed))
                    removed.Value = 0;
                if (_d.ContainsKey(k))
                    _d.TryRemove(k, out _);
            }

            public void Add(string k) => _d.TryAdd(k, new Entry());
        """));

    [Fact]
    public Task Silent_when_the_object_is_given_up() => Verify.Silent(Class("""
            public Entry[] Stop()
            {
                var all = _q.ToArray();
                _q.Clear();
                return all;
            }

            public void Forget()
            {
                foreach (var entry in _d.Values)
                    entry.Value = 0;
                _d.Clear();
            }
        """));

    [Fact]
    public Task Silent_behind_a_gate() => Verify.Silent(Class("""
            private int _busy;

            public void Add(string k)
            {
                if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
                    return;
                if (!_d.ContainsKey(k))
                    _d[k] = new Entry();
                Volatile.Write(ref _busy, 0);
            }
        """));

    [Fact]
    public Task Silent_in_a_test() => Verify.Silent("""
        using System.Collections.Concurrent;

        public sealed class FactAttribute : Attribute;

        public class Tests
        {
            private readonly ConcurrentDictionary<string, int> _n = new();

            [Fact]
            public void Counts() => _n["a"] = _n.TryGetValue("a", out var n) ? n + 1 : 1;
        }
        """);

    [Fact]
    public Task Silent_C2_71_when_an_interface_has_a_collection_that_is_safe() => Verify.Silent("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly IDictionary<string, int> _d = new ConcurrentDictionary<string, int>();

            public void Add(string k, int n) => _d[k] = n;
            public void Remove(string k) => _d.Remove(k);
        }
        """);

    [Fact]
    public Task Known_miss_where_the_field_has_the_type_of_an_interface() => Verify.Silent("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly IDictionary<string, int> _d = new ConcurrentDictionary<string, int>();

            public void Count(string k) => _d[k] = _d.TryGetValue(k, out var n) ? n + 1 : 1;
        }
        """);
}
