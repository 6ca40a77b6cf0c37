using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SignalBeforeState>;

namespace Analyzers.Tests.Rules;

/// <summary>Who is woken by what, and what they read then.</summary>
public class TW1034_SignalBeforeState
{
    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private readonly ManualResetEventSlim _ready = new();
            private readonly AutoResetEvent _next = new(false);
            private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            private readonly object _g = new();
            private int _x, _other;

        {{members}}
        }
        """;

    [Fact]
    public Task Names_who_is_woken_and_what_they_read() => Verify.Fires("""
        public class Loader
        {
            private readonly ManualResetEventSlim _loaded = new();
            private string _text;
            public void Load()
            {
                [|_loaded.Set()|];
                _text = "a";
            }
            public string Text()
            {
                _loaded.Wait();
                return _text;
            }
        }
        """, "'Loader.Load' wakes 'Loader.Text' before 'Loader._text' is written (Test0.cs:8), which 'Loader.Text' reads when it goes on (Test0.cs:13)");

    [Fact]
    public Task Fires_on_an_event_of_the_system() => Fires("""
        public void A() { [|_next.Set()|]; _x++; }
        public int B() { _next.WaitOne(); return _x; }
        """);

    [Fact]
    public Task Fires_on_a_completed_task() => Fires("""
        public void A() { [|_done.TrySetResult()|]; _x = 1; }
        public async Task<int> B() { await _done.Task; return _x; }
        """);

    [Fact]
    public Task Fires_when_the_signal_is_on_one_way_only() => Fires("""
        public void A(bool b)
        {
            if (b)
                [|_ready.Set()|];
            _x = 1;
        }
        public int B() { _ready.Wait(); return _x; }
        """);

    [Fact]
    public Task Silent_when_the_state_is_written_first() => Silent("""
        public void A() { _x = 1; _ready.Set(); }
        public int B() { _ready.Wait(); return _x; }
        """);

    [Fact]
    public Task Silent_on_state_that_the_woken_do_not_read() => Silent("""
        public void A() { _ready.Set(); _other = 1; }
        public int B() { _ready.Wait(); return _x; }
        public int D() => _other;
        """);

    [Fact]
    public Task Silent_when_those_who_read_it_wait_for_something_else() => Silent("""
        public void A() { _ready.Set(); _x = 1; }
        public int B() { _ready.Wait(); _next.WaitOne(); return _x; }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Silent("""
        public void A() { lock (_g) { _ready.Set(); _x = 1; } }
        public int B() { _ready.Wait(); lock (_g) return _x; }
        """);

    [Fact]
    public Task Silent_when_the_signal_itself_is_replaced() => Verify.Silent("""
        public class C
        {
            private TaskCompletionSource _done = new();
            public void A() { _done.TrySetResult(); _done = new(); }
            public async Task B() { await _done.Task; Console.WriteLine(_done); }
        }
        """);

    [Fact]
    public Task Silent_when_it_is_read_before_the_wait() => Silent("""
        public void A() { _ready.Set(); _x = 1; }
        public void B() { if (_x == 0) _ready.Wait(); }
        """);

    private static string Members(string body) => Class($$"""
        public int B() { _ready.Wait(); return _x; }
        public void A(int k)
        {
            {{body}}
        }
        """);

    [Theory]
    [InlineData("""
        [|_ready.Set()|];
            _x = k;
            _other = 1;
            Console.WriteLine(k);
        """, """
        _x = k;
            _other = 1;
            _ready.Set();
            Console.WriteLine(k);
        """)]
    [InlineData("""
        [|_ready.Set()|];
            _x++; // One more.
        """, """
        _x++; // One more.
            _ready.Set();
        """)]
    public Task Signals_last(string marked, string @fixed) => Verify.Fixes<SignalBeforeStateFix>(Members(marked), Members(@fixed));

    [Theory]
    [InlineData("""
        [|_ready.Set()|];
            Thread.Sleep(10);
            _x = k;
        """)]
    [InlineData("""
        if (k > 1)
                [|_ready.Set()|];
            _x = k;
        """)]
    [InlineData("[|_ready.Set()|]; _x = k;")]
    public Task Offers_nothing_where_more_may_depend_on_the_order(string body) => Verify.NoFix<SignalBeforeStateFix>(Members(body));

    [Fact]
    public Task Fires_on_a_message_that_wakes_a_reader() => Verify.Fires("""
        using System.Threading.Channels;

        public class Pool
        {
            private readonly Channel<object> _idle = Channel.CreateUnbounded<object>();
            private readonly object[] _slots = new object[4];

            public void Close(int i)
            {
                [|_idle.Writer.TryWrite(null)|];
                _slots[i] = null;
            }

            public async Task<object> Rent(int i)
            {
                await _idle.Reader.ReadAsync();
                return _slots[i];
            }
        }
        """);

    [Theory]
    [InlineData("SemaphoreSlim", "new(0)", "Release()", "_wake.Wait();")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int>", "new()", "Add(1)", "_wake.Take();")]
    [InlineData("CountdownEvent", "new(1)", "Signal()", "_wake.Wait();")]
    [InlineData("TaskCompletionSource<int>", "new()", "SetResult(1)", "_wake.Task.Wait();")]
    [InlineData("CancellationTokenSource", "new()", "Cancel()", "_wake.Token.WaitHandle.WaitOne();")]
    public Task Fires_on_every_kind_of_signal(string type, string value, string signal, string wait) => Verify.Fires($$"""
        public class C
        {
            private readonly {{type}} _wake = {{value}};
            private int _x;
            public void A() { [|_wake.{{signal}}|]; _x = 1; }
            public int B() { {{wait}} return _x; }
        }
        """);

    [Fact]
    public Task Fires_on_a_pulse_when_the_lock_is_given_back_before_the_state_is_written() => Fires("""
        public void A()
        {
            lock (_g)
                [|Monitor.Pulse(_g)|];
            _x = 1;
        }
        public int B()
        {
            lock (_g)
            {
                while (_other == 0)
                    Monitor.Wait(_g);
                return _x;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_pulse_before_the_state_is_written_under_the_same_lock() => Silent("""
        public void A() { lock (_g) { Monitor.PulseAll(_g); _x = 1; } }
        public int B() { lock (_g) { while (_x == 0) Monitor.Wait(_g); return _x; } }
        """);
}
