using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.HoistableStopFlagFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.HoistableStopFlag>;

namespace Analyzers.Tests.Rules;

public partial class TW1018_HoistableStopFlag
{
    private static string With(string loop, string fields = "private bool _stop;") => $$"""
        public class C
        {
            {{fields}}
            private bool _ready { get; set; }
            private static int s_state;
            private int _n, _limit;
            private object? _x;

            public void Run() { {{loop}} }
            public void Start() { new Thread(Run).Start(); }
            public void Stop() { _stop = true; _ready = true; s_state = 1; _limit = 5; _x = new(); }
        }
        """;

    [Fact]
    public Task Fires_on_a_loop_over_a_plain_flag() => Verify.Fires(
        With("while (![|_stop|]) { _n++; }"),
        "'C._stop' can only be changed by another thread while this loop of 'C.Run' runs, but it is not read as such; compiled code may read it once and never end");

    [Theory]
    [InlineData("while (![|_stop|]) ;")]
    [InlineData("while (![|this._stop|]) { }")]
    [InlineData("do { _n += 2; } while (![|_stop|]);")]
    [InlineData("for (; ![|_stop|]; _n++) { }")]
    [InlineData("while ([|_stop|] == false) { }")]
    [InlineData("while (![|_ready|]) { }")]
    [InlineData("while ([|s_state|] == 0) { }")]
    [InlineData("while ([|_x|] == null) { }")]
    [InlineData("while ([|_x|] is null) { }")]
    public Task Fires_however_it_is_written(string loop) => Verify.Fires(With(loop));

    [Fact]
    public Task Fires_in_a_lambda_on_another_thread() => Verify.Fires("""
        public class C
        {
            private bool _stop;
            public void Run()
            {
                var task = Task.Run(() => { while (![|_stop|]) { } });
                _stop = true;
                task.Wait();
            }
        }
        """);

    [Theory]
    [InlineData("while (!_stop) { Thread.Sleep(1); }")]
    [InlineData("while (!_stop) { Console.WriteLine(); }")]
    [InlineData("while (!_stop) lock (this) _n++;")]
    [InlineData("while (!_stop) { var x = new object(); }")]
    [InlineData("var wait = new SpinWait(); while (!_stop) wait.SpinOnce();")]
    [InlineData("while (!Volatile.Read(ref _stop)) { }")]
    public Task Silent_when_something_makes_it_look_again(string loop) => Verify.Silent(With(loop));

    [Theory]
    [InlineData("while (!_stop) { _n++; if (_n > 5) _stop = true; }")]
    [InlineData("for (var i = 0; i < _limit; i++) _n++;")]
    [InlineData("while (_n < _limit) _n++;")]
    [InlineData("while (!_stop && _n < 5) _n++;")]
    [InlineData("while (!_stop) { if (_n++ > 5) break; }")]
    public Task Silent_when_the_loop_ends_by_itself(string loop) => Verify.Silent(With(loop));

    [Fact]
    public Task Silent_on_a_volatile_field() => Verify.Silent(With("while (!_stop) { }", "private volatile bool _stop;"));

    [Fact]
    public Task Silent_when_the_property_reads_a_volatile_field() => Verify.Silent(
        With("while (!Stopped) { }", "private volatile bool _stop; private bool Stopped => _stop;"));

    [Fact]
    public Task Silent_when_nobody_else_sets_it() => Verify.Silent("""
        public class C
        {
            private bool _endless = true;
            private long _n;
            public void Run() { while (_endless) { _n++; } }
            public Task Start() => Task.Run(Run);
        }
        """);

    [Fact]
    public Task Silent_in_a_test() => Verify.Silent("public class FactAttribute : Attribute { }\n" + With("while (!_stop) { }", "private bool _stop; [Fact] public void T() { }"));

    [Theory]
    [InlineData("while (![|_stop|]) { } // wait\n", "while (!Volatile.Read(ref _stop)) { } // wait\n")]
    [InlineData("while (![|this._stop|]) ;", "while (!Volatile.Read(ref this._stop)) ;")]
    [InlineData("while ([|s_state|] == 0) { }", "while (Volatile.Read(ref s_state) == 0) { }")]
    public Task Fixes_by_a_volatile_reading(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    [Fact]
    public Task Offers_nothing_for_a_property() => Verify.NoFix<Fix>(With("while (![|_ready|]) { }"));

    [Theory]
    [InlineData("while ([|_day|] != DayOfWeek.Friday) { }", "private bool _stop; private DayOfWeek _day; public void End() => _day = DayOfWeek.Friday;")]
    [InlineData("while ([|s_all|] is null) { }", "private bool _stop; private static List<int> s_all; public static void End() => s_all = new();")]
    public Task Fires_on_an_enumeration_and_on_a_reference_that_others_publish(string loop, string fields) => Verify.Fires(With(loop, fields));

    [Fact]
    public Task Fires_on_a_captured_flag() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                var stop = false;
                var task = Task.Run(() => { while (![|stop|]) { } });
                Thread.Sleep(1);
                stop = true;
                task.Wait();
            }
        }
        """, "'stop' can only be changed by another thread while this loop of 'C.M' runs, but it is not read as such; compiled code may read it once and never end");

    [Theory]
    [InlineData("while (!stop) { Thread.Sleep(1); }")]
    [InlineData("while (!Volatile.Read(ref stop)) { }")]
    [InlineData("while (!stop) { stop = n++ > 5; }")]
    public Task Silent_on_a_captured_flag_that_is_looked_at_again(string loop) => Verify.Silent($$"""
        public class C
        {
            public void M(int n)
            {
                var stop = false;
                var task = Task.Run(() => { {{loop}} });
                stop = true;
                task.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_captured_flag_that_nobody_else_sets() => Verify.Silent("""
        public class C
        {
            public void M(bool endless)
            {
                var n = 0;
                _ = Task.Run(() => { while (endless) { n++; } });
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_loop_waits() => Verify.Silent("""
        public class C
        {
            private bool _stop;
            public async Task Run() { while (!_stop) { await Task.Yield(); } }
            public void Start() => Task.Run(Run);
            public void Stop() => _stop = true;
        }
        """);

    [Theory]
    [InlineData("while (true) { lock (_g) { if (_stop) return; } }", "lock (_g) _stop = true;")]
    [InlineData("lock (_g) { while (!_stop) { Monitor.Wait(_g); } }", "lock (_g) { _stop = true; Monitor.Pulse(_g); }")]
    public Task Silent_when_all_look_under_a_lock(string loop, string stop) => Verify.Silent($$"""
        public class C
        {
            private readonly object _g = new();
            private bool _stop;
            public void Run() { {{loop}} }
            public void Start() => Task.Run(Run);
            public void Stop() { {{stop}} }
        }
        """);

    [Fact]
    public Task Silent_on_a_flag_that_is_set_in_construction_alone() => Verify.Silent("""
        public class C
        {
            private bool _stop;
            private long _n;
            public C(bool stop) => _stop = stop;
            public void Run() { while (!_stop) { _n++; } }
            public void Start() => Task.Run(Run);
        }
        """);
}
