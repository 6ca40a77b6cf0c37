using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockOnSynchronizer>;

namespace Analyzers.Tests.Rules;

public partial class TW2021_LockOnSynchronizer
{
    [Fact]
    public Task Fires_on_the_monitor_of_a_Lock() => Verify.Fires("""
        #pragma warning disable CS9216
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                lock ([|(object)_gate|]) { }
                Monitor.Enter([|_gate|]);
                Monitor.Exit(_gate);
                object gate = _gate;
                lock ([|gate|]) { }
            }
        }
        """, "'C.M' locks the monitor of Lock '_gate', which keeps out nobody who takes it as the lock it is");

    [Fact]
    public Task Fires_on_locks_of_other_kinds() => Verify.Fires("""
        public class C
        {
            private readonly ReaderWriterLockSlim _door = new();
            private readonly SemaphoreSlim _turn = new(1, 1);
            private static readonly Mutex s_mutex = new();

            public void M()
            {
                lock ([|_door|]) { }
                lock ([|_turn|]) { }
                lock ([|s_mutex|]) { }
            }
        }
        """);

    [Fact]
    public Task Fires_on_tasks_token_sources_and_concurrent_collections() => Verify.Fires("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly Task<int> _task = Task.FromResult(1);
            private readonly CancellationTokenSource _stop = new();
            private readonly ConcurrentDictionary<int, int> _items = new();
            private readonly TaskCompletionSource _done = new();

            public void M(ConcurrentQueue<int> queue, Task task)
            {
                lock ([|_task|]) { }
                lock ([|_stop|]) { }
                lock ([|_items|]) { }
                lock ([|_done|]) { }
                lock ([|queue|]) { }
                lock ([|task|]) { }
            }
        }
        """, "'C.M' locks the monitor of Task '_task', for which its own members do not wait");

    [Theory]
    [InlineData("Mutex", "_x.WaitOne(); _x.ReleaseMutex();", DiagnosticSeverity.Warning)]
    [InlineData("ReaderWriterLockSlim", "if (_x.TryEnterReadLock(1)) _x.ExitReadLock();", DiagnosticSeverity.Warning)]
    [InlineData("ReaderWriterLockSlim", "", DiagnosticSeverity.Info)]
    [InlineData("SemaphoreSlim", "_x.Wait(); _x.Release();", DiagnosticSeverity.Info)]
    [InlineData("CountdownEvent", "_x.Wait();", DiagnosticSeverity.Info)]
    public async Task Warns_only_of_locks_that_a_thread_takes_both_ways(string type, string use, DiagnosticSeverity severity)
    {
        var analyzer = new ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.LockOnSynchronizer()]);
        var source = $"using System.Threading; public class C {{ private readonly {type} _x = null!; public void M() {{ lock (_x) {{ }} }} public void N() {{ {use} }} }}";
        var analysis = await Analysis.Of(new Case().Project([new("C.cs", source)], analyzer), analyzer);
        Assert.Equal(severity, Assert.Single(analysis.Findings).Severity);
    }

    [Fact]
    public Task Silent_on_a_Lock_that_is_taken_as_one() => Verify.Silent("""
        public class C
        {
            private readonly Lock _gate = new();

            public void M()
            {
                lock (_gate) { }
                using (_gate.EnterScope()) { }
                _gate.Enter();
                try { }
                finally { _gate.Exit(); }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_Lock_that_is_taken_as_one_where_paths_are_followed() => Verify.Silent("""
        public class C
        {
            private readonly Lock _gate = new();
            private readonly SemaphoreSlim _turn = new(1, 1);

            public void M()
            {
                _turn.Wait();
                try
                {
                    lock (_gate)
                        Console.WriteLine();
                }
                finally { _turn.Release(); }
            }
        }
        """);

    [Fact]
    public Task Silent_on_plain_objects_and_collections() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();
            private readonly List<Task> _tasks = new();
            private readonly Dictionary<int, int> _items = new();

            public void M(object o)
            {
                lock (_gate) { }
                lock (_tasks) { }
                lock (_items) { }
                lock (o) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_an_own_type_that_merely_has_such_a_name() => Verify.Silent("""
        internal sealed class ConcurrentList { }
        internal sealed class Timer { }

        public class C
        {
            private readonly ConcurrentList _items = new();
            private readonly Timer _timer = new();

            public void M()
            {
                lock (_items) { }
                lock (_timer) { }
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_object_of_a_collection_that_is_there_to_be_locked() => Verify.Silent("""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly object _sync = new();
            private readonly ConcurrentQueue<int> _items = new();

            public void M(System.Collections.ICollection items)
            {
                lock (items.SyncRoot) { }
                lock (_sync)
                    _items.Enqueue(1);
            }
        }
        """);

    [Fact]
    public Task Silent_on_this_of_a_type_that_derives_from_one() => Verify.Silent("""
        using System.Collections.Concurrent;

        internal sealed class Items : ConcurrentDictionary<int, int>
        {
            public void M() { lock (this) { } }
        }
        """);

    [Fact]
    public Task Silent_on_members_that_take_the_lock_in_its_own_way() => Verify.Silent("""
        public class C
        {
            private readonly ReaderWriterLockSlim _door = new();
            private readonly SemaphoreSlim _turn = new(1, 1);

            public void M()
            {
                _door.EnterReadLock();
                _door.ExitReadLock();
                _turn.Wait();
                _turn.Release();
            }
        }
        """);
}
