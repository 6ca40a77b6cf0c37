using Microsoft.CodeAnalysis.CSharp;
using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWrite>;

namespace Analyzers.Tests.Rules;

/// <summary>A type that has nothing to lock gets a gate, where a lock for each access is enough and nobody waits for it long.</summary>
public class TW1006_UnguardedSharedWrite_Gate
{
    private static string Class(string fields, string members) => $$"""
        public class C
        {
        {{fields}}
            private Timer _timer;
            public void Begin() => _timer = new Timer(Tick, null, 0, 10);
        {{members}}
        }
        """;

    private static string List(string members) => Class("    private readonly List<int> _list = new();", members);

    private static Task Fixes(string marked, string @fixed) =>
        Verify.Fixes<UnguardedSharedWriteFix>(List(marked), Class("    private readonly object _gate = new();\n    private readonly List<int> _list = new();", @fixed));

    private static Task Offers_nothing(string members) => Verify.NoFix<UnguardedSharedWriteFix>(List(members));

    [Fact]
    public Task Locks_every_access_by_a_new_gate() => Fixes("""
            public int First => _list[0];

            public int Sum()
            {
                // All of them.
                var sum = 0;
                foreach (var i in _list) // each
                    sum += i;
                return sum;
            }

            private void Tick(object state)
            {
                var now = Environment.TickCount;
                [|_list|].Add(now); // kept
                if (_list.Count > 10)
                    _list.RemoveAt(0);
                Console.WriteLine(now);
            }
        """, """
            public int First
            {
                get
                {
                    lock (_gate)
                    {
                        return _list[0];
                    }
                }
            }

            public int Sum()
            {
                // All of them.
                var sum = 0;
                lock (_gate)
                {
                    foreach (var i in _list) // each
                        sum += i;
                }
                return sum;
            }

            private void Tick(object state)
            {
                var now = Environment.TickCount;
                lock (_gate)
                {
                    _list.Add(now); // kept
                    if (_list.Count > 10)
                        _list.RemoveAt(0);
                }
                Console.WriteLine(now);
            }
        """);

    [Theory]
    [InlineData("double _sum", "[|_sum|] += 0.5;", "public void Reset() { _sum = 0; }", "public void Reset() { lock (_gate) { _sum = 0; } }")]
    [InlineData("int _x", "[|_x|] *= 2;", "public int X { get { return _x; } set { _x = value; } }", "public int X { get { lock (_gate) { return _x; } } set { lock (_gate) { _x = value; } } }")]
    [InlineData("int _x", "[|_x|] *= 2;", "public int X { get => _x; set => _x = value; }", "public int X { get { lock (_gate) { return _x; } } set { lock (_gate) { _x = value; } } }")]
    [InlineData("int _x", "[|_x|] *= 2;", "public int this[int i] => _x + i; public void Reset() { _x = 0; }", "public int this[int i] { get { lock (_gate) { return _x + i; } } } public void Reset() { lock (_gate) { _x = 0; } }")]
    [InlineData("int _x", "[|_x|] *= 2;", "public void Reset() { _x = 0; } public class D : C { public int M() { return this._x; } }", "public void Reset() { lock (_gate) { _x = 0; } } public class D : C { public int M() { lock (_gate) { return this._x; } } }")]
    [InlineData("int _x", "[|_x|] *= 2;", "public void Reset() { _x = 0; } public IEnumerable<int> I() { var x = _x; yield return x; }", "public void Reset() { lock (_gate) { _x = 0; } } public IEnumerable<int> I() { int x; lock (_gate) { x = _x; } yield return x; }")]
    [InlineData("short _x", "[|_x|]++;", "public void Reset() { _x = 0; }", "public void Reset() { lock (_gate) { _x = 0; } }")]
    [InlineData("bool _x", "[|_x|] = !_x;", "public void Set(bool x) { _x = x; }", "public void Set(bool x) { lock (_gate) { _x = x; } }")]
    public Task Locks_what_cannot_be_changed_in_one_step(string field, string change, string other, string locked) => Verify.Fixes<UnguardedSharedWriteFix>(
        Class($"    private {field};", $"    private void Tick(object state) {{ {change} }}\n    {other}"),
        Class($"    private readonly object _gate = new();\n    private {field};", $"    private void Tick(object state) {{ lock (_gate) {{ {change.Replace("[|", "").Replace("|]", "")} }} }}\n    {locked}"));

