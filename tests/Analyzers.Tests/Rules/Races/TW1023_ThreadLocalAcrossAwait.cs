using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ThreadLocalAcrossAwaitFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThreadLocalAcrossAwait>;

namespace Analyzers.Tests.Rules;

public class TW1023_ThreadLocalAcrossAwait
{
    private static string With(string statements, string signature = "public async Task M(bool b)") => $$"""
        public class C
        {
            private static readonly ThreadLocal<string?> s_user = new();
            private readonly ThreadLocal<int> _depth = new();
            private readonly AsyncLocal<string?> _flow = new();
            [ThreadStatic] private static string? t_user;
            private static Task F() => Task.Delay(1);
            private static void Use(object? x) => Console.WriteLine(x);

            {{signature}}
            {
                {{statements}}
            }
        }
        """;

    [Fact]
    public Task Fires_on_a_value_that_is_read_behind_an_await() => Verify.Fires(
        With("s_user.Value = \"a\"; await F(); Use([|s_user.Value|]);"),
        "'C.s_user' is used in 'C.M' after an await, for what was written to it before (Test0.cs:12); the code may go on with another thread, which has another value");

    [Theory]
    [InlineData("t_user = \"a\"; await F(); Use([|t_user|]);")]
    [InlineData("t_user = \"a\"; try { await F(); } finally { [|t_user|] = null; }")]
    [InlineData("_depth.Value++; await F(); [|_depth.Value|]--;")]
    [InlineData("this._depth.Value = 1; if (b) await F(); Use([|_depth.Value|]);")]
    [InlineData("await F(); t_user = \"a\"; await F(); Use([|t_user|]);")]
    [InlineData("for (var i = 0; i < 2; i++) { Use([|t_user|]); t_user = \"a\"; await F(); }")]
    [InlineData("t_user = \"a\"; await F().ConfigureAwait(false); [|t_user|] = \"b\"; Use(t_user);")]
    public Task Fires_on_whatever_way(string statements) => Verify.Fires(With(statements));

    [Fact]
    public Task Fires_in_an_async_lambda() => Verify.Fires(
        With("return Task.Run(async () => { t_user = \"a\"; await F(); Use([|t_user|]); });", "public Task M()"));

    [Theory]
    [InlineData("t_user = \"a\"; Use(t_user); t_user = null; await F(); Use(t_user);")]
    [InlineData("t_user = \"a\"; Use(t_user); await F();")]
    [InlineData("await F(); t_user = \"a\"; Use(t_user);")]
    [InlineData("Use(t_user); await F(); Use(t_user);")]
    [InlineData("Use(_depth.Value); await F(); Use(_depth.Value);")]
    [InlineData("t_user = \"a\"; await F(); Use(s_user.Value);")]
    [InlineData("if (b) { t_user = \"a\"; Use(t_user); } else { await F(); Use(t_user); }")]
    [InlineData("while (b) { t_user = \"a\"; Use(t_user); await F(); }")]
    [InlineData("var user = t_user; t_user = null; await F(); Use(user);")]
    public Task Silent_when_nothing_is_expected_of_the_next_thread(string statements) => Verify.Silent(With(statements));

    [Fact]
    public Task C2_63_Silent_on_values_that_go_with_the_flow_or_stay_with_the_thread() => Verify.Silent(
        With("_flow.Value = \"a\"; await F(); Use(_flow.Value); _flow.Value = null;"),
        With("t_user = \"a\"; _depth.Value = 1; Use(t_user); Use(_depth.Value);", "public void M()").Replace("class C", "class D"));

    [Fact]
    public Task Silent_in_code_that_does_not_await() => Verify.Silent(With("t_user = \"a\"; F().Wait(); Use(t_user);", "public void M()"));

    [Fact]
    public Task Silent_where_the_thread_is_always_the_same() => new Verify.Case { Library = Threadwise.Testing.HostStubs.Source }.Silent("""
        public class C : System.Windows.Forms.Control
        {
            [ThreadStatic] private static string? t_user;
            public async Task M() { t_user = "a"; await Task.Delay(1); Console.WriteLine(t_user); }
        }
        """);

    [Fact]
    public Task Known_miss_when_an_object_out_of_the_slot_is_used() => Verify.Silent(
        With("var user = s_user.Value; await F(); Use(user);"));

    [Fact]
    public Task Fixes_by_a_value_that_goes_with_the_flow() => Verify.Fixes<Fix>("""
        public class C
        {
            private static readonly System.Threading.ThreadLocal<string?> s_user = new ThreadLocal<string?>(); // who

            public async Task M()
            {
                s_user.Value = "a";
                await Task.Delay(1);
                Console.WriteLine([|s_user.Value|]);
            }
        }
        """, """
        public class C
        {
            private static readonly System.Threading.AsyncLocal<string?> s_user = new AsyncLocal<string?>(); // who

            public async Task M()
            {
                s_user.Value = "a";
                await Task.Delay(1);
                Console.WriteLine(s_user.Value);
            }
        }
        """);

    [Theory]
    [InlineData("t_user = \"a\"; await F(); Use([|t_user|]);")]
    [InlineData("s_user.Value = \"a\"; await F(); Use([|s_user.Value|]); Use(s_user.IsValueCreated);")]
    public Task Offers_nothing_where_more_than_the_type_would_change(string statements) => Verify.NoFix<Fix>(With(statements));
}
