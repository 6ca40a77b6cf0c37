using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ReplaceableLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ReplaceableLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2019_ReplaceableLock
{
    [Fact]
    public Task Fixes_with_readonly() => Verify.Fixes<Fix>("""
        public class C
        {
            // kept
            private object [|_gate|] = new(); // kept too
            static object? [|s_gate|];

            static C() => s_gate = new();

            public void M()
            {
                lock (_gate) { }
                lock (s_gate!) { }
            }
        }
        """, """
        public class C
        {
            // kept
            private readonly object _gate = new(); // kept too
            static readonly object? s_gate;

            static C() => s_gate = new();

            public void M()
            {
                lock (_gate) { }
                lock (s_gate!) { }
            }
        }
        """);

    [Fact]
    public Task Fixes_data_that_is_locked_with_a_gate() => Verify.Fixes<Fix>(
        Batch,
        Batch.Replace("    private List<int> [|_items|]", "    private readonly object _gate = new();\n    private List<int> _items").Replace("lock (_items)", "lock (_gate)"));

    [Fact]
    public Task No_fix_for_a_gate_that_is_replaced() => Verify.NoFix<Fix>("""
        public class C
        {
            private object? [|_gate|] = new();

            public void M() { lock (_gate ??= new()) { } }
            public void N() { lock (_gate!) { } }
        }
        """);

    [Fact]
    public Task No_fix_when_several_fields_share_a_declaration() => Verify.NoFix<Fix>("""
        public class C
        {
            private object [|_a|] = new(), _b = new();

            public void M() { lock (_a) _b = new(); }
        }
        """);

    [Fact]
    public Task No_fix_when_the_data_is_locked_by_another_name_too() => Verify.NoFix<Fix>("""
        public class C
        {
            private List<int> [|_items|] = new();

            public void M() { lock (_items) { } }

            public void N()
            {
                var items = _items;
                lock (items) { }
                _items = new();
            }
        }
        """);
}
