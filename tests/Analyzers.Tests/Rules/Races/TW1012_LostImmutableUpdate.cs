using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.LostImmutableUpdateFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LostImmutableUpdate>;

namespace Analyzers.Tests.Rules;

public partial class TW1012_LostImmutableUpdate
{
    private static string Class(string members) => $$"""
        using System.Collections.Immutable;

        public class C
        {
            private static ImmutableDictionary<string, int> s_map = ImmutableDictionary<string, int>.Empty;
            private ImmutableList<int> _list = ImmutableList<int>.Empty;
            private readonly object _g = new();

            public void Locked()
            {
                lock (_g)
                    _list = ImmutableList<int>.Empty;
            }

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_C2_70_on_a_list_that_is_replaced_by_a_longer_one() => Verify.Fires(Class("""
            public void Add(int x) => [|_list = _list.Add(x)|];
        """), "'C._list' is replaced in 'C.Add' by what 'Add' made of it; what another thread put there in between is lost");

    [Fact]
    public Task Silent_C2_70_when_it_is_replaced_in_one_step() => Verify.Silent(Class("""
            public void Add(int x) => ImmutableInterlocked.Update(ref _list, static (list, x) => list.Add(x), x);
        """));

    [Fact]
    public Task Fires_on_a_static() => Verify.Fires(Class("""
            public static void Set(string k, int x)
            {
                [|s_map = s_map.SetItem(k, x)|];
                [|s_map = s_map.Remove(k).Add(k, x)|];
            }
        """));

    [Fact]
    public Task Fires_through_a_local() => Verify.Fires(Class("""
            public void Add(int x)
            {
                var list = _list;
                [|_list = list.Add(x)|];
            }
        """));

    [Fact]
    public Task Fires_on_a_property_and_an_array() => Verify.Fires("""
        using System.Collections.Immutable;

        public class C
        {
            public static ImmutableArray<int> All { get; private set; } = [];

            private int _n;
            public void Add(int x) => [|All = All.Add(x)|];
            public void Count() => Interlocked.Increment(ref _n);
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent(Class("""
            public void Add(int x)
            {
                lock (_g)
                    _list = _list.Add(x);
            }

            public void AddTwo(int x)
            {
                lock (_g)
                    Append(x);
            }

            private void Append(int x) => _list = _list.Add(x);
        """));

    [Fact]
    public Task Silent_in_construction_and_on_new_objects() => Verify.Silent(Class("""
            static C() => s_map = s_map.Add("", 0);

            public C(int x) => _list = _list.Add(x);

            public C With(int x)
            {
                var copy = new C(0);
                copy._list = copy._list.Add(x);
                return copy;
            }
        """));

    [Fact]
    public Task Silent_on_locals() => Verify.Silent(Class("""
            public ImmutableList<int> Of(int x)
            {
                var list = ImmutableList<int>.Empty;
                list = list.Add(x);
                return list;
            }
        """));

    [Fact]
    public Task Silent_when_the_new_value_has_nothing_to_do_with_the_old() => Verify.Silent(Class("""
            public void Set(int x) => _list = ImmutableList.Create(x);
            public void Clear() => _list = ImmutableList<int>.Empty;
        """));

    [Fact]
    public Task Silent_when_nothing_says_that_other_threads_have_the_object() => Verify.Silent("""
        using System.Collections.Immutable;

        public class C
        {
            private readonly object _g = new();
            private ImmutableList<int> _list = ImmutableList<int>.Empty;
            private int _n;
            public void Add(int x) => _list = _list.Add(x);

            public void Count()
            {
                lock (_g)
                    _n++;
            }
        }
        """);

    [Fact]
    public Task Fires_when_another_thread_replaces_it_too() => Verify.Fires("""
        using System.Collections.Immutable;

        public class C
        {
            private ImmutableList<int> _list = ImmutableList<int>.Empty;
            public void Add(int x) => [|_list = _list.Add(x)|];
            public Task Start() => Task.Run(() => { [|_list = _list.Add(0)|]; });
        }
        """);

