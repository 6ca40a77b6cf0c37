using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.WaitOutsideLoopFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.WaitOutsideLoop>;

namespace Analyzers.Tests.Rules;

public class TW2024_WaitOutsideLoop
{
    private static string Queue(string take, string more = "") => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly Queue<int> _q = new();
            private bool _done;

            public void Put(int value)
            {
                lock (_g)
                {
                    _q.Enqueue(value);
                    Monitor.PulseAll(_g);
                }
            }

            public int Take()
            {
                lock (_g)
                {
                    {{take}}
                    return _q.Dequeue();
                }
            }
            {{more}}
        }
        """;

    [Fact]
    public Task Fires_on_an_if() => Verify.Fires(Queue("if (_q.Count == 0) [|Monitor.Wait(_g)|];"),
        "'C.Take' waits for a pulse of '_g' and does not look again whether what it waited for is so; another thread may have been there first");

    [Theory]
    [InlineData("[|Monitor.Wait(_g)|];")]
    [InlineData("if (_q.Count == 0) { Console.WriteLine(); [|Monitor.Wait(_g)|]; }")]
    [InlineData("if (_q.Count == 0) [|Monitor.Wait(_g, -1)|];")]
    [InlineData("if (_q.Count == 0) [|Monitor.Wait(_g, Timeout.Infinite)|];")]
    [InlineData("try { if (_q.Count == 0) [|Monitor.Wait(_g)|]; } catch (ThreadInterruptedException) { throw; }")]
    public Task Fires_without_a_loop(string take) => Verify.Fires(Queue(take));

    [Fact]
    public Task Fires_between_Enter_and_Exit() => Verify.Fires("""
        public class C
        {
            private readonly object _g = new();
            private bool _done;

            public void M()
            {
                Monitor.Enter(_g);
                try
                {
                    if (!_done)
                        [|Monitor.Wait(_g)|];
                    Console.WriteLine();
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Theory]
    [InlineData("while (_q.Count == 0) Monitor.Wait(_g);")]
    [InlineData("do { Monitor.Wait(_g); } while (_q.Count == 0);")]
    [InlineData("for (;;) { if (_q.Count > 0) break; Monitor.Wait(_g); }")]
    [InlineData("again: if (_q.Count == 0) { Monitor.Wait(_g); goto again; }")]
    [InlineData("while (!_done) { if (_q.Count == 0) Monitor.Wait(_g); }")]
    public Task Silent_in_a_loop(string take) => Verify.Silent(Queue(take));

    [Fact]
    public Task Silent_when_a_loop_around_the_lock_looks_again() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _halted;

            public void Run()
            {
                while (!_halted)
                {
                    lock (_g)
                    {
                        if (!_halted)
                            Monitor.Wait(_g);
                    }
                }
            }
        }
        """);

    [Theory]
    [InlineData("if (_q.Count == 0) { Monitor.Wait(_g); if (_q.Count == 0) return -1; }")]
    [InlineData("if (_q.Count == 0) Monitor.Wait(_g); if (_q.Count == 0) throw new InvalidOperationException();")]
    public Task Silent_when_it_looks_again_afterwards(string take) => Verify.Silent(Queue(take));

    [Theory]
    [InlineData("if (_q.Count == 0) Monitor.Wait(_g, 100);")]
    [InlineData("if (_q.Count == 0) Monitor.Wait(_g, TimeSpan.FromSeconds(1));")]
    public Task Silent_when_the_wait_is_limited_and_so_a_pause(string take) => Verify.Silent(Queue(take));

    [Fact]
    public Task Silent_on_a_wrapper_whose_caller_holds_the_lock() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private bool _done;

            public static void WaitFor(object gate) => Monitor.Wait(gate);

            private void Pause() => Monitor.Wait(_g);

            public void M()
            {
                lock (_g)
                    while (!_done)
                        Pause();
            }
        }
        """);

    [Theory]
    [InlineData("if (_q.Count == 0) [|Monitor.Wait(_g)|];", "while (_q.Count == 0) Monitor.Wait(_g);")]
    [InlineData("if (_q.Count == 0)\n            {\n                // nothing yet\n                [|Monitor.Wait(_g)|];\n            }", "while (_q.Count == 0)\n            {\n                // nothing yet\n                Monitor.Wait(_g);\n            }")]
    [InlineData("if (0 < 1 && _q.Count == 0) [|Monitor.Wait(_g)|];", "while (0 < 1 && _q.Count == 0) Monitor.Wait(_g);")]
    public Task Fixes_with_a_loop(string before, string after) => Verify.Fixes<Fix>(Queue(before), Queue(after));

    [Theory]
    [InlineData("[|Monitor.Wait(_g)|];")]
    [InlineData("if (_q.Count == 0) { Console.WriteLine(); [|Monitor.Wait(_g)|]; }")]
    [InlineData("if (_q.Count == 0) [|Monitor.Wait(_g)|]; else Console.WriteLine();")]
    public Task No_fix_when_more_is_done_than_waiting(string take) => Verify.NoFix<Fix>(Queue(take));

    /// <summary>A thread that looked again would not come out of the loop.</summary>
    [Fact]
    public Task No_fix_when_some_pulse_changes_nothing_that_it_waits_for() => Verify.NoFix<Fix>(
        Queue("if (_q.Count == 0) [|Monitor.Wait(_g)|];", "public void Close() { lock (_g) { _done = true; Monitor.PulseAll(_g); } }"));
}
