using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.FieldReadTwice>;

namespace Analyzers.Tests.Rules;

/// <summary>Two reads that must agree, and what can make them differ.</summary>
public class TW1033_FieldReadTwice
{
    [Fact]
    public Task Names_what_clears_the_field() => Verify.Fires("""
        public sealed class Client : IDisposable
        {
            private readonly Timer _timer;
            private System.IO.Stream _connection = System.IO.Stream.Null;
            public Client() => _timer = new Timer(_ => Ping(), null, 0, 1000);
            public void Dispose() => _connection = null;
            private void Ping()
            {
                if (_connection != null)
                    [|_connection|].Flush();
            }
        }
        """, "'Client._connection' is read again in 'Client.Ping' after it was tested; 'Client.Dispose' can clear it in between (Test0.cs:6)");

    [Theory]
    [InlineData("if (_c != null) [|_c|].Flush();")]
    [InlineData("if (_c is not null) { Console.WriteLine(); [|_c|].Flush(); }")]
    [InlineData("if (_c == null) return; [|_c|].Flush();")]
    [InlineData("if (_c is { CanRead: true }) [|_c|].Flush();")]
    [InlineData("if (_c != null && [|_c|].CanRead) Console.WriteLine();")]
    [InlineData("while (_c != null) [|_c|].Flush();")]
    [InlineData("var x = _c == null ? 0 : [|_c|].Length;")]
    public Task C2_83_Fires_behind_every_form_of_test(string use) => Verify.Fires(Class(use));

    [Theory]
    [InlineData("_c?.Flush();")]
    [InlineData("var c = _c; if (c != null) c.Flush();")]
    [InlineData("if (_c is { } c) c.Flush();")]
    [InlineData("var c = _c; if (c != null) Console.WriteLine($\"{_c}\");")]
    [InlineData("_c.Flush();")]
    [InlineData("if (_c == null) Console.WriteLine(); else Console.WriteLine(1);")]
    [InlineData("lock (this) { if (_c != null) _c.Flush(); }")]
    [InlineData("if (_c == null) Console.WriteLine(_c);")]
    public Task Silent_on_one_read_and_under_a_lock(string use) => Verify.Silent(Class(use));

    private static string Class(string use) => $$"""
        public class C
        {
            private volatile System.IO.Stream _c;
            public void Open(System.IO.Stream s) => _c = s;
            public void Close() => _c = null;
            public void Use()
            {
                {{use}}
            }
        }
        """;

    [Fact]
    public Task C3_118_Fires_beside_a_callback_of_cancellation() => Verify.Fires("""
        public class C
        {
            private System.IO.Stream _c = System.IO.Stream.Null;
            public void Watch(CancellationToken token) => token.Register(() => Interlocked.Exchange(ref _c, null)?.Dispose());
            public void Use()
            {
                if (_c != null)
                    [|_c|].Flush();
            }
        }
        """);