    [Fact]
    public Task Locks_two_collections_by_one_gate() => Verify.Fixes<UnguardedSharedWriteFix>(
        Class("    private readonly List<int> _list = new();\n    private readonly HashSet<int> _set = new();", """
                public int Count => _list[0] + 1;
                public bool Has(int i) => _set.Contains(i);
                private void Tick(object state)
                {
                    [|_list|].Add(1);
                    [|_set|].Add(1);
                }
            """),
        Class("    private readonly object _gate = new();\n    private readonly List<int> _list = new();\n    private readonly HashSet<int> _set = new();", """
                public int Count
                {
                    get
                    {
                        lock (_gate)
                        {
                            return _list[0] + 1;
                        }
                    }
                }
                public bool Has(int i)
                {
                    lock (_gate)
                    {
                        return _set.Contains(i);
                    }
                }
                private void Tick(object state)
                {
                    lock (_gate)
                    {
                        _list.Add(1);
                    }
                    lock (_gate)
                    {
                        _set.Add(1);
                    }
                }
            """));

    [Fact]
    public Task Locks_statics_by_a_static_gate_in_old_code() => new Verify.Case { Language = LanguageVersion.CSharp7_3 }.Fixes<UnguardedSharedWriteFix>("""
        using System;
        using System.Collections.Generic;
        using System.Threading;

        public static class Samples
        {
            // The latest first.
            private static readonly Stack<int> s_all = new Stack<int>();
            private static readonly Timer s_timer = new Timer(Tick, null, 0, 10);

            static Samples()
            {
                s_all.Push(0);
            }

            public static int Last()
            {
                return s_all.Peek();
            }

            private static void Tick(object state) { [|s_all|].Push(1); }
        }
        """, """
        using System;
        using System.Collections.Generic;
        using System.Threading;

        public static class Samples
        {
            private static readonly object s_gate = new object();
            // The latest first.
            private static readonly Stack<int> s_all = new Stack<int>();
            private static readonly Timer s_timer = new Timer(Tick, null, 0, 10);

            static Samples()
            {
                s_all.Push(0);
            }

            public static int Last()
            {
                lock (s_gate)
                {
                    return s_all.Peek();
                }
            }

            private static void Tick(object state) { lock (s_gate) { s_all.Push(1); } }
        }
        """);

    [Fact]
    public Task Locks_in_a_constructor_what_follows_the_start() => Verify.Fixes<UnguardedSharedWriteFix>("""
        public class C
        {
            private readonly List<int> _list;
            private readonly Timer _timer;

            public C()
            {
                _list = new List<int>();
                _list.Add(1);
                _timer = new Timer(_ => [|_list|].Add(2), null, 0, 10);
                _list.Add(3);
            }

            public void Clear() => [|_list|].Clear();
        }
        """, """
        public class C
        {
            private readonly object _gate = new();
            private readonly List<int> _list;
            private readonly Timer _timer;

            public C()
            {
                _list = new List<int>();
                _list.Add(1);
                _timer = new Timer(_ => { lock (_gate) { _list.Add(2); } }, null, 0, 10);
                lock (_gate)
                {
                    _list.Add(3);
                }
            }

            public void Clear()
            {
                lock (_gate)
                {
                    _list.Clear();
                }
            }
        }
        """);

    private const string Tick = "private void Tick(object state) { [|_list|].Add(1); } public int First() { return _list[0]; }";

