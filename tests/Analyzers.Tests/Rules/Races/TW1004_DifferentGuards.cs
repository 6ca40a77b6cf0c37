using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.DifferentGuards>;

namespace Analyzers.Tests.Rules;

/// <summary>Locks that do not keep each other out.</summary>
public partial class TW1004_DifferentGuards
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _a = new(), _b = new();
            private int _x;
            private readonly List<int> _list = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Names_both_locks() => Verify.Fires("""
        public class Stock
        {
            private readonly object _in = new(), _out = new();
            private int _count;
            public void Put() { lock (_in) _count++; }
            public void PutMany(int n) { lock (_in) _count += n; }
            public void Take() { lock (_out) [|_count|]--; }
        }
        """, "'Stock._count' is changed in 'Stock.Take' under '_out', but under '_in' in 'Stock.Put' (Test0.cs:5); the two locks do not keep each other out");

    [Fact]
    public Task C4_128_Fires_on_two_methods_with_a_lock_each() => Fires("""
        public void A() { lock (_a) _x = 1; }
        public void A2() { lock (_a) _x = 1; }
        public void B() { lock (_b) [|_x|] = 2; }
        """);

    [Fact]
    public Task C4_129_Silent_when_changes_hold_both() => Silent("""
        public int A() { lock (_a) return _x; }
        public int B() { lock (_b) return _x; }
        public void D() { lock (_a) lock (_b) _x++; }
        public void E() { lock (_a) { lock (_b) _x--; } }
        """);

    [Fact]
    public Task C1_32_Fires_on_this_and_typeof() => Verify.Fires("""
        public class C
        {
            private int _x;
            public void A() { lock (this) _x = 1; }
            public void A2() { lock (this) _x = 3; }
            public void B() { lock (typeof(C)) [|_x|] = 2; }
        }
        """);

    [Fact]
    public Task Fires_on_a_list_that_is_gone_through_under_another_lock() => Fires("""
        public void A() { lock (_a) _list.Add(1); }
        public void A2() { lock (_a) _list.Clear(); }
        public int B()
        {
            var sum = 0;
            lock (_b)
                foreach (var i in [|_list|])
                    sum += i;
            return sum;
        }
        """);

    [Fact]
    public Task Silent_on_a_read_of_one_word_under_another_lock() => Silent("""
        public void A() { lock (_a) _x++; }
        public void A2() { lock (_a) _x--; }
        public int B() { lock (_b) return _x; }
        """);

    [Fact]
    public Task Silent_when_some_access_has_no_lock_at_all() => Silent("""
        public void A() { lock (_a) _x++; }
        public void B() { lock (_b) _x--; }
        public void D() => _x = 0;
        """);

    [Fact]
    public Task Silent_when_the_locks_are_one_by_another_name() => Silent("""
        private object Gate => _a;
        public void A() { lock (_a) _x++; }
        public void B() { lock (Gate) _x--; }
        public void D() { var gate = _a; lock (gate) _x--; }
        """);

    [Fact]
    public Task Silent_when_a_lock_is_replaced() => Verify.Silent("""
        public class C
        {
            private object _a = new(), _b = new();
            private int _x;
            public void A() { lock (_a) _x++; }
            public void B() { lock (_b) _x--; }
            public void Swap() => (_a, _b) = (_b, _a);
        }
        """);
}
