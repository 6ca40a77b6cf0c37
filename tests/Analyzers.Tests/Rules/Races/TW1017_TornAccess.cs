using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.TornAccess>;

namespace Analyzers.Tests.Rules;

/// <summary>Values that are copied word by word.</summary>
public partial class TW1017_TornAccess
{
    [Fact]
    public Task Names_both_sides() => Verify.Fires("""
        public class Price
        {
            private readonly Timer _timer;
            private decimal _last;
            public Price() => _timer = new Timer(_ => Update(), null, 0, 10);
            public decimal Last => _last;
            private void Update() => [|_last|] = 1.5m;
        }
        """, "'Price._last' is written in 'Price.Update' while 'Price.Last' reads it (Test0.cs:6), and its value has several words: 'Timer.Timer' runs on another thread");

    [Theory]
    [InlineData("Guid", "Guid.NewGuid()")]
    [InlineData("DateTimeOffset", "DateTimeOffset.UtcNow")]
    [InlineData("long?", "1L")]
    [InlineData("(int, long)", "(1, 2)")]
    [InlineData("ReadOnlyMemory<byte>", "new byte[1]")]
    [InlineData("Own", "new Own(1, 2)")]
    public Task Fires_on_types_of_several_words(string type, string value) => Verify.Fires(Class(type, $"[|_x|] = {value}"));

    [Theory]
    [InlineData("int", "1")]
    [InlineData("DateTime", "DateTime.UtcNow")]
    [InlineData("TimeSpan", "TimeSpan.Zero")]
    [InlineData("bool?", "true")]
    [InlineData("string", "\"a\"")]
    [InlineData("CancellationToken", "new CancellationToken(true)")]
    [InlineData("DayOfWeek", "DayOfWeek.Monday")]
    [InlineData("One", "new One(1)")]
    public Task Silent_on_types_of_one_word(string type, string value) => Verify.Silent(Class(type, $"_x = {value}"));

    private static string Class(string type, string write) => $$"""
        public readonly record struct Own(int A, long B);
        public readonly record struct One(long A);

        public class C
        {
            private readonly Timer _timer;
            private {{type}} _x;
            public C() => _timer = new Timer(_ => Update(), null, 0, 10);
            public {{type}} Last() => _x;
            private void Update() => {{write}};
        }
        """;

    [Fact]
    public Task Silent_under_a_lock_and_without_evidence() => Verify.Silent("""
        public class C
        {
            private readonly Timer _timer;
            private decimal _locked, _alone;
            public C() => _timer = new Timer(_ => Update(), null, 0, 10);
            public decimal Last { get { lock (_timer) return _locked; } }
            public decimal Alone { get => _alone; set => _alone = value; }
            private void Update() { lock (_timer) _locked = 1; }
        }
        """);

    private static string Guarded(string members, string field = "private decimal _x;") => $$"""
        public class C
        {
            private readonly Timer _timer;
            private readonly object _gate = new();
            {{field}}
            public C() { _x = 1; _timer = new Timer(_ => Update(), null, 0, 10); }
        {{members}}
        }
        """;

    [Fact]
    public Task Locks_every_access() => Verify.Fixes<TornAccessFix>(Guarded("""
            public decimal Last => _x; // The last one.

            private void Update()
            {
                var next = 1.5m;
                [|_x|] = next;
                Console.WriteLine(next);
            }
        """), Guarded("""
            public decimal Last
            {
                get
                {
                    lock (_gate)
                    {
                        return _x; // The last one.
                    }
                }
            }

            private void Update()
            {
                var next = 1.5m;
                lock (_gate)
                {
                    _x = next;
                }
                Console.WriteLine(next);
            }
        """));

    [Theory]
    [InlineData("public decimal Last => _x; private async Task Set(Task<decimal> x) => _x = await x; private void Update() { [|_x|] = 1; }")]
    [InlineData("private readonly object _g = new(); public decimal Last => _x; private void Update() { [|_x|] = 1; }")]
    [InlineData("public decimal Last => _x; private void Update() { [|_x|] = 1; Console.WriteLine(_gate); }")]
    [InlineData("private static readonly object s_g = new(); public decimal Last { get { lock (s_g) return Mine(); } } private decimal Mine() => _x; public decimal Get() => _x; private void Update() { [|_x|] = 1; }")]
    [InlineData("public decimal Last => _x; public decimal Of(C other) => other._x; private void Update() { [|_x|] = 1; }")]
    public Task Offers_nothing_where_not_every_access_can_be_locked(string members) => Verify.NoFix<TornAccessFix>(Guarded(members, "[NonSerialized] private decimal _x;"));
}
