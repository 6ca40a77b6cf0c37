using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CheckNotRepeatedUnderLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CheckNotRepeatedUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW1040_CheckNotRepeatedUnderLock
{
    private static string With(string statements, string more = "") => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly Queue<int> _queue = new();
            private readonly Dictionary<string, object> _byName = new();
            private readonly HashSet<string> _names = new();
            private object? _x;
            private bool _started;
            private Timer? _timer;
            private static void F() => Console.WriteLine();

            public object? M(string k)
            {
                {{statements}}
                return null;
            }

            public void Reset() { lock (_g) { _x = null; _started = false; _timer = null; _queue.Clear(); } }
        {{more}}
        }
        """;

    [Fact]
    public Task Fires_on_a_lazy_initialization_that_looks_once() => Verify.Fires(
        With("if ([|_x|] == null) lock (_g) { _x = new object(); }"),
        "'_x' is tested before '_g' is locked and not tested again inside; 'C.M' may run for two callers that both passed the test");

    [Theory]
    [InlineData("if ([|_x|] is null) { lock (_g) { F(); _x = new object(); } }")]
    [InlineData("if ([|_x|] != null) return _x; lock (_g) { _x = new object(); }")]
    [InlineData("if (k.Length > 1 && [|_x|] == null) lock (_g) { _x = new object(); }")]
    [InlineData("if ([|_started|]) return null; lock (_g) { F(); _started = true; }")]
    [InlineData("if (![|_started|]) { try { lock (_g) { _started = true; F(); } } finally { F(); } }")]
    [InlineData("if ([|_timer|] != null) lock (_g) { _timer.Dispose(); _timer = null; }")]
    [InlineData("if ([|_queue|].Count > 0) lock (_g) { return _queue.Dequeue(); }")]
    [InlineData("while ([|_queue|].Count > 0) lock (_g) { _queue.Dequeue(); }")]
    [InlineData("if (![|_byName|].ContainsKey(k)) lock (_g) { _byName.Add(k, new object()); }")]
    [InlineData("if ([|_byName|].TryGetValue(k, out var found)) return found; lock (_g) { _byName.Add(k, new object()); }")]
    public Task Fires_whatever_was_tested(string statements) => Verify.Fires(With(statements));

    [Theory]
    [InlineData("if (_x == null) lock (_g) { if (_x == null) _x = new object(); }")]
    [InlineData("if (_x == null) lock (_g) { _x ??= new object(); }")]
    [InlineData("if (_x == null) lock (_g) { var x = _x; if (x != null) return x; _x = new object(); }")]
    [InlineData("if (_x != null) return _x; lock (_g) { if (_x != null) return _x; _x = new object(); }")]
    [InlineData("if (_started) return null; lock (_g) { if (_started) return null; F(); _started = true; }")]
    [InlineData("if (_timer != null) lock (_g) { _timer?.Dispose(); _timer = null; }")]
    [InlineData("if (_queue.Count > 0) lock (_g) { if (_queue.TryDequeue(out var first)) return first; }")]
    [InlineData("if (_queue.Count > 0) lock (_g) { while (_queue.Count > 0) _queue.Dequeue(); }")]
    [InlineData("if (!_byName.ContainsKey(k)) lock (_g) { if (!_byName.ContainsKey(k)) _byName.Add(k, new object()); }")]
    [InlineData("if (!_byName.ContainsKey(k)) lock (_g) { _byName.TryAdd(k, new object()); }")]
    [InlineData("if (_x == null) lock (_g) { if (IsEmpty()) _x = new object(); }")]
    [InlineData("if (_x == null) lock (_g) { Interlocked.CompareExchange(ref _x, new object(), null); }")]
    public Task Silent_when_it_is_tested_again(string statements) => Verify.Silent(With(statements, "    private bool IsEmpty() => _x == null;"));

    [Theory]
    [InlineData("if (!_started) lock (_g) { _started = true; }")]
    [InlineData("if (_x != null) lock (_g) { _x = null; }")]
    [InlineData("if (!_names.Contains(k)) lock (_g) { _names.Add(k); }")]
    [InlineData("if (_byName.ContainsKey(k)) lock (_g) { _byName.Remove(k); }")]
    [InlineData("if (_queue.Count > 0) lock (_g) { _queue.Clear(); }")]
    public Task Silent_when_twice_does_no_more_than_once(string statements) => Verify.Silent(With(statements));

    [Theory]
    [InlineData("if (_started) lock (_g) { _x = new object(); }")]
    [InlineData("if (_x == k) lock (_g) { _x = new object(); }")]
    [InlineData("if (_x == null) F(); lock (_g) { _x = new object(); }")]
    [InlineData("if (_started) return null; lock (_g) { F(); }")]
    [InlineData("if (_started) return null; lock (_g) { F(); if (k == null) _started = true; }")]
    [InlineData("if (k == null) lock (_g) { _x = new object(); }")]
    public Task Silent_when_something_else_was_tested(string statements) => Verify.Silent(With(statements));

    [Fact]
    public Task Silent_when_the_lock_is_held_before_the_test() => Verify.Silent(With("""
        lock (_g)
                {
                    if (_x == null)
                        lock (_g) { _x = new object(); }
                }
        """));

    [Fact]
    public Task Silent_when_all_callers_hold_the_lock() => Verify.Silent(With("lock (_g) Make();", """
            private void Make()
            {
                if (_x == null)
                    lock (_g) { _x = new object(); }
            }
        """));

    [Fact]
    public Task Silent_in_construction() => Verify.Silent(With("F();", "    public C() { if (_x == null) lock (_g) { _x = new object(); } }"));

    [Fact]
    public Task Silent_on_a_collection_that_is_safe() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private readonly System.Collections.Concurrent.ConcurrentQueue<int> _queue = new();
            public void M() { if (_queue.IsEmpty) lock (_g) { _queue.Enqueue(1); } }
        }
        """);

    [Fact]
    public Task Silent_in_a_test() => Verify.Silent("public class FactAttribute : Attribute { }\n" + With("if (_x == null) lock (_g) { _x = new object(); }", "    [Fact] public void T() { }"));

    [Fact]
    public Task C2_84_Silent_on_a_null_fast_path_with_a_second_test() => Verify.Silent(
        With("if (_x != null) return _x; lock (_g) { return _x ??= new object(); }"));

    [Fact]
    public Task Fixes_by_a_second_test() => Verify.Fixes<Fix>(
        With("""
            if ([|_x|] == null)
                    {
                        lock (_g)
                        {
                            // one for all
                            _x = new object();
                            F();
                        }
                    }
            """),
        With("""
            if (_x == null)
                    {
                        lock (_g)
                        {
                            // one for all
                            if (_x == null)
                            {
                                _x = new object();
                                F();
                            }
                        }
                    }
            """));

    [Fact]
    public Task Fixes_by_leaving_again() => Verify.Fixes<Fix>(
        With("""
            if ([|_started|])
                    {
                        return null;
                    }

                    lock (_g)
                    {
                        F();
                        _started = true;
                    }

            """),
        With("""
            if (_started)
                    {
                        return null;
                    }

                    lock (_g)
                    {
                        if (_started)
                        {
                            return null;
                        }

                        F();
                        _started = true;
                    }

            """));

    [Theory]
    [InlineData("while ([|_queue|].Count > 0) lock (_g) { _queue.Dequeue(); }", "while (_queue.Count > 0) lock (_g) { if (_queue.Count > 0) { _queue.Dequeue(); } }")]
    [InlineData("if ([|_x|] != null) return _x; lock (_g) { _x = new object(); }", "if (_x != null) return _x; lock (_g) { if (_x != null) return _x; _x = new object(); }")]
    public Task Fixes_on_one_line(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    [Theory]
    [InlineData("if ([|_byName|].TryGetValue(k, out var found)) return found; lock (_g) { _byName.Add(k, new object()); }")]
    [InlineData("if (k.Trim().Length > 1 && [|_x|] == null) lock (_g) { _x = new object(); }")]
    public Task Offers_nothing_where_the_condition_does_more_than_ask(string statements) => Verify.NoFix<Fix>(With(statements));

    [Fact]
    public Task Fires_on_a_disposed_flag_that_is_looked_at_outside_of_the_lock() => Verify.Fires("""
        public sealed class C : IDisposable
        {
            private readonly object _g = new();
            private readonly List<Timer> _all = new();
            private bool _disposed;

            public void Add(Timer timer)
            {
                if ([|_disposed|])
                    throw new ObjectDisposedException(nameof(C));
                lock (_g)
                    _all.Add(timer);
            }

            public void Dispose()
            {
                lock (_g)
                {
                    _disposed = true;
                    foreach (var timer in _all)
                        timer.Dispose();
                    _all.Clear();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_disposed_flag_that_is_looked_at_again_inside() => Verify.Silent("""
        public sealed class C : IDisposable
        {
            private readonly object _g = new();
            private readonly List<Timer> _all = new();
            private bool _disposed;
            public void Add(Timer timer)
            {
                if (_disposed)
                    return;
                lock (_g)
                    if (!_disposed)
                        _all.Add(timer);
            }
            public void Dispose() { lock (_g) { _disposed = true; _all.Clear(); } }
        }
        """);

    [Theory]
    [InlineData("var full = [|_queue|].Count > 0; if (full) lock (_g) { return _queue.Dequeue(); }")]
    [InlineData("var isNew = [|_x|] == null; if (isNew) { lock (_g) { _x = new object(); } }")]
    public Task Fires_on_a_decision_that_a_local_remembers(string statements) => Verify.Fires(With(statements));
}
