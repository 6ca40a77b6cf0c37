using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.MissedWakeupFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.MissedWakeup>;

namespace Analyzers.Tests.Rules;

public class TW2036_MissedWakeup
{
    private static string Queue(string members, string condition = "_q.Count == 0 && !_closed") => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly Queue<int> _q = new();
            private bool _closed;
            private int _running;
            private string? _item;

            public int? Take()
            {
                lock (_g)
                {
                    while ({{condition}})
                        Monitor.Wait(_g);
                    return _q.Count == 0 ? null : _q.Dequeue();
                }
            }

            public void Put(int value)
            {
                lock (_g)
                {
                    _q.Enqueue(value);
                    _item = "";
                    _running--;
                    Monitor.Pulse(_g);
                }
            }

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    [Fact]
    public Task Fires_when_closing_wakes_nobody() => Verify.Fires(
        Queue("public void Close() { lock (_g) { [|_closed|] = true; } }"),
        "'C.Close' changes '_closed', for which 'C.Take' waits under '_g' (Test0.cs:14), and wakes nobody: the waiting thread may sleep for ever");

    [Theory]
    [InlineData("public void Add(int x) { lock (_g) { [|_q|].Enqueue(x); } }")]
    [InlineData("public void Add(int x) { lock (_g) { _closed = true; [|_q|].Enqueue(x); } }")]
    [InlineData("public void Add(int x) { Monitor.Enter(_g); try { [|_q|].Enqueue(x); } finally { Monitor.Exit(_g); } }")]
    [InlineData("public void Add(int x) { lock (this._g) if (x > 0) [|_closed|] = true; }")]
    [InlineData("public void Start() => Task.Run(() => { lock (_g) { [|_closed|] = true; } });")]
    public Task Fires_on_a_change_that_would_end_the_wait(string member) => Verify.Fires(Queue(member));

    [Theory]
    [InlineData("_running > 0", "public void End() { lock (_g) { [|_running|]--; } }")]
    [InlineData("_running != 0", "public void End() { lock (_g) { [|_running|] = 0; } }")]
    [InlineData("_item == null", "public void Set(string s) { lock (_g) { [|_item|] = s; } }")]
    [InlineData("_item is null", "public void Set(string s) { lock (_g) { [|_item|] = s; } }")]
    [InlineData("_q.Count >= 10", "public void Drop() { lock (_g) { [|_q|].Dequeue(); } }")]
    [InlineData("!(_q.Count > 0)", "public void Add() { lock (_g) { [|_q|].Enqueue(1); } }")]
    [InlineData("_closed == false", "public void Close() { lock (_g) { [|_closed|] = true; } }")]
    public Task Fires_on_every_kind_of_condition(string condition, string member) => Verify.Fires(Queue(member, condition));

    [Fact]
    public Task Fires_when_the_wait_is_behind_a_test_in_an_outer_loop() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private bool _stopped;

            public void Run()
            {
                while (true)
                {
                    lock (_g)
                    {
                        if (_stopped)
                            return;
                        Monitor.Wait(_g);
                    }
                }
            }

