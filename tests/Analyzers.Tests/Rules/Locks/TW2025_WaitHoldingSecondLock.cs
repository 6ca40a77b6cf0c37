using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WaitHoldingSecondLock>;

namespace Analyzers.Tests.Rules;

public class TW2025_WaitHoldingSecondLock
{
    private static string Type(string members) => $$"""
        public class C
        {
            private readonly object _a = new(); private readonly object _b = new(); private bool _ready;
            {{members}}
        }
        """;

    private const string Waits = "public void Wait() { lock (_b) lock (_a) { while (!_ready) [|Monitor.Wait(_a)|]; } }";
    private const string WaitsUnmarked = "public void Wait() { lock (_b) lock (_a) { while (!_ready) Monitor.Wait(_a); } }";

    [Fact]
    public Task C5_165_Fires_when_the_pulser_takes_the_second_lock_first() => Verify.Fires(
        Type(Waits + "public void Set() { lock (_b) lock (_a) { _ready = true; Monitor.PulseAll(_a); } }"),
        "'C.Wait' waits for a pulse of '_a' while it keeps '_b', which 'C.Set' needs to pulse it; neither goes on");

    [Fact]
    public Task Fires_when_the_pulser_takes_it_inside() => Verify.Fires(Type(Waits + "public void Set() { lock (_a) { lock (_b) { _ready = true; Monitor.Pulse(_a); } } }"));

    [Fact]
    public Task Fires_when_the_callers_of_the_waiter_hold_it() => Verify.Fires(
        Type("public void M() { lock (_b) { Wait(); } } private void Wait() { lock (_a) { while (!_ready) [|Monitor.Wait(_a)|]; } } public void Set() { lock (_b) lock (_a) { _ready = true; Monitor.PulseAll(_a); } }"));

    [Fact]
    public Task Fires_on_a_semaphore_as_second_lock() => Verify.Fires("""
        public class C
        {
            private readonly object _a = new(); private readonly SemaphoreSlim _s = new(1, 1); private bool _ready;
            public void Wait() { _s.Wait(); try { lock (_a) { while (!_ready) [|Monitor.Wait(_a)|]; } } finally { _s.Release(); } }
            public void Set() { _s.Wait(); try { lock (_a) { _ready = true; Monitor.PulseAll(_a); } } finally { _s.Release(); } }
        }
        """);

    [Fact]
    public Task C5_166_Silent_on_the_only_lock() => Verify.Silent(Type("public void Wait() { lock (_a) { while (!_ready) Monitor.Wait(_a); } } public void Set() { lock (_b) lock (_a) { _ready = true; Monitor.PulseAll(_a); } }"));

    [Fact]
    public Task Silent_when_some_pulser_does_without() => Verify.Silent(Type(WaitsUnmarked + "public void Set() { lock (_b) lock (_a) { _ready = true; Monitor.PulseAll(_a); } } public void Stop() { lock (_a) { _ready = true; Monitor.PulseAll(_a); } }"));

    [Fact]
    public Task Silent_when_nobody_here_pulses() => Verify.Silent(Type(WaitsUnmarked));

    [Fact]
    public Task Silent_when_the_wait_has_a_limit() => Verify.Silent(Type(WaitsUnmarked.Replace("Monitor.Wait(_a)", "Monitor.Wait(_a, 100)") + "public void Set() { lock (_b) lock (_a) { _ready = true; Monitor.PulseAll(_a); } }"));
}
