using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.InconsistentGuard>;

namespace Analyzers.Tests.Rules;

/// <summary>What counts for and against a guard, and which accesses without it are reported.</summary>
public partial class TW1001_InconsistentGuard
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private int _x;
            private bool _open;
            private System.IO.Stream _s;
            private decimal _sum;
            private readonly List<int> _list = new();
            private Dictionary<int, string> _map = new();

        {{members}}
        }
        """;

    private const string Guarded = "public void A() { lock (_g) { _x++; _list.Add(1); } } public void B() { lock (_g) { _x--; _list.Remove(1); } } public void D() { lock (_g) { _x -= 2; _list.Clear(); } } ";

    [Theory]
    [InlineData("public void M() { Action run = null; lock (_g) { if (_x > 1) run = () => [|_x|] += 2; } run?.Invoke(); }")]
    [InlineData("public void M() { Action run; lock (_g) { run = () => [|_x|] += 2; } run(); }")]
    [InlineData("public Action M() { lock (_g) { return () => [|_x|] += 2; } }")]
    [InlineData("public Func<int> M() { lock (_g) { return () => [|_list|][0]; } }")]
    [InlineData("private static void Run(Action run) => run(); public void M() { Action run; lock (_g) { run = () => [|_x|] += 2; } Run(run); }")]
    public Task Fires_on_a_lambda_that_is_made_under_the_lock_and_run_behind_it(string members) => Fires(Guarded + members);

    [Theory]
    [InlineData("public void M() { Action run = null; lock (_g) { run = () => _x += 2; run(); } }")]
    [InlineData("public void M() { Action run = null; lock (_g) { if (_x > 1) run = () => _x += 2; run?.Invoke(); } }")]
    [InlineData("public Func<int> M() { lock (_g) { var first = _list[0]; return () => first; } }")]
    [InlineData("public Action M() { lock (_g) { return () => { lock (_g) _x += 2; }; } }")]
    [InlineData("private static void Run(Action run) => run(); public void M() { lock (_g) { Action run = () => _x += 2; Run(run); } }")]
    [InlineData("private Action Make() { lock (_g) { return () => _x += 2; } } public void M() { lock (_g) Make()(); }")]
    [InlineData("public int M() { lock (_g) return _list.FindIndex(one => one == _x); }")]
    public Task Silent_on_a_lambda_that_may_run_under_the_lock_or_takes_it(string members) => Silent(Guarded + members);

    [Fact]
    public Task Names_the_guard_and_where_it_is_held() => Verify.Fires("""
        public class Account
        {
            private readonly object _gate = new();
            private decimal _total;

            public void Add(decimal amount)
            {
                lock (_gate)
                    _total += amount;
            }

            public decimal Take()
            {
                lock (_gate)
                {
                    var total = _total;
                    _total = 0;
                    return total;
                }
            }

            public void Forget() => [|_total|] = 0;
        }
        """, "'Account._total' is cleared in 'Account.Forget' without '_gate', which guards it elsewhere, as in 'Account.Add' (Test0.cs:9)");

    [Fact]
    public Task C4_119_Fires_on_one_write_of_four_without_the_lock() => Fires("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D() { lock (_g) _x = 3; }
        public void E() => [|_x|] = 4;
        """);

    [Fact]
    public Task C4_120_Silent_when_most_writes_are_without_a_lock() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() => _x = 2;
        public void D() => _x = 3;
        public void E() => _x = 4;
        """);

    [Fact]
    public Task C4_121_Silent_on_single_reads() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public int X => _x;
        public bool Is(int y) => _x == y;
        public void Print() => Console.WriteLine(_x);
        """);

    [Fact]
    public Task C4_125_Fires_when_the_guard_of_another_object_is_held() => Fires("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D(C other) { lock (_g) { _x = 1; } }
        public void E(C other) => [|other._x|] = 1;
        """);

    [Fact]
    public Task C4_126_Silent_under_the_guard_of_the_same_other_object() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D(C other) { lock (other._g) other._x = 1; }
        """);

    [Fact]
    public Task C4_130_Silent_in_Dispose() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly object _g = new();
            private System.IO.Stream _s;
            public void A(System.IO.Stream s) { lock (_g) _s = s; }
            public void B() { lock (_g) { _s?.Flush(); _s = null; } }
            public void Dispose() => _s = null;
        }
        """);

    [Fact]
    public Task C4_131_Fires_once_for_each_member_however_often_it_touches_the_state() => Fires("""
        public void A() { lock (_g) _x++; }
        public void B() { lock (_g) _x--; }
        public void D() { lock (_g) _x -= 2; }
        public void D2() { lock (_g) _x -= 3; }
        public void E() { lock (_g) { _x = 1; _x = 2; _x = 3; _x = 4; _x = 5; _x = 6; } }
        public void F() { [|_x|] = 1; _x++; _x = 3; _x += 2; _x = 5; }
        """);

    [Fact]
    public Task C4_132_Suggests_at_the_declaration_when_many_members_do_without() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private int [|_x|];
            public void A() { lock (_g) { _x = 1; _x = 2; _x = 3; _x = 4; _x = 5; _x = 6; _x = 7; } }
            public void B() { lock (_g) _x = 1; }
            public void D() => _x = 4;
            public void E() => _x = 4;
            public void F() => _x = 4;
            public void H() => _x = 4;
        }
        """);

    [Fact]
    public Task C4_133_Silent_when_the_state_changes_in_construction_alone() => Silent("""
        public C(int x) => _x = x;
        public int A() { lock (_g) return _x; }
        public int B() { lock (_g) return _x; }
        public int D() => _x;
        """);

    [Fact]
    public Task C4_134_Silent_when_one_member_alone_uses_it() => Silent("""
        public void A()
        {
            lock (_g)
                _x++;
            if (_x > 3)
                Console.WriteLine();
        }
        """);

    [Fact]
    public Task C4_135_Silent_in_a_nested_type_under_the_guard_of_its_outer_object() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        private sealed class Inner
        {
            private readonly C _outer;
            public Inner(C outer) => _outer = outer;
            public void D() { lock (_outer._g) _outer._x = 3; }
        }
        """);

    [Fact]
    public Task C2_67_Fires_on_a_readonly_list_changed_without_the_lock() => Fires("""
        public void A() { lock (_g) _list.Add(1); }
        public void B() { lock (_g) _list.Clear(); }
        public void D() => [|_list|].Add(2);
        """);

    [Fact]
    public Task C2_81_Fires_on_a_torn_read() => Fires("""
        public void A(decimal d) { lock (_g) _sum = d; }
        public void B() { lock (_g) _sum = 0; }
        public decimal Sum => [|_sum|];
        """);

    [Fact]
    public Task C2_82_Silent_on_getters_of_a_word() => Silent("""
        public void Open() { lock (_g) _open = true; }
        public void Close() { lock (_g) { _open = false; _s = null; } }
        public void Set(System.IO.Stream s) { lock (_g) _s = s; }
        public bool IsOpen => _open;
        public System.IO.Stream S => _s;
        """);

    [Fact]
    public Task C2_83_Fires_on_a_use_behind_a_test_that_the_lock_does_not_cover() => Fires("""
        public void Open(System.IO.Stream s) { lock (_g) _s = s; }
        public void Close() { lock (_g) { _s.Dispose(); _s = null; } }
        public void Send()
        {
            if (_s != null)
                [|_s|].Flush();
        }
        """);

    [Fact]
    public Task C2_83_Silent_on_one_read() => Silent("""
        public void Open(System.IO.Stream s) { lock (_g) _s = s; }
        public void Close() { lock (_g) { _s.Dispose(); _s = null; } }
        public void Send() => _s?.Flush();
        public void Send2()
        {
            var s = _s;
            if (s != null)
                s.Flush();
        }
        """);

    [Fact]
    public Task C2_84_Silent_on_a_test_before_the_lock_that_is_repeated_inside() => Silent("""
        public System.IO.Stream Get()
        {
            if (_s == null)
            {
                lock (_g)
                {
                    if (_s == null)
                        _s = new System.IO.MemoryStream();
                }
            }

            return _s;
        }

        public void Close() { lock (_g) _s = null; }
        """);

    [Fact]
    public Task C2_85_Fires_on_a_dictionary_read_before_the_lock() => Fires("""
        public string Get(int k)
        {
            if ([|_map|].TryGetValue(k, out var v))
                return v;
            lock (_g)
            {
                _map[k] = v = k.ToString();
                return v;
            }
        }

        public void Clear() { lock (_g) _map.Clear(); }
        """);

    [Fact]
    public Task C2_86_Silent_on_a_concurrent_dictionary_and_on_copy_on_write() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, string> _safe = new();
            private Dictionary<int, string> _map = new();

            public string Get(int k)
            {
                if (_safe.TryGetValue(k, out var v) || _map.TryGetValue(k, out v))
                    return v;
                lock (_g)
                {
                    _safe[k] = v = k.ToString();
                    _map = new Dictionary<int, string>(_map) { [k] = v };
                    return v;
                }
            }

            public void Clear() { lock (_g) { _safe.Clear(); _map = new(); } }
        }
        """);

    [Fact]
    public Task C2_87_Fires_on_a_loop_over_a_list_that_others_change_under_the_lock() => Fires("""
        public void A() { lock (_g) _list.Add(1); }
        public void B() { lock (_g) _list.RemoveAt(0); }
        public int Sum()
        {
            var sum = 0;
            foreach (var i in [|_list|])
                sum += i;
            return sum;
        }
        """);

    [Fact]
    public Task C2_71_Silent_on_an_interface_that_only_ever_has_a_concurrent_collection() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly IDictionary<int, string> _map = new System.Collections.Concurrent.ConcurrentDictionary<int, string>();
            public void A() { lock (_g) _map[1] = ""; }
            public void B() { lock (_g) _map.Clear(); }
            public void D() => _map.Remove(2);
        }
        """);

    [Fact]
    public Task C2_66_Silent_on_state_that_is_fixed_after_construction() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly int _a = 1;
            public int B { get; init; }
            public int A() { lock (_g) return _a + B; }
            public int D() { lock (_g) return _a - B; }
            public int E() => _a * B;
        }
        """);

    [Fact]
    public Task C2_90_Silent_on_constants() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private const int Max = 3;
            private static readonly int Min = 1;
            public int A() { lock (_g) return Max - Min; }
            public int B() { lock (_g) return Max + Min; }
            public int D() => Max * Min;
        }
        """);

    [Fact]
    public Task C2_51_Silent_on_a_new_object() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public static C Make()
        {
            var c = new C();
            c._x = 3;
            return c;
        }
        """);

    [Fact]
    public Task C2_53_Silent_on_another_name_of_a_new_object() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public static C Make()
        {
            var c = new C();
            var same = c;
            same._x = 3;
            return c;
        }
        """);

    [Fact]
    public Task C2_52_Silent_on_an_object_that_another_member_made() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        private static C Make() => new C();
        public static C Made()
        {
            var c = Make();
            c._x = 3;
            return c;
        }
        """);

    [Fact]
    public Task C2_55_Silent_in_a_helper_that_is_given_new_objects() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public static C Made()
        {
            var c = new C();
            Fill(c);
            return c;
        }
        private static void Fill(C c) => c._x = 3;
        """);

    [Fact]
    public Task C2_56_Fires_in_a_helper_that_is_given_an_object_others_have() => Fires("""
        private readonly C _other = new();
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D() => Fill(_other);
        private static void Fill(C c) => [|c._x|] = 3;
        """);

    [Fact]
    public Task C2_60_Silent_on_an_object_that_is_changed_and_then_handed_on() => Silent("""
        private readonly System.Collections.Concurrent.ConcurrentQueue<C> _queue = new();
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D()
        {
            var c = new C();
            c._x = 3;
            _queue.Enqueue(c);
        }
        """);

    [Fact]
    public Task C2_64_Silent_on_a_rented_buffer() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D()
        {
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(10);
            buffer[0] = 1;
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        """);

    [Fact]
    public Task C2_68_Silent_on_what_takes_care_of_itself() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _map = new();
            private System.Collections.Immutable.ImmutableList<int> _list = System.Collections.Immutable.ImmutableList<int>.Empty;
            public void A() { lock (_g) { _map[1] = 2; System.Collections.Immutable.ImmutableInterlocked.Update(ref _list, static list => list.Add(1)); } }
            public void B() { lock (_g) { _map.Clear(); System.Collections.Immutable.ImmutableInterlocked.Update(ref _list, static list => list.Clear()); } }
            public void D() { _map[3] = 4; System.Collections.Immutable.ImmutableInterlocked.Update(ref _list, static list => list.Add(2)); }
        }
        """);

    [Fact]
    public Task C2_57_Silent_on_a_copy() => Verify.Silent("""
        public record C
        {
            private readonly object _g = new();
            private int _x;
            public void A() { lock (_g) _x = 1; }
            public void B() { lock (_g) _x = 2; }
            public C With(int x)
            {
                var copy = (C)MemberwiseClone();
                copy._x = x;
                var other = this with { _x = x };
                return x > 0 ? copy : other;
            }
        }
        """);

    [Fact]
    public Task Silent_while_the_object_starts() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void Start() => _x = 0;
        public void InitializeAll() => _x = 0;
        """);

    [Fact]
    public Task Silent_in_a_helper_that_says_its_callers_hold_the_lock() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        internal void ResetLocked() => _x = 0;
        """);

    [Fact]
    public Task Silent_behind_a_gate_of_compare_and_swap() => Silent("""
        private int _busy;
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D()
        {
            if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
                return;
            _x = 3;
        }
        """);

    [Fact]
    public Task Silent_in_a_lambda_that_unknown_code_is_given_under_the_lock() => Silent("""
        public void A() { lock (_g) _x = 1; }
        public void B() { lock (_g) _x = 2; }
        public void D(Action<Action> run) { lock (_g) run(() => _x = 3); }
        """);

    [Fact]
    public Task C1_37_Fires_in_a_helper_that_one_caller_calls_without_the_lock() => Fires("""
        public void A() { lock (_g) Set(1); }
        public void B() { lock (_g) { _x = 2; Set(3); } }
        public void D() { lock (_g) _x = 5; }
        public void D2() { lock (_g) _x = 5; }
        public void E() => Set(4);
        private void Set(int x) => [|_x|] = x;
        """);

    [Fact]
    public Task Silent_in_users_tests() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _x;
            public void A() { lock (_g) _x = 1; }
            public void B() { lock (_g) _x = 2; }
            public void D() => _x = 3;
            [Fact] public void T() { }
        }

        public class FactAttribute : Attribute { }
        """);

    [Fact]
    public Task Silent_under_an_async_lock() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _g = new(1, 1);
            private int _x;
            public async Task A() { await _g.WaitAsync(); try { _x++; } finally { _g.Release(); } }
            public async Task B() { await _g.WaitAsync(); try { _x--; await Task.Yield(); _x++; } finally { _g.Release(); } }
        }
        """);

    [Fact]
    public Task Fires_without_the_semaphore_that_others_wait_for() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _g = new(1, 1);
            private int _x;
            public async Task A() { await _g.WaitAsync(); try { _x++; } finally { _g.Release(); } }
            public async Task B() { await _g.WaitAsync(); try { _x--; } finally { _g.Release(); } }
            public void D() => [|_x|]++;
        }
        """);

    [Fact]
    public Task Fires_on_an_automatic_property() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            public int Count { get; private set; }
            public void A() { lock (_g) Count++; }
            public void B() { lock (_g) Count--; }
            public void D() => [|Count|]++;
        }
        """);
}
