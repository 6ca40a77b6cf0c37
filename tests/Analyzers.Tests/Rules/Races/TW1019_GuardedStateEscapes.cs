using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.GuardedStateEscapesFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedStateEscapes>;

namespace Analyzers.Tests.Rules;

public class TW1019_GuardedStateEscapes
{
    private static string With(string member, string more = "") => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private readonly List<int> _list = new();
            private readonly Dictionary<string, int> _map = new();
            private readonly HashSet<int> _set = new(), _fixed = new();
            private readonly System.Collections.Concurrent.ConcurrentQueue<int> _queue = new();
            private int[] _array = [];

            public void Add(int n) { lock (_g) { _list.Add(n); _map["a"] = n; _map.Remove("b"); _set.Add(n); _queue.Enqueue(n); } }

            {{member}}
        {{more}}
        }
        """;

    [Fact]
    public Task C1_43_Fires_on_a_collection() => Verify.Fires(
        With("public List<int> M() { lock (_g) return [|_list|]; }"),
        "'C.M' returns '_list' out of the lock '_g' under which it is changed; who gets it reads it without the lock");

    [Fact]
    public Task C1_43_Fires_on_a_query() => Verify.Fires(
        With("public IEnumerable<int> M() { lock (_g) return [|_list.Where(n => n > 1).Select(n => n + 1)|]; }"),
        "'C.M' returns a query over '_list' out of the lock '_g' under which it is changed; who gets it reads it without the lock");

    [Theory]
    [InlineData("public IReadOnlyCollection<int> M { get { lock (_g) { return [|_list|]; } } }")]
    [InlineData("internal IDictionary<string, int> M(bool b) { lock (_g) { if (b) return [|_map|]; return new Dictionary<string, int>(); } }")]
    [InlineData("public ISet<int> M() { lock (_g) { try { return [|this._set|]; } finally { } } }")]
    [InlineData("protected object M() { lock (_g) { return [|_list|]; } }")]
    public Task Fires_whatever_it_is_returned_as(string member) => Verify.Fires(With(member));

    [Theory]
    [InlineData("public List<int> M() { lock (_g) return _list.ToList(); }")]
    [InlineData("public int[] M() { lock (_g) return _list.ToArray(); }")]
    [InlineData("public List<int> M() { lock (_g) return new List<int>(_list); }")]
    [InlineData("public List<int> M() { lock (_g) return _list.Where(n => n > 1).ToList(); }")]
    [InlineData("public int M() { lock (_g) return _list.Count; }")]
    [InlineData("public int M() { lock (_g) return _list.Where(n => n > 1).Count(); }")]
    [InlineData("public int M() { lock (_g) return _list[0]; }")]
    public Task C1_43_Silent_on_a_copy_or_a_value(string member) => Verify.Silent(With(member));

    [Fact]
    public Task C2_88_Silent_on_going_through_a_copy_that_was_made_under_the_lock() => Verify.Silent(With("""
        public void M()
            {
                List<int> copy;
                lock (_g)
                    copy = _list.ToList();
                foreach (var n in copy)
                    Console.WriteLine(n);
            }
        """));

    [Theory]
    [InlineData("private List<int> M() { lock (_g) return _list; } public int N() { lock (_g) return M().Count; }")]
    [InlineData("public object M() { lock (_g) return _queue; }")]
    [InlineData("public HashSet<int> M() { lock (_g) return _fixed; }")]
    [InlineData("public List<int> M() { lock (_h) return _list; }")]
    [InlineData("public List<int> M() => _list;")]
    [InlineData("public int[] M() { lock (_g) return _array; }")]
    [InlineData("public Func<List<int>> M() { lock (_g) return () => _list; }")]
    public Task Silent_when_the_lock_guards_nothing_of_it(string member) => Verify.Silent(With(member));

    [Fact]
    public Task Silent_on_a_collection_that_is_replaced() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private List<int> _list = new();
            public void Add(int n) { lock (_g) _list.Add(n); }
            public List<int> Take() { lock (_g) { var taken = _list; _list = new(); return taken; } }
        }
        """);

    [Fact]
    public Task Silent_when_nobody_changes_it() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private List<int> _list = new();
            public void Set(List<int> list) { lock (_g) _list = list; }
            public List<int> Get() { lock (_g) return _list; }
        }
        """);

    [Fact]
    public Task Known_miss_through_a_local() => Verify.Silent(With("public List<int> M() { List<int> all; lock (_g) all = _list; return all; }"));

    [Theory]
    [InlineData("public List<int> M() { lock (_g) return [|_list|]; }", "public List<int> M() { lock (_g) return new List<int>(_list); }")]
    [InlineData("public IDictionary<string, int> M() { lock (_g) return [|_map|]; }", "public IDictionary<string, int> M() { lock (_g) return new Dictionary<string, int>(_map, _map.Comparer); }")]
    [InlineData("public IEnumerable<int> M() { lock (_g) return [|_list.Where(n => n > 1)|]; }", "public IEnumerable<int> M() { lock (_g) return _list.Where(n => n > 1).ToList(); }")]
    public Task Fixes_by_a_copy(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    [Fact]
    public Task Fires_on_a_property_that_returns_it_without_the_lock() => Verify.Fires(
        Unlocked("public IReadOnlyList<int> All => [|_list|];"),
        "'C.All' returns '_list' without the lock '_g' under which it is changed; who gets it reads it without the lock");

    [Theory]
    [InlineData("private IReadOnlyList<int> All => _list;")]
    [InlineData("public IReadOnlyList<int> All => _list; public int First() => _list[0];")]
    [InlineData("public IReadOnlyList<int> All => _list.ToArray();")]
    public Task Silent_when_nobody_else_gets_it_or_not_all_others_lock(string member) => Verify.Silent(Unlocked(member));

    [Fact]
    public Task Offers_nothing_where_no_lock_is_taken() => Verify.NoFix<Fix>(Unlocked("public List<int> All => [|_list|];"));

    private static string Unlocked(string member) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly List<int> _list = new();
            {{member}}
            public void Add(int n) { lock (_g) _list.Add(n); }
            public void Remove(int n) { lock (_g) _list.Remove(n); }
        }
        """;

    [Theory]
    [InlineData("public object M() { lock (_g) return [|new System.Collections.ObjectModel.ReadOnlyCollection<int>(_list)|]; }")]
    [InlineData("public IReadOnlyList<int> M() { lock (_g) { return [|_list.AsReadOnly()|]; } }")]
    public Task Fires_on_an_object_that_is_given_it(string member) => Verify.Fires(With(member));

    [Fact]
    public Task Silent_on_what_never_changes() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private System.Collections.Immutable.ImmutableList<int> _list = System.Collections.Immutable.ImmutableList<int>.Empty;
            private System.Collections.Frozen.FrozenSet<int> _set = System.Collections.Frozen.FrozenSet<int>.Empty;
            public void Add(int n) { lock (_g) { _list = _list.Add(n); _set = System.Collections.Frozen.FrozenSet.ToFrozenSet(_list); } }
            public System.Collections.Immutable.ImmutableList<int> List() { lock (_g) return _list; }
            public System.Collections.Frozen.FrozenSet<int> Set { get { lock (_g) return _set; } }
        }
        """);
}