    [Theory]
    [InlineData("public void Mark(int i, Action work) { [|_list|].Add(i); work(); _list.Remove(i); }", "public void Mark(int i, Action work) { lock (_gate) { _list.Add(i); } work(); lock (_gate) { _list.Remove(i); } }")]
    [InlineData("public int Get(bool first) { if (first) return _list[0]; Console.WriteLine(); return _list[1]; }", "public int Get(bool first) { if (first) lock (_gate) { return _list[0]; } Console.WriteLine(); lock (_gate) { return _list[1]; } }")]
    [InlineData("public int Get(bool first) { if (first) { return _list[0]; } else { return _list[1]; } }", "public int Get(bool first) { if (first) { lock (_gate) { return _list[0]; } } else { lock (_gate) { return _list[1]; } } }")]
    [InlineData("public void Twice() { Add(); Add(); } private void Add() { [|_list|].Add(1); }", "public void Twice() { Add(); Add(); } private void Add() { lock (_gate) { _list.Add(1); } }")]
    [InlineData("public int[] All() { return _list.Where(i => i > 1).ToArray(); }", "public int[] All() { lock (_gate) { return _list.Where(i => i > 1).ToArray(); } }")]
    [InlineData("public List<int> All() { return new List<int>(_list); }", "public List<int> All() { lock (_gate) { return new List<int>(_list); } }")]
    [InlineData("public string Text() { return string.Join(\", \", _list); }", "public string Text() { lock (_gate) { return string.Join(\", \", _list); } }")]
    [InlineData("public async Task<int> Get(Task<int> i) { await i; var all = _list.Count; return all; }", "public async Task<int> Get(Task<int> i) { await i; int all; lock (_gate) { all = _list.Count; } return all; }")]
    public Task Locks_steps_that_do_not_go_by_one_another(string other, string locked) => Fixes($"    {Tick}\n    {other}", $"    private void Tick(object state) {{ lock (_gate) {{ _list.Add(1); }} }} public int First() {{ lock (_gate) {{ return _list[0]; }} }}\n    {locked}");

    [Theory]
    [InlineData("public void M() { var n = _list.Count; Console.WriteLine(); [|_list|].RemoveAt(n - 1); }")]
    [InlineData("public void M(int i) { if (_list.Contains(i)) return; Console.WriteLine(); [|_list|].Add(i); }")]
    [InlineData("public int M(int i) { [|_list|].Add(i); Console.WriteLine(); return _list.Count; }")]
    [InlineData("public void M(int i) { if (!Has(i)) Add(i); } private bool Has(int i) => _list.Contains(i); private void Add(int i) => [|_list|].Add(i);")]
    [InlineData("public void M(int i) { if (!Has) Console.WriteLine(); [|_list|].Add(i); } private bool Has { get { return _list.Count > 0; } }")]
    [InlineData("public void M(bool b) { for (;;) { if (b) { Console.WriteLine(_list[0]); } else { [|_list|][0] = 1; } } }")]
    [InlineData("public void M() { var n = _list.Count; Task.Run(() => [|_list|].RemoveAt(n - 1)); }")]
    public Task Offers_nothing_where_one_step_goes_by_another(string members) => Offers_nothing($"    {Tick}\n    {members}");

    [Theory]
    [InlineData("public List<int> All => _list;")]
    [InlineData("public IEnumerable<int> All => _list.Where(i => i > 1);")]
    [InlineData("public IReadOnlyList<int> All => _list.AsReadOnly();")]
    [InlineData("public Action Adds => () => Run(_list.Clear); private void Run(Action a) { }")]
    [InlineData("public void M(List<int> all) { all.AddRange(Same(_list)); } private static List<int> Same(List<int> one) => one;")]
    public Task Offers_nothing_where_the_collection_gets_out(string members) => Offers_nothing($"    {Tick}\n    {members}");

    [Theory]
    [InlineData("public void M(Func<int> make) { [|_list|].Add(make()); }")]
    [InlineData("public void M(IEnumerable<int> more) { [|_list|].AddRange(more); }")]
    [InlineData("public void M(int[] all, Func<int, int> make) { [|_list|].AddRange(all.Select(i => make(i))); }")]
    [InlineData("public void M(Predicate<int> match) { [|_list|].RemoveAll(match); }")]
    [InlineData("public void M(System.IO.TextReader reader) { [|_list|].Add(reader.Read()); }")]
    [InlineData("public void M() { foreach (var i in _list) Console.WriteLine(i); }")]
    [InlineData("public void M() { foreach (var i in _list) Each(i); } protected virtual void Each(int i) { }")]
    [InlineData("public void M(object gate) { [|_list|].Add(Other(gate)); } private static int Other(object gate) { lock (gate) return 1; }")]
    [InlineData("public void M(object gate) { lock (gate) N(); } private void N() { [|_list|].Add(1); }")]
    [InlineData("public async Task M(Task<int> i) { [|_list|].Add(await i); }")]
    [InlineData("public IEnumerable<int> M() { foreach (var i in _list) yield return i; }")]
    [InlineData("public int M() { var i = 0; while (_list.Count == 0) i++; return i; }")]
    public Task Offers_nothing_where_others_would_wait_for_unknown_code(string members) => Offers_nothing($"    {Tick}\n    {members}");

