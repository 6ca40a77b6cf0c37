using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BrokenDoubleCheckedLockingFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BrokenDoubleCheckedLocking>;

namespace Analyzers.Tests.Rules;

public partial class TW1015_BrokenDoubleCheckedLocking
{
    private static string With(string init, string first = "if (!_loaded)", string second = "if (!_loaded)", string more = "") => $$"""
        public class C
        {
            private readonly object _g = new();
            private bool _loaded;
            private List<int>? _all;
            private List<int>? _other;
            private Item? _item;
            private long? _total;
            private (int, int) _pair;
            private int? _small;

            public void M()
            {
                {{first}}
                {
                    lock (_g)
                    {
                        {{second}}
                        {
                            {{init}}
                        }
                    }
                }
            }

            private static List<int> Load() => new() { 1 };
        {{more}}
        }

        public class Item { public int Number { get; set; } public string? Name; public void Initialize() { } public void Use() { } public event Action? Gone; public void Go() => Gone?.Invoke(); }
        """;

    [Fact]
    public Task C2_78_Fires_on_a_flag_that_is_set_first() => Verify.Fires(
        With("[|_loaded = true;|] _all = Load();"),
        "'_loaded' is written before '_all' in 'C.M', though callers that find it written do not take the lock; they may use what is not ready");

    [Theory]
    [InlineData("[|_item = new Item();|] _item.Number = 1;")]
    [InlineData("[|_item = new Item();|] _item.Name = \"\";")]
    [InlineData("[|_item = new Item();|] _item.Initialize();")]
    [InlineData("var item = new Item(); [|_item = item;|] item.Number = 1;")]
    [InlineData("[|_item = new Item();|] if (_loaded) { _item.Number = 1; }")]
    public Task Fires_on_an_object_that_is_stored_before_it_is_complete(string init) => Verify.Fires(With(init, "if (_item == null)", "if (_item == null)"));

    [Fact]
    public Task Fires_on_a_collection_that_is_stored_before_it_is_filled() => Verify.Fires(
        With("[|_all = new List<int>();|] foreach (var n in Load()) _all.Add(n);", "if (_all is null)", "if (_all is null)"),
        "'_all' is written before 'Add' in 'C.M', though callers that find it written do not take the lock; they may use what is not ready");

    [Fact]
    public Task Fires_when_the_first_test_leaves() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private bool _loaded;
            private string? _text;

