using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ReplaceableLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2019_ReplaceableLock
{
    /// <summary>Data that locks itself and is replaced.</summary>
    private const string Batch = """
        public class Batch
        {
            private List<int> [|_items|] = new();

            public void Add(int item)
            {
                lock (_items)
                    _items.Add(item);
            }

            public List<int> Take()
            {
                lock (_items)
                {
                    var taken = _items;
                    _items = new();
                    return taken;
                }
            }
        }
        """;

    [Fact]
    public Task Fires_when_the_locked_object_is_replaced() => Verify.Fires(Batch, "'Batch._items' is locked in 'Batch.Add' (Test0.cs:7) and gets another object in 'Batch.Take' (Test0.cs:16); who holds the old one does not keep out who locks the new one");

    [Fact]
    public Task Fires_when_the_lock_is_made_when_it_is_first_needed() => Verify.Fires("""
        public class C
        {
            private object? [|_gate|];

            public void M()
            {
                if (_gate == null)
                    _gate = new object();
                lock (_gate)
                    Console.WriteLine();
            }

            public void N() { lock (_gate ??= new object()) { } }
        }
        """);

    [Fact]
    public Task Fires_on_a_static_lock_that_each_new_instance_replaces() => Verify.Fires("""
        public class C
        {
            private static object [|s_gate|] = new();
            public C() => s_gate = new object();
            public void M() { lock (s_gate) { } }
        }
        """);

    [Fact]
    public Task Fires_however_the_lock_is_taken_and_the_field_written() => Verify.Fires("""
        public class C
        {
            private object [|_late|];
            private object [|_a|] = new(), [|_b|] = new(), [|_c|] = new();
            private ReaderWriterLockSlim [|_door|] = new();
            private SemaphoreSlim [|_turn|] = new(1, 1);

            public void M()
            {
                Monitor.Enter(_a);
                try { }
                finally { Monitor.Exit(_a); }
                if (Monitor.TryEnter(_b))
                    Monitor.Exit(_b);
                lock (_c) { }
                lock (_late) { }
                _door.EnterReadLock();
                _door.ExitReadLock();
                _turn.Wait();
                _turn.Release();
            }

            public C(object late) => _late = late;

            public void Renew(C other)
            {
                _late = new();
                other._a = new();
                (_b, _c) = (_c, _b);
                Find(out _door);
                _turn = new SemaphoreSlim(1, 1);
            }

            private static void Find(out ReaderWriterLockSlim door) => door = new();
        }
        """);

    [Fact]
    public Task Fires_when_the_field_is_merely_not_readonly() => Verify.Fires("""
        public class C
        {
            private object [|_gate|] = new();
            private static object [|s_gate|];

            static C() => s_gate = new();

            public C(object gate) => _gate = gate;

            public void M()
            {
                lock (_gate) { }
                lock (s_gate) { }
            }
        }
        """, "'C._gate' is locked in 'C.M' (Test0.cs:12) and is not readonly; another object in it would let two threads in");

    [Theory]
    [InlineData("", DiagnosticSeverity.Info)]
    [InlineData("public void N() => _gate = new();", DiagnosticSeverity.Warning)]
    public async Task Warns_only_when_the_object_is_replaced(string member, DiagnosticSeverity severity)
    {
        var analyzer = new ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.ReplaceableLock()]);
        var source = $"public class C {{ private object _gate = new(); public void M() {{ lock (_gate) {{ }} }} {member} }}";
        var analysis = await Analysis.Of(new Case().Project([new("C.cs", source)], analyzer), analyzer);
        Assert.Equal(severity, Assert.Single(analysis.Findings).Severity);
    }

    [Fact]
    public Task Silent_on_readonly_fields_properties_and_fields_that_are_no_locks() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            private object Gate { get; set; } = new();
            private List<int> _items = new();

            public void M()
            {
                lock (_gate)
                    _items = new();
                lock (Gate) { }
            }
        }
        """);

    [Fact]
    public Task Silent_when_only_construction_assigns() => Verify.Silent("""
        public class C
        {
            private object _gate;
            private List<int> _items = new();

            public C() { Begin(); _gate = new(); }

            private void Begin() => _items = new() { 1 };

            public C Copy()
            {
                var copy = (C)MemberwiseClone();
                copy._items = new();
                return copy;
            }

            public static C Create() { var c = new C(); c._items = new() { 2 }; return c; }

            public void M() { lock (_items) { } }
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_given_late_and_once() => Verify.Silent("""
        public class C
        {
            private CountdownEvent _running = null!;
            private object? _gate;

            public void Open()
            {
                _running = new CountdownEvent(1);
                _gate = new object();
            }

            public void M()
            {
                lock (_running) { }
                lock (_gate!) { }
            }
        }
        """);

    [Fact]
    public Task Known_miss_when_two_threads_may_both_make_the_lock() => Verify.Silent("""
        public class C
        {
            private object? _gate;

            public void M()
            {
                if (_gate == null)
                    _gate = new object();
                lock (_gate) { }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_first_object_wins() => Verify.Silent("""
        public class C
        {
            private object? _gate, _door;

            private object Gate
            {
                get
                {
                    if (_gate == null)
                        Interlocked.CompareExchange(ref _gate, new object(), null);
                    return _gate;
                }
            }

            public void M()
            {
                lock (Gate)
                    lock (_gate!) { }
                LazyInitializer.EnsureInitialized(ref _door);
                lock (_door) { }
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_replaced_under_another_lock_or_taken_away() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            private List<int>? _items = new(), _rest = new();

            public void M()
            {
                lock (_items!) { }
                lock (_rest!) { }
            }

            public void N()
            {
                lock (_gate)
                    _items = new();
            }

            public void Close() => _rest = null;
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_put_in_after_reading_back() => Verify.Silent("""
        using System.Runtime.Serialization;

        [DataContract]
        public class C
        {
            private object _gate = new();

            [OnDeserializing]
            private void Begin(StreamingContext context) => _gate = new();

            public void M() { lock (_gate) { } }
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_kept_in_a_local() => Verify.Silent("""
        public class C
        {
            private List<int> _items = new();

            public void M()
            {
                var items = _items;
                lock (items)
                    items.Clear();
                _items = new();
            }
        }
        """);

    [Fact]
    public Task Silent_on_structs_on_what_admits_several_and_on_what_can_have_a_name() => Verify.Silent("""
        public class C
        {
            private SpinLock _spin;
            private SemaphoreSlim _turns = new(4);
            private Mutex _mutex = new();

            public void M()
            {
                var taken = false;
                _spin.Enter(ref taken);
                if (taken)
                    _spin.Exit();
                _turns.Wait();
                _turns.Release();
                _mutex.WaitOne();
                _mutex.ReleaseMutex();
            }

            public void Renew(int n)
            {
                _spin = default;
                _turns = new(n);
                _mutex = new(false, "x");
            }
        }
        """);

    [Fact]
    public Task Silent_on_fields_that_others_may_write_and_nobody_here_does() => Verify.Silent("""
        public class C
        {
            internal object Gate = new();
            private volatile object _door = new();

            public void M()
            {
                lock (Gate) { }
                lock (_door) { }
            }
        }
        """);
}
