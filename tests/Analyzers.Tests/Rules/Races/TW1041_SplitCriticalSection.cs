using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SplitCriticalSection>;

namespace Analyzers.Tests.Rules;

public partial class TW1041_SplitCriticalSection
{
    private static string With(string statements) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly object _h = new();
            private int _n;
            private int _other;
            private object? _x;
            private readonly List<int> _list = new();
            private static void F() => Console.WriteLine();

            public void M(int k)
            {
                int n;
                object? x;
                {{statements}}
            }
        }
        """;

    [Fact]
    public Task Fires_on_a_value_of_the_first_section_that_the_second_writes() => Verify.Fires(
        With("lock (_g) { n = _n; } F(); lock (_g) { [|_n|] = n + 1; }"),
        "'_n' is written here for what an earlier section of '_g' found (Test0.cs:15); in between another thread may have taken the lock and changed it");

    [Theory]
    [InlineData("lock (_g) { n = _n; } if (n < k) return; lock (_g) { [|_n|] = 0; }")]
    [InlineData("lock (_g) x = _x; if (x != null) return; lock (_g) { [|_x|] = new object(); }")]
    [InlineData("lock (_g) { n = _n; } lock (_g) { if (n > k) { [|_n|] = k; } }")]
    [InlineData("lock (_g) { n = _list.Count; } lock (_g) { [|_list|].RemoveAt(n - 1); }")]
    public Task Fires_on_a_decision_of_the_first_section(string statements) => Verify.Fires(With(statements));

    [Theory]
    [InlineData("lock (_g) { n = _n; } lock (_g) { if (_n == n) _n = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } if (n < k) return; lock (_g) { if (_n < k) return; _n = 0; }")]
    [InlineData("lock (_g) x = _x; if (x != null) return; lock (_g) { _x ??= new object(); }")]
    [InlineData("lock (_g) { n = _n; } lock (_g) { _n = _n + n; }")]
    [InlineData("lock (_g) { n = _n; } lock (_g) { _n += n; }")]
    public Task Silent_when_the_second_section_looks_again(string statements) => Verify.Silent(With(statements));

    [Theory]
    [InlineData("lock (_g) { n = _n; } lock (_h) { _n = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } lock (_g) { _other = n; }")]
    [InlineData("lock (_g) { n = _n; } F(); lock (_g) { _n = 0; }")]
    [InlineData("lock (_g) { n = k; } lock (_g) { _n = n; }")]
    [InlineData("lock (_g) { n = _n; _n = n + 1; }")]
    [InlineData("lock (_g) { n = _n; } Console.WriteLine(n);")]
    public Task Silent_when_the_sections_have_nothing_to_do_with_each_other(string statements) => Verify.Silent(With(statements));

    [Fact]
    public Task Silent_when_the_lock_is_held_around_both() => Verify.Silent(
        With("lock (_g) { lock (_g) { n = _n; } lock (_g) { _n = n + 1; } }"));

    [Fact]
    public Task Silent_in_construction() => Verify.Silent("""
        public class C
        {
            private readonly object _g = new();
            private int _n;
            public C() { int n; lock (_g) { n = _n; } lock (_g) { _n = n + 1; } }
        }
        """);
}