    [Fact]
    public Task Silent_in_a_private_type_whose_members_are_called_under_a_lock() => Verify.Silent("""
        using System.Collections.Immutable;

        public class C
        {
            private readonly object _g = new();
            private readonly Dictionary<string, Entry> _entries = new();

            public void Trim(string k)
            {
                lock (_g)
                {
                    if (_entries.TryGetValue(k, out var entry))
                    {
                        entry.All = entry.All.Add(1);
                        entry.Trim();
                    }
                }
            }

            private sealed class Entry
            {
                public ImmutableArray<int> All = [];
                public void Trim() => All = All.RemoveAll(static x => x == 0);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_string() => Verify.Silent(Class("""
            private static string s_text = "";
            public static void Add(string x) => s_text = s_text.Insert(0, x);
        """));

    [Fact]
    public Task Silent_behind_a_gate() => Verify.Silent(Class("""
            private int _busy;

            public void Add(int x)
            {
                if (Interlocked.Exchange(ref _busy, 1) == 0)
                    _list = _list.Add(x);
            }
        """));

    [Fact]
    public Task Fixes_every_replacement_of_the_field() => Verify.Fixes<Fix>(Class("""
            public void Add(int x) => [|_list = _list.Add(x)|];

            public void Remove(int x)
            {
                [|_list = _list.Remove(x)|]; // gone
                [|_list = _list.Add(Next())|];
                _list = ImmutableList<int>.Empty;
            }

            private int Next() => _list.Count;
        """), Class("""
            public void Add(int x) => ImmutableInterlocked.Update(ref _list, current => current.Add(x));

            public void Remove(int x)
            {
                ImmutableInterlocked.Update(ref _list, current => current.Remove(x)); // gone
                ImmutableInterlocked.Update(ref _list, (current, item) => current.Add(item), Next());
                _list = ImmutableList<int>.Empty;
            }

            private int Next() => _list.Count;
        """));

    [Fact]
    public Task No_fix_for_what_cannot_be_passed_by_reference() => Verify.NoFix<Fix>("""
        using System.Collections.Immutable;

        public class C
        {
            private static volatile ImmutableList<int> s_list = ImmutableList<int>.Empty;
            public static ImmutableList<int> All { get; private set; } = ImmutableList<int>.Empty;

            public static void Add(int x)
            {
                [|All = All.Add(x)|];
                [|s_list = s_list.Add(x)|];
            }
        }
        """);

    [Fact]
    public Task No_fix_when_one_replacement_is_of_another_form() => Verify.NoFix<Fix>(Class("""
            public void Add(int x)
            {
                [|_list = _list.Add(x)|];
                var list = _list;
                [|_list = list.Add(x)|];
            }
        """));

    [Theory]
    [InlineData("private static Action s_handlers; public static void Add(Action a) => [|s_handlers += a|]; public static void Remove(Action a) => [|s_handlers -= a|];")]
    [InlineData("private volatile Action _handlers; public void Add(Action a) => [|_handlers += a|];")]
    [InlineData("private Action _handlers; public void Add(Action a) => [|_handlers = (Action)Delegate.Combine(_handlers, a)|]; public void Start() => Task.Run(() => { _handlers = null; });")]
    [InlineData("private static Action s_handlers; public event Action Changed { add => [|s_handlers += value|]; remove => [|s_handlers -= value|]; }")]
    public Task Fires_on_handlers_in_a_field(string members) => Verify.Fires(Class("    " + members));

    [Theory]
    [InlineData("private volatile int _v; public event Action Changed; public void Add(Action a) { Changed += a; Changed?.Invoke(); }")]
    [InlineData("public static event Action Changed; public void Add(Action a) { Changed += a; Changed?.Invoke(); }")]
    [InlineData("private static Action s_handlers; public void Add(Action a) { lock (_g) s_handlers += a; }")]
    [InlineData("private static Action s_handlers; public void Add(Action a) { Action old; do { old = s_handlers; } while (Interlocked.CompareExchange(ref s_handlers, old + a, old) != old); }")]
    [InlineData("private Action _handlers; public void Add(Action a) => _handlers += a;")]
    public Task Silent_on_events_under_a_lock_and_in_one_step(string members) => Verify.Silent(Class("    " + members));
}
