using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.HoistableStopFlagFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.HoistableStopFlag>;

namespace Analyzers.Tests.Rules;

public partial class TW1018_HoistableStopFlag
{
    private static readonly Verify.Case Cancelled = new() { Action = 1, Title = "Stop by a CancellationToken" };

    /// <summary>Of a variable in a method there is no other action.</summary>
    private static readonly Verify.Case CancelledLocal = new() { Title = "Stop by a CancellationToken" };

    private static string Loop(string members, string type = "public class C") => $$"""
        {{type}}
        {
            private long _n;
            public void Start() => new Thread(Run).Start();
        {{members}}
        }
        """;

    [Fact]
    public Task Stops_by_a_source() => Cancelled.Fixes<Fix>(Loop("""
            // Told to stop.
            private bool _stop; // by Stop

            public bool Stopped => _stop;

            public void Run()
            {
                // until told
                while (![|_stop|]) // each time
                {
                    _n++;
                }
            }

            /// <summary>Once.</summary>
            public void Stop() => _stop = true; // now
        """), Loop("""
            // Told to stop.
            private readonly CancellationTokenSource _stop = new(); // by Stop

            public bool Stopped => _stop.IsCancellationRequested;

            public void Run()
            {
                // until told
                while (!_stop.IsCancellationRequested) // each time
                {
                    _n++;
                }
            }

            /// <summary>Once.</summary>
            public void Stop() => _stop.Cancel(); // now
        """));

    [Theory]
    [InlineData("bool _stop = false;", "readonly CancellationTokenSource _stop = new();")]
    [InlineData("private static bool _stop;", "private static readonly CancellationTokenSource _stop = new();")]
    public Task Stops_by_a_source_however_it_is_declared(string before, string after) => Cancelled.Fixes<Fix>(
        Loop(before + " public void Run() { while (![|_stop|]) { } } public void Stop() { _stop = true; }"),
        Loop(after + " public void Run() { while (!_stop.IsCancellationRequested) { } } public void Stop() { _stop.Cancel(); }"));

    [Theory]
    [InlineData("while ([|_stop|] == false) { }", "while (_stop.IsCancellationRequested == false) { }")]
    [InlineData("do { } while (![|this._stop|]);", "do { } while (!this._stop.IsCancellationRequested);")]
    [InlineData("for (; ![|_stop|];) { } while (![|_stop|]) ;", "for (; !_stop.IsCancellationRequested;) { } while (!_stop.IsCancellationRequested) ;")]
    [InlineData("while (![|_stop|]) { } Action stop = () => _stop = true;", "while (!_stop.IsCancellationRequested) { } Action stop = () => _stop.Cancel();")]
    [InlineData("while (![|_stop|]) { } if (_stop || _n > 1) Console.WriteLine(_stop);", "while (!_stop.IsCancellationRequested) { } if (_stop.IsCancellationRequested || _n > 1) Console.WriteLine(_stop.IsCancellationRequested);")]
    [InlineData("while (![|_stop|]) { } var other = new C(); other._stop = true;", "while (!_stop.IsCancellationRequested) { } var other = new C(); other._stop.Cancel();")]
    [InlineData("while (![|_stop|]) { } lock (this) { if (_stop) _n = 1; }", "while (!_stop.IsCancellationRequested) { } lock (this) { if (_stop.IsCancellationRequested) _n = 1; }")]
    public Task Stops_by_a_source_however_it_is_used(string before, string after) => Cancelled.Fixes<Fix>(
        Loop($"private bool _stop; public void Run() {{ {before} }} public void Stop() {{ _stop = true; }}"),
        Loop($"private readonly CancellationTokenSource _stop = new(); public void Run() {{ {after} }} public void Stop() {{ _stop.Cancel(); }}"));

    [Theory]
    [InlineData("private bool _running = true;", "_running", "private readonly CancellationTokenSource _stop = new();", "_stop")]
    [InlineData("private static bool s_running = true; private int s_stop;", "s_running", "private static readonly CancellationTokenSource s_stop2 = new(); private int s_stop;", "s_stop2")]
    [InlineData("private bool GoOn = true;", "GoOn", "private readonly CancellationTokenSource Stop = new();", "Stop")]
    public Task Stops_by_a_source_what_goes_on_while_it_is_true(string field, string name, string source, string newName) => Cancelled.Fixes<Fix>(
        Loop($"{field} public bool Running => {name}; public bool Stopped => !{name} && _n > 1; public void Run() {{ while ([|{name}|]) {{ }} }} public void End() {{ {name} = false; }}"),
        Loop($"{source} public bool Running => !{newName}.IsCancellationRequested; public bool Stopped => {newName}.IsCancellationRequested && _n > 1; public void Run() {{ while (!{newName}.IsCancellationRequested) {{ }} }} public void End() {{ {newName}.Cancel(); }}"));

