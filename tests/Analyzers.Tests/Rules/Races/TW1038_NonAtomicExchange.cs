using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.NonAtomicExchange>;

namespace Analyzers.Tests.Rules;

/// <summary>Values that two threads can take.</summary>
public class TW1038_NonAtomicExchange
{
    [Fact]
    public Task Names_both_sides() => Verify.Fires("""
        public class Buffer
        {
            private readonly Timer _timer;
            private System.IO.MemoryStream _data;
            public Buffer() => _timer = new Timer(_ => Flush(), null, 0, 10);
            public void Put(System.IO.MemoryStream data) => _data = data;
            public void Drop() => _data = null;
            private void Flush()
            {
                if (_data != null)
                {
                    _data.Dispose();
                    [|_data|] = null;
                }
            }
        }
        """, "'Buffer._data' is used and then cleared in 'Buffer.Flush', and 'Buffer.Drop' clears it too (Test0.cs:7): 'Timer.Timer' runs on another thread, and both can take the same value");

    [Fact]
    public Task Silent_when_it_is_taken_in_one_step() => Verify.Silent("""
        public class Buffer
        {
            private readonly Timer _timer;
            private System.IO.MemoryStream _data;
            public Buffer() => _timer = new Timer(_ => Flush(), null, 0, 10);
            public void Drop() => Interlocked.Exchange(ref _data, null);
            private void Flush() => Interlocked.Exchange(ref _data, null)?.Dispose();
        }
        """);

    [Fact]
    public Task Silent_under_a_lock() => Verify.Silent("""
        public class Buffer
        {
            private readonly Timer _timer;
            private System.IO.MemoryStream _data;
            public Buffer() => _timer = new Timer(_ => Flush(), null, 0, 10);
            public void Drop() { lock (_timer) _data = null; }
            private void Flush()
            {
                lock (_timer)
                    if (_data != null)
                    {
                        _data.Dispose();
                        _data = null;
                    }
            }
        }
        """);

    [Fact]
    public Task Silent_without_evidence() => Verify.Silent("""
        public class Buffer
        {
            private System.IO.MemoryStream _data;
            public void Drop() => _data = null;
            public void Flush()
            {
                if (_data != null)
                {
                    _data.Dispose();
                    _data = null;
                }
            }
            public Task Other() => Task.Run(() => 1);
        }
        """);

    private static string Class(string members, string start = "public Buffer() => _timer = new Timer(_ => Flush(), null, 0, 10);") => $$"""
        public class Buffer
        {
            private readonly Timer _timer;
            private CancellationTokenSource _c = new();
            {{start}}
            public void Drop() => _c = null;
            {{members}}
        }
        """;

    [Theory]
    [InlineData("private void Flush() { var old = _c; [|_c|] = null; old?.Cancel(); }")]
    [InlineData("private void Flush() { if (_c != null) { _c.Dispose(); [|_c|] = null; } }")]
    public Task Fires_on_a_value_that_is_taken_and_cleared(string members) => Verify.Fires(Class(members));

    [Fact]
    public Task Fires_on_a_value_that_is_replaced() => Verify.Fires(Class(
        "private void Flush() { var old = _c; [|_c|] = new(); old.Cancel(); } public void Restart(CancellationTokenSource next) { var old = _c; [|_c|] = next; old.Cancel(); }"));

    [Theory]
    [InlineData("private void Flush() { } public Buffer(int n) { var old = _c; _c = null; old.Cancel(); }")]
    [InlineData("private void Flush() { } public void Set(CancellationTokenSource c) => _c = c;")]
    [InlineData("private void Flush() => Interlocked.Exchange(ref _c, new()).Cancel();")]
    public Task Silent_in_construction_on_a_plain_setter_and_in_one_step(string members) => Verify.Silent(Class(members));
}
