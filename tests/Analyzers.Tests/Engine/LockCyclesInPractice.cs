using Xunit;
using AcrossTypes = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversionAcrossTypes>;
using UnorderedInstances = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnorderedInstanceLocks>;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOrderInversion>;

namespace Analyzers.Tests.Engine;

/// <summary>Orders that close a ring on paper, and whether threads can ever stand in it.</summary>
public class LockCyclesInPractice
{
    private const string BothOrders = """
        readonly object _a = new(); readonly object _b = new();
        void M() { lock (_a) { lock ([|_b|]) { } } }
        void N() { lock (_b) { lock ([|_a|]) { } } }
        """;

    private static readonly Dictionary<string, string> Ui = new() { ["threadwise.ui.txt"] = "T:Acme.Window confined" };

    private static string Window(string members) => $$"""
        namespace Acme
        {
            public class Window { }
        }

        class Main : Acme.Window
        {
            {{members}}
        }
        """;

    private static string Unmarked(string text) => text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    [Fact]
    public Task C5_143_Silent_when_one_thread_runs_both_legs() =>
        new Verify.Case { AdditionalFiles = Ui }.Silent(Window(Unmarked(BothOrders)));

    [Fact]
    public Task C5_143_Silent_when_one_thread_runs_the_legs_in_two_types() => new AcrossTypes.Case { AdditionalFiles = Ui }.Silent(Window("""
        readonly object _g = new(); readonly Child _child = new();
        public void M() { lock (_g) { _child.Take(); } }
        public void Take() { lock (_g) { } }
        """) + """
        class Child : Acme.Window
        {
            readonly object _h = new(); readonly Main _main = null!;
            public void M() { lock (_h) { _main.Take(); } }
            public void Take() { lock (_h) { } }
        }
        """);

    [Theory]
    [InlineData("void Start() => Task.Run(N);")]
    [InlineData("void Start() => Task.Run(() => N());")]
    [InlineData("void Start() { new Thread(Loop).Start(); } void Loop() { while (true) N(); }")]
    public Task C5_143_Fires_when_one_leg_is_started_on_another_thread(string start) =>
        new Verify.Case { AdditionalFiles = Ui }.Fires(Window(BothOrders + start));

    [Fact]
    public Task C5_150_Fires_from_parent_to_child_and_from_child_to_parent() => AcrossTypes.Fires("""
        class Parent { readonly object _g = new(); readonly List<Child> _children = new(); public void M() { lock (_g) { foreach (var child in _children) [|child.N()|]; } } public void Removed(Child child) { lock (_g) { _children.Remove(child); } } }
        class Child(Parent parent) { readonly object _h = new(); public void N() { lock (_h) { } } public void Close() { lock (_h) { [|parent.Removed(this)|]; } } }
        """);

    /// <summary>Where parent and child are of one type, nothing tells a way up from a second way down.</summary>
    [Fact]
    public Task Known_miss_C5_150_from_node_to_parent_and_child_of_one_type() => Verify.Silent("""
        public class Node
        {
            private readonly object _g = new(); private readonly Node? _parent; private readonly Node? _child;
            public Node(Node? parent, Node? child) => (_parent, _child) = (parent, child);
            public void Down() { lock (_g) { lock (_child!._g) { } } }
            public void Up() { lock (_g) { lock (_parent!._g) { } } }
        }
        """);

    [Theory]
    [InlineData("if (i > j) (i, j) = (j, i); lock (_all[i]) lock (_all[j]) { }")]
    [InlineData("var (x, y) = (Math.Min(i, j), Math.Max(i, j)); lock (_all[x]) lock (_all[y]) { }")]
    [InlineData("foreach (var x in new[] { i, j }.Order()) Monitor.Enter(_all[x]);")]
    public Task C5_152_Silent_on_two_elements_by_sorted_indices(string body) => UnorderedInstances.Silent(Striped(body));

