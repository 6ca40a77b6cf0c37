using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.InconsistentGuard>;

namespace Analyzers.Tests.Rules;

public partial class TW1001_InconsistentGuard
{
    [Fact]
    public Task Silent_when_the_base_promises_one_caller_at_a_time() => Verify.Silent("""
        public class Blocks : System.IO.Stream
        {
            private readonly System.IO.Stream _inner = new System.IO.MemoryStream();
            private readonly object _gate = new();
            private long _position;
            public override bool CanRead => true;
            public override bool CanSeek => true;
            public override bool CanWrite => false;
            public override long Length => 0;
            public override long Position { get => _position; set => _position = value; }
            public override void Flush() { }
            public override void SetLength(long value) { }
            public override void Write(byte[] buffer, int offset, int count) { }

            public override int Read(byte[] buffer, int offset, int count)
            {
                lock (_gate)
                {
                    _inner.Position = _position;
                    var read = _inner.Read(buffer, offset, count);
                    _position += read;
                    return read;
                }
            }

            public override long Seek(long offset, System.IO.SeekOrigin origin)
            {
                lock (_gate)
                    return _position = origin == System.IO.SeekOrigin.Begin ? offset : _position + offset;
            }
        }
        """);

    [Fact]
    public Task Silent_on_another_container_where_each_section_looks_once() => Verify.Silent("""
        public class Handlers
        {
            private readonly object _gate = new();
            private List<Action> _all = new();
            public void Add(Action handler) { lock (_gate) _all.Add(handler); }
            public void Remove(Action handler) { lock (_gate) _all.Remove(handler); }
            public Action[] Copy() { lock (_gate) return _all.ToArray(); }
            public void Forget() => _all = new();
        }
        """);

    [Fact]
    public Task Fires_on_another_container_where_a_section_looks_twice() => Verify.Fires("""
        public class Handlers
        {
            private readonly object _gate = new();
            private List<Action> _all = new();
            public void Add(Action handler) { lock (_gate) { if (!_all.Contains(handler)) _all.Add(handler); } }
            public void Remove(Action handler) { lock (_gate) _all.Remove(handler); }
            public void Forget() => [|_all|] = new();
        }
        """);