            public string? M()
            {
                if (_loaded)
                    return _text;
                lock (_g)
                {
                    if (_loaded)
                        return _text;
                    [|_loaded = true;|]
                    _text = Console.ReadLine();
                    return _text;
                }
            }
        }
        """);

    [Theory]
    [InlineData("_total = 1;", "if (![|_total|].HasValue)", "if (!_total.HasValue)")]
    [InlineData("_total = 1;", "if ([|_total|] == null)", "if (_total == null)")]
    public Task Fires_on_a_value_of_several_steps(string init, string first, string second) => Verify.Fires(
        With(init, first, second), "'_total' takes several steps to write, but is tested without the lock in 'C.M'; the test may see half of a value");

    [Fact]
    public Task C2_78_Fires_when_another_field_is_tested_and_written_inside() => Verify.Fires(
        With("_other = Load();", "if ([|_all|] == null)", "if (_other == null)"),
        "'_all' is tested before the lock in 'C.M', but inside '_other' is tested and written; the first test never passes");

    [Fact]
    public Task C2_77_Silent_on_a_reference_whether_volatile_or_not() => Verify.Silent(
        With("_all = Load();", "if (_all == null)", "if (_all == null)"),
        With("_all = Load();", "if (_all == null)", "if (_all == null)").Replace("class C", "class D").Replace("class Item", "class Item2").Replace("private List<int>? _all", "private volatile List<int>? _all"));

    [Fact]
    public Task C2_76_Silent_on_a_lazy_value() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly Lazy<List<int>> _all = new(() => [1]);
            public List<int> All { get { lock (_g) return _all.Value; } }
        }
        """);

    [Theory]
    [InlineData("_all = Load(); _loaded = true;")]
    [InlineData("_all = new List<int> { 1 }; _item = new Item { Number = 1 }; _loaded = true;")]
    [InlineData("_loaded = true; Console.WriteLine();")]
    [InlineData("_loaded = true; _all = null;")]
    public Task Silent_when_the_flag_is_set_last_or_stands_for_nothing(string init) => Verify.Silent(With(init));

    private static string Flag(string init, string use, string first = "!_loaded") => With(init, $"if ({first})").Replace("public void M()", "private void M()").Replace("    private static List<int> Load()", $"    public int Use() {{ M(); return {use}; }}\n\n    private static List<int> Load()");

    [Theory]
    [InlineData("_all = Load(); [|_loaded = true;|]", "_all!.Count")]
    [InlineData("_item = new Item { Number = 1 }; Console.WriteLine(); [|_loaded = true;|]", "_item!.Number")]
    public Task Fires_on_a_flag_that_others_may_see_too_early(string init, string use) => Verify.Fires(Flag(init, use));

    [Fact]
    public Task Says_that_the_flag_is_plain() => Verify.Fires(
        Flag("_all = Load(); [|_loaded = true;|]", "_all!.Count"),
        "'_loaded' is set after '_all' in 'C.M', but is not volatile; callers that find it set do not take the lock, and may not see the other write yet");

    [Fact]
    public Task Fires_where_the_body_itself_goes_on_with_it() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private bool _loaded;
            private string? _text;

            public string? M()
            {
                if (_loaded)
                    return _text;
                lock (_g)
                {
                    if (!_loaded)
                    {
                        _text = Console.ReadLine();
                        [|_loaded = true;|]
                    }

                    return _text;
                }
            }
        }
        """);

    [Theory]
    [InlineData("_all = Load(); Thread.MemoryBarrier(); _loaded = true;", "_all!.Count", "!_loaded")]
    [InlineData("_all = Load(); Volatile.Write(ref _loaded, true);", "_all!.Count", "!_loaded")]
    [InlineData("_all = Load(); _loaded = true;", "_all!.Count", "!Volatile.Read(ref _loaded)")]
    [InlineData("_all = Load(); _loaded = true;", "0", "!_loaded")]
    [InlineData("_all = Load(); _loaded = true;", "_all?.Count ?? 0", "!_loaded")]
    public Task Silent_where_the_order_is_kept_or_nobody_relies_on_it(string init, string use, string first) => Verify.Silent(Flag(init, use, first));

    [Fact]
    public Task Silent_on_a_volatile_flag_that_is_set_last() => Verify.Silent(
        Flag("_all = Load(); _loaded = true;", "_all!.Count").Replace("private bool _loaded", "private volatile bool _loaded"));

    [Fact]
    public Task Fixes_the_order_by_volatile() => Verify.Fixes<Fix>(
        Flag("_all = Load(); [|_loaded = true;|] // told", "_all!.Count"),
        Flag("_all = Load(); _loaded = true; // told", "_all!.Count").Replace("private bool _loaded", "private volatile bool _loaded"));

    [Theory]
    [InlineData("public bool _loaded")]
    [InlineData("protected bool _loaded")]
    [InlineData("private bool _more, _loaded")]
    public Task Keeps_the_order_of_nothing_that_others_may_see(string field) => Verify.NoFix<Fix>(
        Flag("_all = Load(); [|_loaded = true;|]", "_all!.Count").Replace("private bool _loaded", field));

    [Theory]
    [InlineData("var item = new Item(); item.Number = 1; _item = item;")]
    [InlineData("_item = new Item { Number = 1 };")]
    [InlineData("_item = new Item(); _item.Use();")]
    [InlineData("_item = new Item(); Console.WriteLine(_item.Number);")]
    public Task Silent_when_the_object_is_complete(string init) => Verify.Silent(With(init, "if (_item == null)", "if (_item == null)"));

    [Fact]
    public Task Silent_on_a_value_of_one_step() => Verify.Silent(With("_small = 1;", "if (_small == null)", "if (_small == null)"));

    [Theory]
    [InlineData("_all = Load();", "if (_loaded)", "if (_all == null)")]
    [InlineData("_all = Load();", "if (_item == null)", "if (_all == null)")]
    [InlineData("_all = Load(); _other = _all;", "if (_other == null)", "if (_all == null)")]
    public Task Silent_when_the_first_test_is_about_something_else(string init, string first, string second) => Verify.Silent(With(init, first, second));

    [Fact]
    public Task Silent_when_there_is_no_test_before_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _loaded;
            private List<int>? _all;
            public void M() { lock (_g) { if (!_loaded) { _loaded = true; _all = [1]; } } }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_held_before() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _loaded;
            private List<int>? _all;
            public void N() { lock (_g) M(); }
            private void M() { if (!_loaded) lock (_g) { if (!_loaded) { _loaded = true; _all = [1]; } } }
        }
        """);

    [Fact]
    public Task Silent_when_what_was_done_is_undone() => Verify.Silent(With("_loaded = false; _all = Load();", "if (_loaded)", "if (_loaded)"));

    [Fact]
    public Task Silent_in_construction() => Verify.Silent(With("_all = Load();", more: "    public C() { if (!_loaded) lock (_g) { if (!_loaded) { _loaded = true; _all = Load(); } } }").Replace("_all = Load();\n            }", "_all = Load(); _loaded = true;\n            }"));

    [Fact]
    public Task Fixes_a_flag_by_setting_it_last() => Verify.Fixes<Fix>(
        With("""
            // Now.
                            [|_loaded = true;|]
                            _all = Load();
                            Console.WriteLine(); // told
            """),
        With("""
            // Now.
                            _all = Load();
                            Console.WriteLine(); // told
                            _loaded = true;
            """).Replace("private bool _loaded", "private volatile bool _loaded"));

    [Fact]
    public Task Fixes_an_object_by_a_local() => Verify.Fixes<Fix>(
        With("""
            [|_item = new();|]
                            _item.Number = 1;
                            this._item.Initialize();
            """, "if (_item == null)", "if (_item == null)"),
        With("""
            Item item = new();
                            item.Number = 1;
                            item.Initialize();
                            _item = item;
            """, "if (_item == null)", "if (_item == null)"));

    [Fact]
    public Task Fixes_an_object_that_is_in_a_local_already() => Verify.Fixes<Fix>(
        With("""
            var item = new Item();
                            [|_item = item;|]
                            item.Number = 1;
            """, "if (_item == null)", "if (_item == null)"),
        With("""
            var item = new Item();
                            item.Number = 1;
                            _item = item;
            """, "if (_item == null)", "if (_item == null)"));

    [Fact]
    public Task Offers_nothing_when_code_in_between_looks_at_the_flag() => Verify.NoFix<Fix>(
        With("""
            [|_loaded = true;|]
                            _all = Read();
            """, more: "    private List<int> Read() => _loaded ? Load() : throw new InvalidOperationException();"));

    [Theory]
    [InlineData("_total = 1;", "if (![|_total|].HasValue)", "if (!_total.HasValue)")]
    [InlineData("_other = Load();", "if ([|_all|] == null)", "if (_other == null)")]
    public Task Offers_nothing_for_what_is_a_change_of_design(string init, string first, string second) => Verify.NoFix<Fix>(With(init, first, second));

    private static string Once(string members) => $$"""
        public class C
        {
            private int _begun;
            private Item? _item;
            {{members}}
        }

        public class Item { public void Use() { } }
        """;

    [Theory]
    [InlineData("public Item? Get() { if ([|Interlocked.Exchange(ref _begun, 1) == 0|]) _item = new Item(); return _item; }")]
    [InlineData("public Item? Get() { if ([|Interlocked.CompareExchange(ref _begun, 1, 0) != 0|]) return _item; _item = new Item(); return _item; }")]
    [InlineData("public void Use() { Prepare(); _item!.Use(); } private void Prepare() { if ([|Interlocked.Exchange(ref _begun, 1) != 0|]) return; _item = new Item(); }")]
    public Task Fires_on_a_mark_that_is_set_before_the_object_is_there(string members) => Verify.Fires(Once(members));

    [Theory]
    [InlineData("public void Begin() { if (Interlocked.Exchange(ref _begun, 1) != 0) return; Console.WriteLine(); }")]
    [InlineData("public void Begin() { if (Interlocked.Exchange(ref _begun, 1) != 0) return; _item = new Item(); _item.Use(); }")]
    [InlineData("public Item Get() => Volatile.Read(ref _item) ?? Interlocked.CompareExchange(ref _item, new Item(), null) ?? _item;")]
    [InlineData("public void Begin() { if (Interlocked.Exchange(ref _begun, 1) != 0) throw new InvalidOperationException(); _item = new Item(); } public void Use() => _item?.Use();")]
    public Task Silent_where_who_comes_second_does_not_use_it(string members) => Verify.Silent(Once(members));
}
