using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.RacyEventRaiseFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.RacyEventRaise>;

namespace Analyzers.Tests.Rules;

public class TW1024_RacyEventRaise
{
    private static string With(string members, string state = "private volatile int _version;") => $$"""
        public class C
        {
            {{state}}
            public event EventHandler? Changed;
            public event Func<int>? Asked;
            private bool _on;

        {{members}}
        }
        """;

    [Fact]
    public Task Silent_on_an_event_that_only_the_type_can_name_and_that_loses_no_handler() => Verify.Silent("""
        public class C
        {
            private readonly Output _output = new();
            public C() => _output.Written += (_, _) => Console.WriteLine();
            public void M() => Task.Run(_output.Write);

            private class Output
            {
                public event EventHandler? Written;

                public void Write()
                {
                    if (Written != null)
                        Written(this, EventArgs.Empty);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_an_event_that_only_the_type_can_name_and_that_loses_a_handler() => Verify.Fires("""
        public class C
        {
            private readonly Output _output = new();
            public C() => _output.Written += Note;
            public void End() => _output.Written -= Note;
            public void M() => Task.Run(_output.Write);
            private static void Note(object? sender, EventArgs e) => Console.WriteLine();

            private class Output
            {
                public event EventHandler? Written;

                public void Write()
                {
                    if (Written != null)
                        [|Written|](this, EventArgs.Empty);
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_test_and_a_raise() => Verify.Fires(
        With("    public void M() { if (Changed != null) [|Changed|](this, EventArgs.Empty); }"),
        "'C.Changed' is read once for the test and once more to raise it in 'C.M'; if the last handler is removed in between, it is null");

    [Theory]
    [InlineData("if (null != Changed) { [|Changed|](this, EventArgs.Empty); }")]
    [InlineData("if (Changed is not null) [|Changed|].Invoke(this, EventArgs.Empty);")]
    [InlineData("if (Changed is { }) [|Changed|](this, EventArgs.Empty);")]
    [InlineData("if (_on && Changed != null) [|Changed|](this, EventArgs.Empty);")]
    [InlineData("if (!(Changed == null || _on)) [|Changed|](this, EventArgs.Empty);")]
    [InlineData("if (this.Changed != null) [|Changed|](this, EventArgs.Empty);")]
    [InlineData("if (Changed == null) { } else [|this.Changed|](this, EventArgs.Empty);")]
    [InlineData("if (Changed == null) return; Console.WriteLine(); [|Changed|](this, EventArgs.Empty);")]
    [InlineData("if (Changed is null || _on) { _on = false; return; } { [|Changed|](this, EventArgs.Empty); }")]
    [InlineData("if (Changed != null) { try { [|Changed|](this, EventArgs.Empty); } catch (InvalidOperationException) { } }")]
    [InlineData("if (Changed != null) foreach (var d in [|Changed|].GetInvocationList()) Console.WriteLine(d);")]
    [InlineData("_ = Asked != null ? [|Asked|]() : 0;")]
    [InlineData("_ = Asked == null ? 0 : [|Asked|].Invoke();")]
    [InlineData("_ = Asked != null && [|Asked|]() > 1;")]
    [InlineData("if (Changed != null) [|Changed|]!(this, EventArgs.Empty);")]
    public Task Fires_however_it_is_written(string statements) => Verify.Fires(With($"    public void M() {{ {statements} }}"));

    [Fact]
    public Task Fires_on_a_static_event() => Verify.Fires("""
        public static class C
        {
            private static volatile int s_version;
            public static event Action? Changed;
            public static void M() { if (Changed != null) [|Changed|](); }
        }
        """);

    [Theory]
    [InlineData("private readonly object _g = new(); public void N() { lock (_g) { } }")]
    [InlineData("private readonly Timer _g = new(_ => { });")]
    [InlineData("public void N() => Task.Run(M);")]
    public Task Fires_where_the_type_is_written_for_several_threads(string state) => Verify.Fires(
        With("    public void M() { if (Changed != null) [|Changed|](this, EventArgs.Empty); }", state));

    [Fact]
    public Task Fires_on_a_test_outside_the_lock_that_is_not_around_the_raise() => Verify.Fires(With("""
            private readonly object _g = new();
            public void M()
            {
                lock (_g)
                    _on = true;
                if (Changed != null)
                    [|Changed|](this, EventArgs.Empty);
            }
        """));

    [Theory]
    [InlineData("Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("var changed = Changed; if (changed != null) changed(this, EventArgs.Empty);")]
    [InlineData("if (Changed is { } changed) changed(this, EventArgs.Empty);")]
    [InlineData("if (Changed != null) Console.WriteLine(nameof(Changed));")]
    [InlineData("if (Changed != null) _on = true; Asked?.Invoke();")]
    [InlineData("if (Changed == null) Changed += (_, _) => { };")]
    [InlineData("if (Asked != null) Changed!(this, EventArgs.Empty);")]
    [InlineData("if (Changed != null || _on) Console.WriteLine();")]
    [InlineData("if (Changed != null) Task.Run(() => Changed?.Invoke(this, EventArgs.Empty));")]
    [InlineData("Changed!(this, EventArgs.Empty);")]
    [InlineData("if (Changed == null) throw new InvalidOperationException(); Asked?.Invoke();")]
    public Task Silent_when_it_is_read_once(string statements) => Verify.Silent(With($"    public void M() {{ {statements} }}"));

    [Fact]
    public Task Silent_when_a_lock_is_held_around_both() => Verify.Silent(With("""
            private readonly object _g = new();
            public void M()
            {
                lock (_g)
                {
                    if (Changed != null)
                        Changed(this, EventArgs.Empty);
                }
            }
        """));

    [Fact]
    public Task Silent_when_a_handler_always_stays() => Verify.Silent("""
        public class C
        {
            private volatile int _version;
            public event Action Changed = delegate { };
            public void M() { if (Changed != null) Changed(); }
        }
        """);

    [Fact]
    public Task Silent_in_construction() => Verify.Silent(With("    public C() { if (Changed != null) Changed(this, EventArgs.Empty); }"));

    [Fact]
    public Task Silent_without_a_sign_of_other_threads() => Verify.Silent(
        With("    public void M() { if (Changed != null) Changed(this, EventArgs.Empty); }", state: "private int _version; // volatile once"));

    [Fact]
    public Task Silent_in_a_window() => new Verify.Case { Library = Threadwise.Testing.HostStubs.Source }.Silent("""
        public class C : System.Windows.Forms.Control
        {
            private volatile int _version;
            public event Action? Changed;
            public void M() { if (Changed != null) Changed(); }
        }
        """);

    [Fact]
    public Task Silent_in_a_test() => Verify.Silent("""
        public class FactAttribute : Attribute { }
        public class C
        {
            private volatile int _version;
            public event Action? Changed;
            [Fact] public void M() { if (Changed != null) Changed(); }
        }
        """);

    [Theory]
    [InlineData("if (Changed != null) [|Changed|](this, EventArgs.Empty);", "Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("if (Changed is not null) { [|Changed|].Invoke(this, EventArgs.Empty); }", "Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("if (this.Changed != null) [|this.Changed|](this, EventArgs.Empty); // told\n", "this.Changed?.Invoke(this, EventArgs.Empty); // told\n")]
    [InlineData("if (_on && Changed != null) [|Changed|](this, EventArgs.Empty);", "if (_on && Changed != null) Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("if (Changed != null) { _on = true; [|Changed|](this, EventArgs.Empty); }", "if (Changed != null) { _on = true; Changed?.Invoke(this, EventArgs.Empty); }")]
    [InlineData("if (Changed == null) return; [|Changed|](this, EventArgs.Empty);", "if (Changed == null) return; Changed?.Invoke(this, EventArgs.Empty);")]
    [InlineData("if (Changed != null) { /* all */ [|Changed|](this, EventArgs.Empty); }", "if (Changed != null) { /* all */ Changed?.Invoke(this, EventArgs.Empty); }")]
    [InlineData("if (_on) { } else if (Changed != null) [|Changed|](this, EventArgs.Empty);", "if (_on) { } else if (Changed != null) Changed?.Invoke(this, EventArgs.Empty);")]
    public Task Fixes_by_reading_once(string before, string after) => Verify.Fixes<Fix>(
        With($"    public void M() {{ {before} }}"), With($"    public void M() {{ {after} }}"));

    [Theory]
    [InlineData("_ = Asked != null ? [|Asked|]() : 0;")]
    [InlineData("if (Changed != null) foreach (var d in [|Changed|].GetInvocationList()) Console.WriteLine(d);")]
    public Task Offers_nothing_where_the_value_is_used(string statements) => Verify.NoFix<Fix>(With($"    public void M() {{ {statements} }}"));
}
