using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.StaleReadAcrossAwait>;

namespace Analyzers.Tests.Rules;

/// <summary>What async code read before it waited and writes back afterwards.</summary>
public partial class TW1013_StaleReadAcrossAwait
{
    private static Task Fires(string body) => Verify.Fires(Class(body));

    private static Task Silent(string body) => Verify.Silent(Class(body));

    private static Task Fixes(string marked, string @fixed) => Verify.Fixes<StaleReadAcrossAwaitFix>(Class(marked), Class(@fixed));

    private static string Class(string body) => $$"""
        public class Account
        {
            private readonly SemaphoreSlim _turn = new(1, 1);
            private System.Collections.Immutable.ImmutableList<int> _all = System.Collections.Immutable.ImmutableList<int>.Empty;
            private int _sum;
            private int Sum { get; set; }

            private static Task<int> LoadAsync(int k) => Task.FromResult(k);

            public void Clear() { _sum = 0; Sum = 0; _all = _all.Clear(); }

            public async Task AddAsync(int k)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Names_the_state_and_the_await() => Verify.Fires("""
        public class Account
        {
            private volatile int _sum;
            public void Clear() => _sum = 0;
            public async Task AddAsync(Task<int> more)
            {
                [|_sum += await more|];
            }
        }
        """, "'Account._sum' gets a value made of what it was before the await (Test0.cs:7); a change that others make while 'Account.AddAsync' waits is lost");

    [Theory]
    [InlineData("[|_sum = _sum + await LoadAsync(k)|];")]
    [InlineData("[|Sum += await LoadAsync(k)|];")]
    [InlineData("[|_sum = -_sum * await LoadAsync(k)|];")]
    public Task Fires_on_an_await_behind_the_reading_in_one_expression(string body) => Fires(body);

    [Theory]
    [InlineData("var before = _sum; await LoadAsync(k); [|_sum = before + 1|];")]
    [InlineData("var before = _sum; if (k > 1) await LoadAsync(k); [|_sum = before + 1|];")]
    [InlineData("var next = _sum + 1; await LoadAsync(k); [|_sum = next|];")]
    [InlineData("var all = _all; var more = await LoadAsync(k); [|_all = all.Add(more)|];")]
    public Task Fires_on_what_a_local_remembers(string body) => Fires(body);

    [Fact]
    public Task Fires_when_the_lock_is_given_back_in_between() => Fires("await _turn.WaitAsync(); var before = _sum; _turn.Release(); await LoadAsync(k); [|_sum = before + 1|];");

    [Theory]
    [InlineData("_sum = await LoadAsync(k) + _sum;")]
    [InlineData("var more = await LoadAsync(k); _sum += more;")]
    [InlineData("await LoadAsync(k); var before = _sum; _sum = before + 1;")]
    public Task Silent_when_it_is_read_after_the_await(string body) => Silent(body);

    [Fact]
    public Task Silent_when_a_lock_is_held_from_the_reading_on() => Silent("await _turn.WaitAsync(); try { var before = _sum; await LoadAsync(k); _sum = before + 1; } finally { _turn.Release(); }");

    [Fact]
    public Task Silent_when_it_is_looked_at_again() => Silent("var before = _sum; await LoadAsync(k); if (_sum == before) _sum = before + 1;");

    [Theory]
    [InlineData("_sum = await LoadAsync(_sum);")]
    [InlineData("var before = _sum; await LoadAsync(before); _sum = 0;")]
    [InlineData("var sum = 0; sum += await LoadAsync(k); Console.WriteLine(sum);")]
    public Task Silent_when_the_new_value_is_no_change_of_the_old_one(string body) => Silent(body);

    [Fact]
    public Task Silent_without_any_sign_of_others() => Verify.Silent("""
        public class Account
        {
            private int _sum;
            public void Clear() => _sum = 0;
            public async Task AddAsync(Task<int> more) => _sum += await more;
        }
        """);

    [Fact]
    public Task Silent_in_a_stream_which_has_one_caller_at_a_time() => Verify.Silent("""
        public abstract class Copy : System.IO.Stream
        {
            private readonly object _gate = new();
            private int _sum;
            public void Clear() { lock (_gate) Console.WriteLine(); _sum = 0; }
            public async Task AddAsync(Task<int> more) => _sum += await more;
        }
        """);

    [Fact]
    public Task Silent_in_a_constructor_function_and_in_a_test() => Verify.Silent("""
        public class FactAttribute : Attribute { }

        public class Tests
        {
            private volatile int _sum;
            [Fact] public async Task A() { _sum += await Task.FromResult(1); }
            [Fact] public void B() => _sum = 0;
        }
        """);

    [Theory]
    [InlineData("[|_sum += await LoadAsync(k)|];", """
        var added = await LoadAsync(k);
                _sum += added;
        """)]
    [InlineData("[|_sum = _sum + await LoadAsync(k)|]; // more", """
        var added = await LoadAsync(k);
                _sum = _sum + added; // more
        """)]
    public Task Waits_first(string marked, string @fixed) => Fixes(marked, @fixed);

    [Fact]
    public Task Reads_again_where_the_local_is_there_for_nothing_else() => Fixes("""
        var before = _sum;
                await LoadAsync(k);
                [|_sum = before + 1|];
        """, """
        await LoadAsync(k);
                var before = _sum;
                _sum = before + 1;
        """);

    [Theory]
    [InlineData("var before = _sum; await LoadAsync(before); [|_sum = before + 1|];")]
    [InlineData("[|_sum += await LoadAsync(await LoadAsync(_sum))|];")]
    [InlineData("Console.WriteLine([|_sum += await LoadAsync(k)|]);")]
    public Task Offers_nothing_where_more_depends_on_the_order(string body) => Verify.NoFix<StaleReadAcrossAwaitFix>(Class(body));
}