    [Fact]
    public Task Stops_each_of_several() => Cancelled.Fixes<Fix>(
        Loop("private bool _a; private bool _b; private bool _c; private bool _d; public void Run() { while (![|_a|]) { } while (![|_c|]) { } while (![|_d|]) { } } public void Stop() { _a = true; _b = true; _c = true; _d = true; }"),
        Loop("private readonly CancellationTokenSource _a = new(); private bool _b; private readonly CancellationTokenSource _c = new(); private readonly CancellationTokenSource _d = new(); public void Run() { while (!_a.IsCancellationRequested) { } while (!_c.IsCancellationRequested) { } while (!_d.IsCancellationRequested) { } } public void Stop() { _a.Cancel(); _b = true; _c.Cancel(); _d.Cancel(); }"));

    [Fact]
    public Task Stops_by_a_source_in_the_oldest_language() => new Verify.Case { Action = 1, Language = LanguageVersion.CSharp7_3 }.Fixes<Fix>(
        "public class C { bool _stop; public void Start() { new System.Threading.Thread(Run).Start(); } void Run() { while (![|_stop|]) { } } public void Stop() { _stop = true; } }",
        "public class C { readonly System.Threading.CancellationTokenSource _stop = new System.Threading.CancellationTokenSource(); public void Start() { new System.Threading.Thread(Run).Start(); } void Run() { while (!_stop.IsCancellationRequested) { } } public void Stop() { _stop.Cancel(); } }");

    [Theory]
    [InlineData("private bool _stop; public void Reset() => _stop = false;")]
    [InlineData("private bool _stop; public void Set(bool stop) { _stop = stop; }")]
    [InlineData("private bool _stop; public bool Set() => _stop = true;")]
    [InlineData("private bool _stop; public void Set() { Task.Run(() => _stop = true); }")]
    [InlineData("private bool _stop; public void Set() { _stop |= true; }")]
    [InlineData("private bool _stop; public bool Set() => Volatile.Read(ref _stop);")]
    [InlineData("private bool _stop; public string Set() => nameof(_stop);")]
    [InlineData("private bool _stop; public void Set() { lock (this) _stop = true; }")]
    [InlineData("private bool _stop; public void Set() { _stop = /* now */ true; }")]
    [InlineData("private bool _stop; public C Set() => new() { _stop = true };")]
    [InlineData("private bool _stop; public System.Linq.Expressions.Expression<Func<bool>> Set() => () => _stop;")]
    [InlineData("private bool _stop; public object Set() => MemberwiseClone();")]
    [InlineData("private bool _stop; ~C() { _stop = true; }")]
    [InlineData("private bool _stop = Make(); private static bool Make() => false;")]
    [InlineData("private bool _stop, _other; public void Set() { _other = true; }")]
    [InlineData("internal bool _stop;")]
    [InlineData("[ThreadStatic] private static bool _stop;")]
    [InlineData("private static readonly C s_one = new(); private static bool _stop;")]
    [InlineData("private bool _stop; public object? Set() => typeof(C).GetField(\"_stop\");")]
    [InlineData("private bool _stop; public C Set(C other) => other is { _stop: true } ? this : other;")]
    [InlineData("private bool _stop; public string Set() => $\"{nameof(C)}: {{_stop}} {nameof(_stop)}\";")]
    [InlineData("private bool _stop;\n#if DEBUG\n#endif\n")]
    public Task Keeps_a_flag_that_is_more_than_set_once_and_read(string field) => Volatiles(Loop(field + " public void Run() { while (![|_stop|]) { } } public void Stop() { _stop = true; }"));