    [Fact]
    public Task Fires_on_a_value_that_belongs_to_another_under_the_same_lock() => Verify.Fires("""
        public class Range
        {
            private readonly object _gate = new();
            private int _low, _high;
            public void Set(int low, int high) { lock (_gate) { _low = low; _high = high; } }
            public int Length() { lock (_gate) return _high - _low; }
            public int Top() { lock (_gate) return _high; }
            public void Raise(int high) => [|_high|] = high;
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_given_up() => Verify.Silent("""
        public sealed class Session : IAsyncDisposable
        {
            private readonly object _gate = new();
            private CancellationTokenSource? _stop;
            private int _count;
            public void Start() { lock (_gate) { _stop = new(); _count++; } }
            public void Stop()
            {
                lock (_gate)
                {
                    if (_stop == null)
                        return;
                    _stop.Cancel();
                    _stop = null;
                    _count--;
                }
            }

            public async ValueTask DisposeAsync()
            {
                if (_stop != null)
                    await _stop.CancelAsync();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_only_caller_is_an_iterator_that_holds_the_lock() => Verify.Silent("""
        public class Queue
        {
            private readonly object _gate = new();
            private readonly Dictionary<int, string> _all = new();
            private readonly PriorityQueue<string, int> _next = new();
            public void Add(int key, string value) { lock (_gate) { _all[key] = value; _next.Enqueue(value, key); } }
            public void Clear() { lock (_gate) { _all.Clear(); _next.Clear(); } }

            public async IAsyncEnumerator<string> GetAsyncEnumerator(CancellationToken cancel = default)
            {
                while (true)
                {
                    string? found = null;
                    lock (_gate)
                    {
                        Forget();
                        if (_next.Count > 0)
                            found = _next.Peek();
                    }

                    if (found is not null)
                        yield return found;
                    await Task.Delay(10, cancel);
                }
            }

            private void Forget()
            {
                while (_next.Count > 0 && _next.Peek().Length == 0)
                {
                    var gone = _next.Dequeue();
                    _all.Remove(gone.Length);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_one_word_of_several_and_fires_on_all_of_them() => Verify.Fires("""
        public class Runner
        {
            private readonly object _gate = new();
            private (Task? Task, string? Name) _current;
            public bool IsBusy => _current.Task != null;
            public string? Name => _current.Name;
            public object Both() => [|_current|];
            public void Start(string name) { lock (_gate) _current = (Task.CompletedTask, name); }
            public void End() { lock (_gate) { if (_current.Task is { IsCompleted: true }) _current = (null, null); } }
        }
        """);

    [Fact]
    public Task Silent_where_a_module_is_started() => Verify.Silent("""
        public class Module
        {
            private readonly object _gate = new();
            private string? _name;
            public void OnStart(string name) => _name = name;
            public void Begin(string name) { lock (_gate) if (_name is null) _name = name; }
            public void Finish() { lock (_gate) _name = null; }
            public string? Name() { lock (_gate) return _name; }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_for_something_else_and_nobody_reads_under_it() => Verify.Silent("""
        public class Members
        {
            private readonly List<int> _all = new();
            private List<int>? _copy;
            public void Add(int x) { lock (_all) _all.Add(x); Changed(); }
            public void Clear() { lock (_all) { _copy = null; _all.Clear(); } }
            private void Changed() => _copy = null;

            public IEnumerable<int> Copy()
            {
                var copy = _copy;
                if (copy == null)
                    lock (_all)
                        _copy = copy = _all.ToList();
                return copy;
            }
        }
        """);

    [Fact]
    public Task Silent_in_construction_and_in_what_it_alone_calls() => Silent("""
        public C() { _x = 1; Fill(); }
        private void Fill() { _x = 2; _list.Add(1); }
        public void A() { lock (_g) { _x = 1; _list.Add(2); } }
        public void B() { lock (_g) { _x++; _list.Clear(); } }
        """);

    [Fact]
    public Task Silent_in_helpers_that_are_called_under_the_lock_alone() => Silent("""
        public void A() { lock (_g) Set(1); }
        public void B() { lock (_g) { _x++; Set(2); } }
        private void Set(int x) => Core(x);
        private void Core(int x) { _x = x; _list.Add(x); }
        """);

    [Fact]
    public Task Silent_on_a_fast_test_of_what_is_volatile_or_changed_in_one_step() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private volatile List<int> _all;
            private volatile bool _ready;
            private int _version;

            public List<int> All
            {
                get
                {
                    if (_ready && Volatile.Read(ref _version) > 0)
                        return _all;
                    lock (_g)
                    {
                        if (_ready)
                            return _all;
                        _all = new() { 1 };
                        Interlocked.Increment(ref _version);
                        _ready = true;
                        return _all;
                    }
                }
            }

            public void Forget() { lock (_g) { _ready = false; _all = null; Interlocked.Increment(ref _version); } }
        }
        """);

    [Fact]
    public Task Silent_on_a_read_of_a_reference_to_what_never_changes() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private System.Collections.Immutable.ImmutableList<int> _all = System.Collections.Immutable.ImmutableList<int>.Empty;
            public void Add(int x) { lock (_g) _all = _all.Add(x); }
            public void Remove(int x) { lock (_g) _all = _all.Remove(x); }
            public bool Has(int x) => _all.Contains(x);
            public int Sum() { var sum = 0; foreach (var x in _all) sum += x; return sum; }
        }
        """);

    [Fact]
    public Task Silent_on_a_count_that_is_only_shown() => Silent("""
        public void A() { lock (_g) { _x++; _list.Add(1); } }
        public void B() { lock (_g) { _x--; _list.Clear(); } }
        public int Count => _list.Count;
        public override string ToString() => $"{_x} {_list.Count}";
        """);
}
