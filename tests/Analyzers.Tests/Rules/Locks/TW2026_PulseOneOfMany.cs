using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.PulseOneOfManyFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.PulseOneOfMany>;

namespace Analyzers.Tests.Rules;

public class TW2026_PulseOneOfMany
{
    private static string Buffer(string put, string take, string full = "_q.Count == 10", string empty = "_q.Count == 0") => $$"""
        public class C
        {
            private readonly object _g = new(), _h = new();
            private readonly Queue<int> _q = new();
            private bool _closed;

            public void Put(int value)
            {
                lock (_g)
                {
                    while ({{full}})
                        Monitor.Wait(_g);
                    _q.Enqueue(value);
                    {{put}};
                }
            }

            public int Take()
            {
                lock (_g)
                {
                    while ({{empty}})
                        Monitor.Wait(_g);
                    var value = _q.Dequeue();
                    {{take}};
                    return value;
                }
            }
        }
        """;

    [Fact]
    public Task Fires_when_producers_and_consumers_share_a_lock() => Verify.Fires(
        Buffer("[|Monitor.Pulse(_g)|]", "[|Monitor.Pulse(_g)|]"),
        "'C.Put' wakes one of those that wait under '_g', but 'C.Put' (Test0.cs:12) and 'C.Take' (Test0.cs:23) wait there for different things; the wrong one may be woken",
        "'C.Take' wakes one of those that wait under '_g', but 'C.Put' (Test0.cs:12) and 'C.Take' (Test0.cs:23) wait there for different things; the wrong one may be woken");

    [Theory]
    [InlineData("_q.Count >= 10", "_q.Count == 0")]
    [InlineData("_q.Count > 10 && !_closed", "_q.Count == 0 && !_closed")]
    [InlineData("_closed", "!_closed")]
    [InlineData("_closed", "_q.Count == 0")]
    public Task Fires_whatever_the_conditions_are(string full, string empty) => Verify.Fires(Buffer("[|Monitor.Pulse(_g)|]", "Monitor.PulseAll(_g)", full, empty));

    [Fact]
    public Task Silent_when_all_are_woken() => Verify.Silent(Buffer("Monitor.PulseAll(_g)", "Monitor.PulseAll(_g)"));

    [Fact]
    public Task Silent_when_all_wait_for_the_same() => Verify.Silent(Buffer("Monitor.Pulse(_g)", "Monitor.Pulse(_g)", "_q.Count == 0", "_q.Count == 0"));

    [Fact]
    public Task Silent_when_one_waits_for_what_the_other_does_and_more() => Verify.Silent(Buffer("Monitor.Pulse(_g)", "Monitor.Pulse(_g)", "_q.Count == 0 && !_closed", "_q.Count == 0"));

    [Fact]
    public Task Silent_when_another_lock_is_pulsed() => Verify.Silent(Buffer("lock (_h) Monitor.Pulse(_h)", "Monitor.PulseAll(_g)"));

    [Fact]
    public Task Silent_when_only_one_waits() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _set;

            public void Set()
            {
                lock (_g)
                {
                    _set = true;
                    Monitor.Pulse(_g);
                }
            }

            public void Wait()
            {
                lock (_g)
                    while (!_set)
                        Monitor.Wait(_g);
            }
        }
        """);

    [Fact]
    public Task Fixes_by_waking_all() => Verify.Fixes<Fix>(
        Buffer("[|Monitor.Pulse(_g)|] /* one */", "[|System.Threading.Monitor.Pulse( _g )|]"),
        Buffer("Monitor.PulseAll(_g) /* one */", "System.Threading.Monitor.PulseAll( _g )"));
}