            public void Stop()
            {
                lock (_g)
                    [|_stopped|] = true;
            }
        }
        """);

    [Theory]
    [InlineData("public void Close() { lock (_g) { _closed = true; Monitor.PulseAll(_g); } }")]
    [InlineData("public void Close() { lock (_g) { Monitor.PulseAll(_g); _closed = true; } }")]
    [InlineData("public void Close() { lock (_g) { _closed = true; Wake(); } }\nprivate void Wake() => Monitor.PulseAll(_g);")]
    [InlineData("public void Close() { lock (_g) { _closed = true; } lock (_g) Monitor.PulseAll(_g); }")]
    [InlineData("public void Close() { lock (_g) { _closed = true; if (_running > 0) Monitor.PulseAll(_g); } }")]
    [InlineData("public void Close() { SetClosed(); lock (_g) Monitor.PulseAll(_g); }\nprivate void SetClosed() { lock (_g) _closed = true; }")]
    [InlineData("public void Close() { lock (_g) { _closed = true; } Task.Run(() => { lock (_g) Monitor.PulseAll(_g); }); }")]
    public Task Silent_when_somebody_is_woken(string member) => Verify.Silent(Queue(member));

    [Theory]
    [InlineData("public void Open() { lock (_g) { _closed = false; } }")]
    [InlineData("public void Clear() { lock (_g) { _q.Clear(); } }")]
    [InlineData("public void Peek() { lock (_g) { _q.Peek(); } }")]
    [InlineData("public void Other() { lock (_g) { _item = null; _running++; } }")]
    public Task Silent_when_the_change_ends_no_wait(string member) => Verify.Silent(Queue(member));

    [Fact]
    public Task Silent_during_construction() => Verify.Silent(Queue("public C(bool closed) { lock (_g) _closed = true; Init(); }\nprivate void Init() { lock (_g) _q.Enqueue(1); }"));

    [Fact]
    public Task Silent_when_the_waiting_thread_makes_the_change_itself() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _stopped;

            public void Run()
            {
                lock (_g)
                {
                    while (!_stopped)
                        Monitor.Wait(_g);
                    End();
                    _stopped = true;
                }
            }

            private void End()
            {
                lock (_g)
                    _stopped = true;
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_wait_has_a_time_limit() => Verify.Silent(
        Queue("public void Close() { lock (_g) { _closed = true; } }").Replace("Monitor.Wait(_g)", "Monitor.Wait(_g, 100)"));

    [Fact]
    public Task Silent_when_others_may_pulse_the_lock() => Verify.Silent(
        Queue("public void Close() { lock (_g) { _closed = true; } }").Replace("private readonly object _g", "public readonly object _g"),
        Queue("public void Close() { lock (_g) { _closed = true; } }\npublic object Gate => _g; public void Hand(Action<object> to) => to(_g);").Replace("class C", "class D"));

    [Fact]
    public Task Silent_when_the_change_is_made_outside_the_lock_or_under_another() => Verify.Silent(
        Queue("private readonly object _h = new(); public void Close() { _closed = true; lock (_h) _closed = true; }"));

    [Fact]
    public Task Known_miss_when_the_condition_is_a_call() => Verify.Silent(
        Queue("private bool IsIdle() => _q.Count == 0 && !_closed; public void Close() { lock (_g) { _closed = true; } }", "IsIdle()"));

    [Fact]
    public Task Known_miss_when_the_pulse_is_on_one_path_only() => Verify.Silent(
        Queue("public void Close(bool quiet) { lock (_g) { _closed = true; if (quiet) return; Monitor.PulseAll(_g); } }"));

    [Theory]
    [InlineData("public void Close() { lock (_g) { [|_closed|] = true; } }", "public void Close() { lock (_g) { _closed = true; Monitor.PulseAll(_g); } }")]
    [InlineData("public void Close()\n{\n    lock (_g)\n    {\n        [|_closed|] = true; // no more\n    }\n}", "public void Close()\n{\n    lock (_g)\n    {\n        _closed = true; // no more\n        Monitor.PulseAll(_g);\n    }\n}")]
    [InlineData("public bool Close()\n{\n    lock (this._g)\n    {\n        // no more\n        return [|_closed|] = true;\n    }\n}", "public bool Close()\n{\n    lock (this._g)\n    {\n        // no more\n        Monitor.PulseAll(this._g);\n        return _closed = true;\n    }\n}")]
    [InlineData("public void Close(bool b)\n{\n    lock (_g)\n    {\n        if (b)\n            [|_closed|] = true;\n    }\n}", "public void Close(bool b)\n{\n    lock (_g)\n    {\n        Monitor.PulseAll(_g);\n        if (b)\n            _closed = true;\n    }\n}")]
    public Task Fixes_by_waking_all(string before, string after) => Verify.Fixes<Fix>(Queue(before), Queue(after));

    [Theory]
    [InlineData("public void Close() { lock (_g) [|_closed|] = true; }")]
    [InlineData("public void Close() { Monitor.Enter(_g); try { [|_closed|] = true; } finally { Monitor.Exit(_g); } }")]
    public Task No_fix_without_a_block_inside_a_lock_statement(string member) => Verify.NoFix<Fix>(Queue(member));
}
