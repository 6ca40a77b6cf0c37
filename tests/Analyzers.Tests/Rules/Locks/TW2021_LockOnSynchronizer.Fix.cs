using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.LockOnSynchronizerFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOnSynchronizer>;

namespace Analyzers.Tests.Rules;

public partial class TW2021_LockOnSynchronizer
{
    [Fact]
    public Task Fixes_a_token_source_and_a_collection_with_a_gate() => Verify.Fixes<Fix>("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentQueue<int> _items = new();

            public void M()
            {
                lock ([|_items|])
                    _items.Enqueue(1);
                Monitor.Enter([|_items|]);
                Monitor.Exit(_items);
            }
        }
        """, """
        using System.Collections.Concurrent;

        public class C
        {
            private readonly object _gate = new();
            private readonly ConcurrentQueue<int> _items = new();

            public void M()
            {
                lock (_gate)
                    _items.Enqueue(1);
                Monitor.Enter(_gate);
                Monitor.Exit(_gate);
            }
        }
        """);

    [Fact]
    public Task Fixes_a_Lock_with_its_own_members()
    {
        const string Before = """
            #pragma warning disable CS9216
            public class C
            {
                private readonly Lock _gate = new();

                public void M(C other)
                {
                    lock ([|(object)_gate|]) { }
                    Monitor.Enter([|_gate|]);
                    try { Console.WriteLine(Monitor.IsEntered(this._gate)); }
                    finally { Monitor.Exit(_gate); }
                    if (Monitor.TryEnter([|other._gate|], 10))
                        Monitor.Exit(other._gate);
                    lock (_gate) { }
                }
            }
            """;
        const string After = """
            #pragma warning disable CS9216
            public class C
            {
                private readonly Lock _gate = new();

                public void M(C other)
                {
                    lock (_gate) { }
                    _gate.Enter();
                    try { Console.WriteLine(this._gate.IsHeldByCurrentThread); }
                    finally { _gate.Exit(); }
                    if (other._gate.TryEnter(10))
                        other._gate.Exit();
                    lock (_gate) { }
                }
            }
            """;
        return Language.KnowsLock ? Verify.Fixes<Fix>(Before, After) : Verify.NoFix<Fix>(Before);
    }

    [Fact]
    public Task No_fix_for_uses_a_Lock_has_no_counterpart_of() => Verify.NoFix<Fix>("""
        #pragma warning disable CS9216
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                lock ([|(object)_gate|])
                    Monitor.Wait(_gate);
            }
        }

        public class D
        {
            private readonly Lock _gate = new();

            public void M()
            {
                object gate = _gate;
                lock ([|gate|]) { }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_object_has_other_names() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly CancellationTokenSource _stop = new();
            public void M() { lock ([|_stop|]) { } }
            public void N(CancellationTokenSource stop) { lock ([|stop|]) { } }
        }
        """);
}