    [Theory]
    [InlineData("public bool M(C other) { return other._list.Count > 0; }")]
    [InlineData("~C() { _list.Clear(); }")]
    [InlineData("public IEnumerable<int> M(int[] all) { return from i in all where _list.Contains(i) select i; }")]
    [InlineData("public string M() { return nameof(_list); }")]
    public Task Offers_nothing_where_the_gate_is_not_at_hand_or_not_meant(string members) => Offers_nothing($"    {Tick}\n    {members}");

    [Theory]
    [InlineData("[NonSerialized] private readonly List<int> _list = new();", "")]
    [InlineData("private readonly List<int> _list = Shared; private static List<int> Shared => new();", "")]
    [InlineData("private readonly System.Collections.ObjectModel.ObservableCollection<int> _list = new();", "")]
    [InlineData("private readonly List<int> _list = new(); private int _count;", "public void M() { [|_list|].Add(_count++); }")]
    [InlineData("private readonly List<int> _list = new(); private readonly List<int> _more = new();", "public void M() { [|_list|].AddRange(_more); _more.Clear(); }")]
    [InlineData("private readonly List<int> _list = new(); private readonly object _a = new(), _b = new();", "public void M() { lock (_a) { } } public void N() { lock (_b) { } }")]
    [InlineData("private readonly List<int> _list = new();", "public int Last { get; private set; } public void M() { Last = _list[0]; }")]
    [InlineData("private readonly List<int> _list = new();", "\n#if OTHER\n    public List<int> All => _list;\n#endif\n")]
    public Task Offers_nothing_where_more_than_one_field_depends_on_it(string fields, string members) =>
        Verify.NoFix<UnguardedSharedWriteFix>(Class("    " + fields, $"    {Tick}\n    {members}"));

    [Theory]
    [InlineData("partial class")]
    [InlineData("record")]
    [InlineData("[Serializable] public class")]
    public Task Offers_nothing_where_no_gate_can_be_declared(string kind) => Verify.NoFix<UnguardedSharedWriteFix>(List("    " + Tick).Replace("public class", kind));

    [Fact]
    public Task Offers_nothing_for_the_field_of_another_type_argument() => Verify.NoFix<UnguardedSharedWriteFix>("""
        public static class Store<T>
        {
            private static readonly List<int> s_all = new();
            private static readonly Timer s_timer = new(Tick, null, 0, 10);
            public static int Sum => s_all[0] + Store<int>.s_all[0];
            private static void Tick(object? state) => [|s_all|].Add(1);
        }
        """);

    [Theory]
    [InlineData("public static C Make() { return new C { _x = 5 }; }")]
    [InlineData("public C Make() { return new C { _x = 5 }; }")]
    [InlineData("public bool Is(C other) { return other is { _x: 5 }; }")]
    [InlineData("public bool Is(C other) { return other is { _x: > 5 and < 7 }; }")]
    [InlineData("public static int Of(C other) { switch (other) { case { _x: 5 }: return 1; default: return 0; } }")]
    public Task Offers_nothing_where_the_field_of_another_object_is_named_alone(string other) =>
        Verify.NoFix<UnguardedSharedWriteFix>(Class("    private int _x;", $"    private void Tick(object state) {{ [|_x|] *= 2; }}\n    public void Reset() {{ _x = 0; }}\n    {other}"));

