using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ExposedLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2018_ExposedLock
{
    [Fact]
    public Task Fires_on_this_of_a_public_type() => Verify.Fires("""
        public class Account
        {
            private int _sum;

            public void Add(int n)
            {
                lock ([|this|])
                    _sum += n;
            }
        }
        """, "'Account.Add' locks 'this', which everybody who has the object can lock too and keep it waiting");

    [Fact]
    public Task Fires_on_Monitor_Enter_of_this_wherever_paths_are_followed() => Verify.Fires("""
        public class Account
        {
            private int _sum;

            public void Add(int n)
            {
                Monitor.Enter([|this|]);
                try { _sum += n; }
                finally { Monitor.Exit(this); }
                lock ([|this|])
                    _sum++;
            }

            public bool TryAdd(int n)
            {
                if (!Monitor.TryEnter([|this|], 10))
                    return false;
                try { _sum += n; }
                finally { Monitor.Exit(this); }
                return true;
            }
        }
        """);

    [Fact]
    public Task Fires_on_this_through_a_local_and_in_a_lambda() => Verify.Fires("""
        public class C
        {
            public void M(Action<Action> run)
            {
                var self = this;
                lock ([|self|]) { }
                run(() => { lock ([|this|]) { } });
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_public_type_inside_a_public_type() => Verify.Fires("""
        public static class Outer
        {
            public sealed class Inner
            {
                public void M() { lock ([|this|]) { } }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_type_object_whoever_can_name_the_type() => Verify.Fires("""
        internal class C
        {
            public static void M() { lock ([|typeof(C)|]) { } }
            public void N() { lock ([|GetType()|]) { } }
        }
        """, "'C.M' locks 'typeof(C)', of which the process has only one, so that unrelated code can lock it too and keep it waiting",
        "'C.N' locks the Type 'GetType', of which the process has only one, so that unrelated code can lock it too and keep it waiting");

    [Fact]
    public Task Fires_on_a_text_even_in_a_private_field() => Verify.Fires("""
        internal class C
        {
            private const string Name = "c";
            private readonly string _key = "k";

            public void M(string id)
            {
                lock ([|"text"|]) { }
                lock ([|Name|]) { }
                lock ([|_key|]) { }
                lock ([|id|]) { }
                lock ([|string.Intern(id + "x")|]) { }
            }
        }
        """, "'C.M' locks a String, and all code that uses the same text may be locking the same object",
        "'C.M' locks the String 'Name', and all code that uses the same text may be locking the same object");

    [Fact]
    public Task Fires_on_what_has_no_identity_of_its_own() => Verify.Fires("""
        internal class C
        {
            private readonly Thread _thread = new(() => { });

            public void M(System.Reflection.MethodInfo method)
            {
                lock ([|_thread|]) { }
                lock ([|method|]) { }
                lock ([|method.GetParameters()[0]|]) { }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_boxed_value() => Verify.Fires("""
        internal class C
        {
            private int _count;

            public void M()
            {
                Monitor.Enter([|_count|]);
                lock ([|(object)_count|]) { }
            }
        }
        """, "'C.M' locks a boxed 'Int32', which is a new object every time, so that nobody is kept out");

    [Fact]
    public Task Fires_on_a_member_that_others_see() => Verify.Fires("""
        public class C
        {
            public readonly object Gate = new();
            public static readonly List<int> Items = new();
            public object Key { get; } = new();

            public void M(C other)
            {
                lock ([|Gate|]) { }
                lock ([|Items|]) { }
                lock ([|Key|]) { }
                lock ([|other.Gate|]) { }
            }
        }
        """, "'C.M' locks the Object 'Gate', which code outside of the assembly can lock too and keep it waiting");

    [Fact]
    public Task Silent_on_private_and_internal_members() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            internal readonly object Gate = new();
            private protected readonly object Door = new();
            private static readonly object s_gate = new();
            private object Key { get; } = new();

            public void M(C other)
            {
                lock (_gate) { }
                lock (Gate) { }
                lock (Door) { }
                lock (s_gate) { }
                lock (Key) { }
                lock (other._gate) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_what_derived_types_share() => Verify.Silent("""
        public class C
        {
            protected readonly object Door = new();
            protected internal static readonly List<int> Items = new();
            protected object Key { get; } = new();

            public void M()
            {
                lock (Door) { }
                lock (Items) { }
                lock (Key) { }
            }

            protected sealed class Node
            {
                public void M() { lock (this) { } }
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_program_because_nobody_is_built_on_it() => new Verify.Case { Output = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication }.Silent("""
        public class C
        {
            public readonly List<int> Items = new();

            public static void Main() => new C().M();

            public void M()
            {
                lock (this) { }
                lock (Items) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_an_object_that_could_be_elsewhere() => Verify.Silent("""
        public class C
        {
            private readonly System.Timers.Timer _timer = new();

            public void M()
            {
                lock (_timer)
                    _timer.Start();
            }
        }
        """);

    [Fact]
    public Task Silent_on_this_of_a_type_nobody_outside_can_name() => Verify.Silent("""
        internal class C
        {
            public void M() { lock (this) { } }

            public class Inner
            {
                public void M() { lock (this) { } }
            }
        }

        public class D
        {
            private sealed class Node
            {
                public void M() { lock (this) { } }
            }

            private readonly Node _node = new();
            public void M() => _node.M();
        }
        """);

    [Fact]
    public Task Silent_on_public_members_of_a_type_nobody_outside_can_name() => Verify.Silent("""
        internal class C
        {
            public readonly object Gate = new();
            public void M() { lock (Gate) { } }
        }

        public sealed class D
        {
            private protected readonly object _gate = new();
            internal protected object Own() { lock (_gate) return new(); }
        }
        """);

    [Fact]
    public Task Silent_on_a_protected_member_of_a_sealed_type() => Verify.Silent("""
        public abstract class B
        {
            private protected abstract object Gate { get; }
        }

        public sealed class D : B
        {
            private readonly object _gate = new();
            private protected override object Gate => _gate;
            public void M() { lock (_gate) { } }
        }
        """);

    [Fact]
    public Task Silent_on_what_is_offered_to_be_locked() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            public object SyncRoot => _gate;

            [ReturnsLock("_gate")]
            public object Door => _gate;

            public void M(System.Collections.ICollection items)
            {
                lock (items.SyncRoot) { }
                lock (SyncRoot) { }
                lock (Door) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_members_of_other_assemblies_and_on_parameters() => Verify.Silent("""
        public class C
        {
            public void M(object gate, List<int> items)
            {
                lock (Console.Out) { }
                lock (gate) { }
                lock (items) { }
                foreach (var item in new[] { new object() })
                    lock (item) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_lock_type_of_its_own_kind() => new Verify.Case { Framework = "net8.0" }.Silent("""
        public class C
        {
            public readonly SemaphoreSlim Turn = new(1, 1);
            public readonly ReaderWriterLockSlim Door = new();

            public void M()
            {
                Turn.Wait();
                Turn.Release();
                Door.EnterReadLock();
                Door.ExitReadLock();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_text_made_for_the_moment() => Verify.Silent("""
        internal class C
        {
            public void M(string id)
            {
                lock (id + "x") { }
                lock ($"{id}x") { }
                lock (id.ToUpperInvariant()) { }
            }
        }
        """);

    [Fact]
    public Task Silent_in_nameof_and_expression_trees() => Verify.Silent("""
        public class C
        {
            public string M() => nameof(Monitor.Enter);
            public System.Linq.Expressions.Expression<Func<bool>> N() => () => Monitor.TryEnter(this);
        }
        """);

    [Fact]
    public Task Known_miss_when_a_private_lock_is_handed_out_by_a_property() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            public object Gate => _gate;
            public void M() { lock (_gate) { } }
        }
        """);
}
