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
}