    [Theory]
    [InlineData("private readonly object _held = new(); public string Name { get; set; } = \"\"; public override string ToString() { lock (_held) return Name; }", "public string Text() { return $\"{_last}\"; }")]
    [InlineData("private readonly object _held = new(); public string Name { get; set; } = \"\"; public override string ToString() { lock (_held) return Name; }", "public string Text() { return \"last: \" + _last; }")]
    public Task Offers_nothing_where_a_text_is_made_by_unknown_code(string item, string members) => Verify.NoFix<UnguardedSharedWriteFix>(
        Class("    private Item _last = new();\n    private int _n;", $"    private void Tick(object state) {{ [|_n|] *= 2; }}\n    public void Reset() {{ _n = 0; }}\n    {members.Replace("_last}", "_last}{_n}").Replace("+ _last", "+ _last + _n")}") + $"\npublic class Item {{ {item} }}\n");

    [Fact]
    public Task Offers_nothing_where_elements_are_made_by_unknown_code() => Verify.NoFix<UnguardedSharedWriteFix>(
        List($"    {Tick}\n    public void M(Tree tree) {{ [|_list|].AddRange(tree); }}") + """

        public class Tree : IEnumerable<int>
        {
            private readonly object _held = new();
            public IEnumerator<int> GetEnumerator() { lock (_held) { yield return 1; } }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        """);

    [Fact]
    public Task Locks_in_a_constructor_what_follows_a_property_that_starts() => Verify.Fixes<UnguardedSharedWriteFix>("""
        public class B
        {
            private Timer? _timer;
            protected bool Runs { set { _timer = new Timer(_ => Tick(), null, 0, 10); } }
            protected virtual void Tick() { }
        }

        public class C : B
        {
            private readonly List<int> _list = new();
            public C() { Size = 2; _list.Add(1); Runs = true; _list.Add(3); }
            public int Size { get; set; }
            public void Clear() { [|_list|].Clear(); }
            protected override void Tick() { [|_list|].Clear(); }
            public void Begin() { Task.Run(() => { [|_list|].Add(2); }); }
        }
        """, """
        public class B
        {
            private Timer? _timer;
            protected bool Runs { set { _timer = new Timer(_ => Tick(), null, 0, 10); } }
            protected virtual void Tick() { }
        }

        public class C : B
        {
            private readonly object _gate = new();
            private readonly List<int> _list = new();
            public C() { Size = 2; _list.Add(1); Runs = true; lock (_gate) { _list.Add(3); } }
            public int Size { get; set; }
            public void Clear() { lock (_gate) { _list.Clear(); } }
            protected override void Tick() { lock (_gate) { _list.Clear(); } }
            public void Begin() { Task.Run(() => { lock (_gate) { _list.Add(2); } }); }
        }
        """);

    [Theory]
    [InlineData("public static int Both(C a, C b) { return a._x + b._x; }")]
    [InlineData("public unsafe int P() { fixed (int* p = &_x) return *p; }")]
    [InlineData("public ref int R() => ref _x;")]
    [InlineData("public System.Linq.Expressions.Expression<Func<int>> E() { return () => _x; }")]
    [InlineData("public int T() { try { throw new Exception(); } catch when (_x > 0) { return 1; } }")]
    [InlineData("private int _y; public void D() { (_x, _y) = (1, 2); }")]
    [InlineData("private struct S { public int Of(C c) => c._x; }")]
    [InlineData("public static implicit operator int(C c) => c._x;")]
    [InlineData("public void G() { using var s = new System.IO.MemoryStream(_x); }")]
    [InlineData("public event Action? Gone; public void G() { if (_x > 0) { Gone?.Invoke(); } }")]
    public Task Offers_nothing_where_no_lock_can_stand(string other) =>
        Verify.NoFix<UnguardedSharedWriteFix>(Class("    private int _x;", $"    private void Tick(object state) {{ [|_x|] *= 2; }}\n    public void Reset() {{ _x = 0; }}\n    {other}"));

    [Fact]
    public Task Keeps_tabs_and_line_ends()
    {
        static string Typed(string text) => text.Replace("    ", "\t").Replace("\n", "\r\n");
        return Verify.Fixes<UnguardedSharedWriteFix>(
            Typed(List("    // Tells.\n    private void Tick(object state)\n    {\n        [|_list|].Add(1); // kept\n    }\n\n    public int First =>\n        _list[0];")),
            Typed(Class("    private readonly object _gate = new();\n    private readonly List<int> _list = new();", "    // Tells.\n    private void Tick(object state)\n    {\n        lock (_gate)\n        {\n            _list.Add(1); // kept\n        }\n    }\n\n    public int First\n    {\n        get\n        {\n            lock (_gate)\n            {\n                return _list[0];\n            }\n        }\n    }")));
    }
}