    [Theory]
    [InlineData("lock (_all[i]) lock ([|_all[j]|]) { }")]
    [InlineData("lock (_all[i]) { _n[i]++; lock ([|_all[j]|]) { _n[j]--; } }")]
    public Task C5_152_Fires_on_two_elements_by_indices_in_no_order(string body) => UnorderedInstances.Fires(Striped(body));

    [Theory]
    [InlineData("if (i == j) return; lock (_all[i]) lock (_all[j]) { }")]
    [InlineData("lock (_all[i]) lock (_all[i]) { }")]
    [InlineData("lock (_all[i]) lock (_all[i + 1]) { }")]
    [InlineData("lock (_all[i]) { Action later = () => { lock (_all[j]) { } }; }")]
    [InlineData("lock (_all[i]) { } lock (_all[j]) { }")]
    [InlineData("lock (_all[i]) lock (_n) lock (_others[j]) { }")]
    [InlineData("Inner(i, j); void Inner(int k, int l) { lock (_all[k]) lock (_all[l]) { } }")]
    public Task C5_152_Silent_on_elements_that_are_not_two_in_no_order(string body) => UnorderedInstances.Silent(Striped(body));

    private static string Striped(string body) => $$"""
        public class C
        {
            private readonly object[] _all = { new(), new() }, _others = { new(), new() };
            private readonly int[] _n = new int[2];
            public void M(int i, int j) { {{body}} }
        }
        """;

    [Fact]
    public Task C5_154_Fires_on_readers_in_both_orders_when_somebody_writes() => Verify.Fires("""
        public class C
        {
            private readonly ReaderWriterLockSlim _a = new(); private readonly ReaderWriterLockSlim _b = new();
            public void M() { _a.EnterReadLock(); try { [|_b|].EnterReadLock(); _b.ExitReadLock(); } finally { _a.ExitReadLock(); } }
            public void N() { _b.EnterReadLock(); try { [|_a|].EnterReadLock(); _a.ExitReadLock(); } finally { _b.ExitReadLock(); } }
            public void Write() { _a.EnterWriteLock(); _a.ExitWriteLock(); }
            public void WriteOther() { _b.EnterWriteLock(); _b.ExitWriteLock(); }
        }
        """);

    private const string Tests = """
        namespace Acme { public sealed class FactAttribute : Attribute { } public sealed class TestMethodAttribute : Attribute { } }
        """;

    [Theory]
    [InlineData("Fact")]
    [InlineData("TestMethod")]
    public Task C5_175_Silent_when_a_test_closes_the_ring(string attribute) => Verify.Silent(Tests + Unmarked($$"""
        public class T
        {
            {{BothOrders.Replace("void N", $"[Acme.{attribute}] void N", StringComparison.Ordinal)}}
        }
        """));

    [Fact]
    public Task C5_175_Silent_when_a_test_closes_the_ring_of_types() => AcrossTypes.Silent(Tests + """
        public class A { public readonly object G = new(); private readonly B _b = new(); public void M() { lock (G) { _b.N(); } } }
        public class B { public readonly object H = new(); public void N() { lock (H) { } } }
        public class T { private readonly A _a = new(); private readonly B _b = new(); [Acme.Fact] public void Holds() { lock (_b.H) { Wait(); } } private void Wait() { lock (_b.H) { lock (_a.G) { } } } }
        """);

    [Fact]
    public Task C5_176_Silent_on_waiting_for_all_of_several_mutexes() => Verify.Silent("""
        public class C
        {
            private readonly Mutex _a = new(); private readonly Mutex _b = new();
            public void M() { WaitHandle.WaitAll(new WaitHandle[] { _a, _b }); try { } finally { _b.ReleaseMutex(); _a.ReleaseMutex(); } }
            public void N() { WaitHandle.WaitAll(new WaitHandle[] { _b, _a }); try { } finally { _a.ReleaseMutex(); _b.ReleaseMutex(); } }
        }
        """);
}
