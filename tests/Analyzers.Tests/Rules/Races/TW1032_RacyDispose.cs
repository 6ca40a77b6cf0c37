using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.RacyDisposeFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.RacyDispose>;

namespace Analyzers.Tests.Rules;

public class TW1032_RacyDispose
{
    private static string With(string statements, string state = "private volatile int _users;", string signature = "public void Dispose()") => $$"""
        #pragma warning disable CS0169, CS0414
        public class C : IDisposable
        {
            {{state}}
            private bool _disposed;
            private readonly object _g = new();
            private static void F() => Console.WriteLine();

            {{signature}}
            {
                {{statements}}
            }
        {{(signature.Contains("void Dispose()") ? "" : "    void IDisposable.Dispose() { }")}}
        }
        """;

    [Fact]
    public Task Fires_on_a_test_and_an_assignment() => Verify.Fires(
        With("if (_disposed) return; [|_disposed|] = true; F();"),
        "'C._disposed' is tested and then set in 'C.Dispose'; of two threads that come at once both may find it unset, and all is disposed of twice");

    [Theory]
    [InlineData("if (!_disposed) { F(); [|_disposed|] = true; }")]
    [InlineData("if (_disposed == false) { [|this._disposed|] = true; F(); }")]
    [InlineData("if (_disposed) { return; } F(); [|_disposed|] = true;")]
    public Task Fires_in_whatever_order(string statements) => Verify.Fires(With(statements));

    [Theory]
    [InlineData("protected virtual void Dispose(bool disposing)")]
    [InlineData("public async ValueTask DisposeAsync()")]
    public Task Fires_on_other_ends(string signature) => Verify.Fires(
        With("if (_disposed) return; [|_disposed|] = true; F();", signature: signature).Replace("ValueTask DisposeAsync()\n    {", "ValueTask DisposeAsync()\n    {\n        await Task.Yield();"));

    [Theory]
    [InlineData("lock (_g) { if (_disposed) return; _disposed = true; }")]
    [InlineData("if (_disposed) return; lock (_g) { if (_disposed) return; _disposed = true; } F();")]
    [InlineData("if (Interlocked.Exchange(ref _disposed, true)) return; F();")]
    [InlineData("_disposed = true; F();")]
    [InlineData("if (_users > 0) return; _disposed = true;")]
    [InlineData("if (_disposed) F(); _disposed = true;")]
    [InlineData("Monitor.Enter(_g); try { if (_disposed) return; _disposed = true; } finally { Monitor.Exit(_g); }")]
    public Task Silent_when_it_is_one_step_or_none(string statements) => Verify.Silent(With(statements));

    [Theory]
    [InlineData("if (_disposed) return; _disposed = true; _source.Dispose(); _users = 0;")]
    [InlineData("if (!_disposed) { ((IDisposable?)_source)?.Dispose(); GC.SuppressFinalize(this); AppDomain.CurrentDomain.ProcessExit -= null; _disposed = true; }")]
    public Task Silent_when_all_that_is_done_may_be_done_twice(string statements) => Verify.Silent(
        With(statements, "private volatile int _users; private readonly CancellationTokenSource? _source = new();"));

    [Theory]
    [InlineData("if (_disposed) return; [|_disposed|] = true; _users--;")]
    [InlineData("if (_disposed) return; [|_disposed|] = true; _users += 2;")]
    public Task Fires_when_something_is_counted(string statements) => Verify.Fires(With(statements));

    [Fact]
    public Task Silent_without_a_sign_of_other_threads() => Verify.Silent(
        With("if (_disposed) return; _disposed = true; F();", "private int _users; // not volatile").Replace("private readonly object _g = new();", ""));

    [Fact]
    public Task Silent_in_another_method() => Verify.Silent(With("if (_disposed) return; _disposed = true; F();", signature: "public void Close()"));

    [Fact]
    public Task Silent_under_the_lock_of_all_callers() => Verify.Silent("""
        public class C : IDisposable
        {
            private readonly object _g = new();
            private bool _disposed;
            public void Dispose() { lock (_g) Dispose(true); }
            private void Dispose(bool disposing) { if (_disposed) return; _disposed = true; }
        }
        """);

    [Fact]
    public Task Fixes_by_one_step() => Verify.Fixes<Fix>(
        With("""
            if (_disposed)
                        return; // once
                    [|_disposed|] = true;
                    F();
            """),
        With("""
            if (Interlocked.Exchange(ref _disposed, true))
                        return; // once
                    F();
            """));

    [Theory]
    [InlineData("if (_disposed) return; [|_disposed|] = true; F();", "if (Interlocked.Exchange(ref _disposed, true)) return; F();")]
    [InlineData("if (!_disposed) { [|_disposed|] = true; F(); }", "if (!Interlocked.Exchange(ref _disposed, true)) { F(); }")]
    public Task Fixes_on_one_line(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));

    [Fact]
    public Task Offers_nothing_when_the_flag_is_set_last() => Verify.NoFix<Fix>(With("if (!_disposed) { F(); [|_disposed|] = true; }"));

    [Fact]
    public Task Offers_nothing_where_a_flag_cannot_be_exchanged() => new Verify.Case { Framework = "net8.0" }.NoFix<Fix>(With("if (_disposed) return; [|_disposed|] = true; F();"));

    [Fact]
    public Task Silent_in_a_window() => new Verify.Case { Library = Threadwise.Testing.HostStubs.Source }.Silent("""
        public class C : System.Windows.Forms.Control, IDisposable
        {
            private volatile int _users;
            private bool _disposed;
            public void Dispose() { if (_disposed) return; _disposed = true; Console.WriteLine(_users); }
        }
        """);
}