    [Fact]
    public Task Silent_when_nothing_shows_that_others_clear_it_meanwhile() => Verify.Silent("""
        public class C : IDisposable
        {
            private System.IO.Stream _c = System.IO.Stream.Null;
            public void Dispose() => _c = null;
            public void Close() => _c = null;
            public void Use()
            {
                if (_c != null)
                    _c.Flush();
            }
            public Task Other() => Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task Silent_when_it_is_never_cleared() => Verify.Silent("""
        public class C
        {
            private volatile System.IO.Stream _c;
            public void Open(System.IO.Stream s) => _c = s;
            public void Use()
            {
                if (_c != null)
                    _c.Flush();
            }
        }
        """);

    [Theory]
    [InlineData("if (_c is System.IO.MemoryStream) ((System.IO.MemoryStream)[|_c|]).Flush();")]
    [InlineData("if (_c is not System.IO.MemoryStream) return; [|_c|].Flush();")]
    [InlineData("var c = _c; if (c != null) [|_c|].Flush();")]
    [InlineData("var c = _c; if (c == null) return; Console.WriteLine(); [|_c|].Flush();")]
    public Task Fires_behind_a_test_of_the_type_or_of_a_copy(string use) => Verify.Fires(Class(use));

    [Fact]
    public Task Fires_on_an_automatic_property() => Verify.Fires("""
        public class C
        {
            private System.IO.Stream Current { get; set; }
            public void Open(System.IO.Stream s) { Current = s; Task.Run(Use); }
            public void Close() => Current = null;
            private void Use()
            {
                if (Current != null)
                    [|Current|].Flush();
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_field_that_is_cleared_while_the_method_waits() => Verify.Fires("""
        public class C
        {
            private volatile System.IO.Stream _c = System.IO.Stream.Null;
            public void Close() => _c = null;
            public async Task Send(byte[] data)
            {
                if (_c == null)
                    return;
                await Task.Yield();
                await [|_c|].WriteAsync(data);
                await _c.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_field_that_an_event_of_another_thread_clears() => Verify.Fires("""
        public class C
        {
            private System.IO.Stream _c = System.IO.Stream.Null;
            public void Watch(System.Diagnostics.Process process) => process.Exited += (_, _) => _c = null;
            public void Use()
            {
                if (_c != null)
                    [|_c|].Flush();
            }
        }
        """);

    [Theory]
    [InlineData("private readonly System.IO.Stream _c = System.IO.Stream.Null;", "if (_c != null) _c.Flush();")]
    [InlineData("public System.IO.Stream C0 { get; init; }", "if (C0 != null) C0.Flush();")]
    [InlineData("private readonly System.IO.Stream _c = System.IO.Stream.Null; private System.IO.Stream Now => _c;", "if (Now != null) Now.Flush();")]
    public Task Silent_on_what_nobody_can_clear(string state, string use) => Verify.Silent($$"""
        public class C : IDisposable
        {
            private volatile int _version;
            {{state}}
            public void Begin() => Task.Run(Dispose);
            public void Dispose() => _version = 1;
            public void Use() { {{use}} }
        }
        """);

    private static string Started(string start, string stop, string field = "private CancellationTokenSource _stop;") => $$"""
        public class C
        {
            {{field}}
            private Task _loop;
            private static void Loop(CancellationToken token) => Console.WriteLine(token.IsCancellationRequested);
            public void Start()
            {
                {{start}}
            }
            public void Stop()
            {
                {{stop}}
            }
        }
        """;

    [Fact]
    public Task Fires_on_a_field_that_work_reads_when_it_begins() => Verify.Fires(
        Started("_stop = new(); _loop = Task.Run(() => Loop([|_stop|].Token));", "_stop.Cancel(); _stop = null;"),
        "'C._stop' is read again in 'C.Start' when the work begins that was started after it was written; 'C.Stop' can clear it in between (Test0.cs:12)");

    [Theory]
    [InlineData("_stop = new(); var token = _stop.Token; _loop = Task.Run(() => Loop(token));", "_stop.Cancel(); _stop = null;")]
    [InlineData("_stop = new(); _loop = Task.Run(() => Loop(_stop.Token));", "_stop.Cancel(); _loop.Wait(); _stop = null;")]
    [InlineData("_stop = new(); _loop = Task.Run(() => { if (_stop?.Token is { } token) Loop(token); });", "_stop.Cancel(); _stop = null;")]
    [InlineData("_stop = new(); Action now = () => Loop(_stop.Token); now();", "_stop.Cancel(); _stop = null;")]
    [InlineData("_loop = Task.Run(() => Loop(_stop.Token));", "_stop.Cancel();", "private readonly CancellationTokenSource _stop = new();")]
    public Task Silent_when_the_work_has_its_own_or_is_waited_for(string start, string stop, string field = "private CancellationTokenSource _stop;") => Verify.Silent(Started(start, stop, field));
}