    [Theory]
    [InlineData("private bool _on = true; public string Text => _on.ToString(); public void Run() { while ([|_on|]) { } } public void Stop() { _on = false; }")]
    [InlineData("private bool _on = true; /// <summary><see cref=\"_on\"/></summary>\n public int N; public void Run() { while ([|_on|]) { } } public void Stop() { _on = false; }")]
    [InlineData("private bool _on = true; public void Run() { while ([|_on|]) { } } public void Stop() { _on = false; } public void Restart() { _on = true; }")]
    [InlineData("private bool _on; public void Run() { while ([|_on|]) { } } public void Stop() { _on = false; } public void Begin() { _on = true; }")]
    [InlineData("private int _on = 1; public void Run() { while ([|_on|] == 1) { } } public void Stop() { _on = 0; }")]
    public Task Keeps_a_flag_that_says_more_than_stop(string members) => Volatiles(Loop(members));

    [Theory]
    [InlineData("public record C")]
    [InlineData("[Serializable] public class C")]
    [InlineData("public abstract class Copied : ICloneable { public abstract object Clone(); } public abstract class C : Copied")]
    [InlineData("public partial class C")]
    [InlineData("public class C : System.ComponentModel.Component")]
    public Task Keeps_a_flag_of_such_a_type(string type) => Volatiles(Loop("private bool _stop; public void Run() { while (![|_stop|]) { } } public void Stop() { _stop = true; }", type));

    /// <summary>The first action is offered, and no second.</summary>
    private static Task Volatiles(string marked) => new Verify.Case { Action = 1 }.NoFix<Fix>(marked);

    private static string Captured(string body, string end = "") => $$"""
        public class C
        {
            public void M(int n)
            {
        {{body}}
            }{{end}}
        }
        """;

    [Fact]
    public Task Stops_what_a_lambda_waits_for() => CancelledLocal.Fixes<Fix>(Captured("""
                var stop = false; // not yet
                var task = Task.Run(() => { while (![|stop|]) { n++; } });
                // enough
                stop = true;
                task.Wait();
        """), Captured("""
                var stop = new CancellationTokenSource(); // not yet
                var task = Task.Run(() => { while (!stop.IsCancellationRequested) { n++; } });
                // enough
                stop.Cancel();
                task.Wait();
        """));

    [Theory]
    [InlineData("bool stop = false; Action end = () => stop = true; Task.Run(() => { while (![|stop|]) { } });", "CancellationTokenSource stop = new(); Action end = () => stop.Cancel(); Task.Run(() => { while (!stop.IsCancellationRequested) { } });")]
    [InlineData("var on = true; Task.Run(() => { while ([|on|]) { } }); on = false;", "var stop = new CancellationTokenSource(); Task.Run(() => { while (!stop.IsCancellationRequested) { } }); stop.Cancel();")]
    [InlineData("var stop = false; void End() => stop = true; Task.Run(() => { while (![|stop|]) { } }); End();", "var stop = new CancellationTokenSource(); void End() => stop.Cancel(); Task.Run(() => { while (!stop.IsCancellationRequested) { } }); End();")]
    public Task Stops_what_a_function_waits_for(string before, string after) => CancelledLocal.Fixes<Fix>(Captured(before), Captured(after));

    [Theory]
    [InlineData("var stop = false; Task.Run(() => { while (![|stop|]) { } }); stop = n > 5;")]
    [InlineData("var stop = n > 5; Task.Run(() => { while (![|stop|]) { } }); stop = true;")]
    [InlineData("bool stop; stop = false; Task.Run(() => { while (![|stop|]) { } }); stop = true;")]
    [InlineData("bool stop = false, other = true; Task.Run(() => { while (![|stop|]) { } }); stop = other;")]
    [InlineData("var stop = false; Task.Run(() => { while (![|stop|]) { } }); Volatile.Write(ref stop, true); stop = true;")]
    [InlineData("var stop = false; Task.Run(() => { while (![|stop|]) { } }); stop = true; stop = false;")]
    [InlineData("var i = 0; Task.Run(() => { while ([|i|] == 0) { } }); i = 1;")]
    [InlineData("for (var stop = false; n > 0; n--) { Task.Run(() => { while (![|stop|]) { } }); stop = true; }")]
    public Task Keeps_a_variable_that_is_more_than_set_once_and_read(string body) => Verify.NoFix<Fix>(Captured(body));

    [Fact]
    public Task Stops_what_a_program_waits_for() => new Verify.Case { Output = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication }.Fixes<Fix>(
        "var stop = false;\nvar task = Task.Run(() => { while (![|stop|]) { } });\nstop = true;\ntask.Wait();\n",
        "var stop = new CancellationTokenSource();\nvar task = Task.Run(() => { while (!stop.IsCancellationRequested) { } });\nstop.Cancel();\ntask.Wait();\n");
}
