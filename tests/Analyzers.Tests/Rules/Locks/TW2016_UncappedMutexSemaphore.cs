using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UncappedMutexSemaphoreFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UncappedMutexSemaphore>;

namespace Analyzers.Tests.Rules;

public class TW2016_UncappedMutexSemaphore
{
    private const string Use = """
            public async Task M()
            {
                await _s.WaitAsync();
                try
                {
                    await Task.Yield();
                }
                finally
                {
                    _s.Release();
                }
            }
        """;

    private static string With(string field, string more = "") => $"public class C\n{{\n    {field}\n\n{Use}\n{more}\n}}";

    [Fact]
    public Task Fires_when_every_release_follows_a_wait() => Verify.Fires(
        With("private readonly SemaphoreSlim _s = [|new(1)|];"),
        "'C._s' is used as a lock, but nothing stops one release too many from letting two in at a time; create it with an upper limit of 1");

    [Theory]
    [InlineData("private readonly SemaphoreSlim _s = [|new SemaphoreSlim(1)|];")]
    [InlineData("private static readonly SemaphoreSlim _s = [|new SemaphoreSlim(initialCount: 1)|];")]
    [InlineData("private SemaphoreSlim _s { get; } = [|new(1)|];")]
    [InlineData("private SemaphoreSlim _s; public C() { _s = [|new SemaphoreSlim(1)|]; }")]
    public Task Fires_however_it_is_stored(string field) => Verify.Fires(With(field));

    [Fact]
    public Task Fires_on_synchronous_waits_and_tries() => Verify.Fires("""
        public class C
        {
            private readonly SemaphoreSlim _s = [|new(1)|];

            public void M()
            {
                _s.Wait();
                Console.WriteLine();
                _s.Release();
            }

            public bool TryM()
            {
                if (!_s.Wait(100))
                    return false;
                _s.Release(1);
                return true;
            }

            public int Free => _s.CurrentCount;
        }
        """.Replace("_s.Release(1)", "_s.Release()"));

    [Fact]
    public Task Fires_in_a_nested_type() => Verify.Fires(
        "public class Outer\n{\n" + With("private readonly SemaphoreSlim _s = [|new(1)|];") + "\n}");

    [Theory]
    [InlineData("private readonly SemaphoreSlim _s = new(1, 1);")]
    [InlineData("private readonly SemaphoreSlim _s = new(1, 10);")]
    [InlineData("private readonly SemaphoreSlim _s = new(4);")]
    [InlineData("private readonly SemaphoreSlim _s = new(0);")]
    public Task Silent_when_it_is_capped_or_admits_another_number(string field) => Verify.Silent(With(field));

    [Fact]
    public Task Silent_when_the_number_has_a_name_and_may_become_another() => Verify.Silent(
        With("private const int AtATime = 1; private readonly SemaphoreSlim _s = new(AtATime);"));

    [Fact]
    public Task Silent_when_somebody_else_releases() => Verify.Silent(
        With("private readonly SemaphoreSlim _s = new(1);", "    public void Signal() => _s.Release();"));

    [Fact]
    public Task Silent_when_several_are_released_at_once() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1);

            public void M(int n)
            {
                _s.Wait();
                _s.Release(n);
            }
        }
        """);

    [Fact]
    public Task Silent_when_it_is_handed_to_other_code() => Verify.Silent(
        With("private readonly SemaphoreSlim _s = new(1);", "    public IDisposable N() => new R(_s); private sealed class R(SemaphoreSlim s) : IDisposable { public void Dispose() => s.Release(); }"));

    [Fact]
    public Task Silent_when_others_can_reach_it() => Verify.Silent(
        With("internal readonly SemaphoreSlim _s = new(1);"),
        With("public SemaphoreSlim _s { get; } = new(1);").Replace("class C", "class D"));

    [Fact]
    public Task Silent_when_nobody_releases_it() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _once = new(1);
            public bool First() => _once.Wait(0);
        }
        """);

    [Fact]
    public Task Silent_when_another_constructor_gives_another_number() => Verify.Silent(
        With("private readonly SemaphoreSlim _s; public C() { _s = new SemaphoreSlim(1); } public C(int n) { _s = new SemaphoreSlim(n); }"));

    [Fact]
    public Task Known_miss_when_a_lambda_releases_what_its_method_took() => Verify.Silent("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1);

            public Task M()
            {
                _s.Wait();
                return Task.Run(() => _s.Release());
            }
        }
        """);

    [Theory]
    [InlineData("new(1)", "new(1, 1)")]
    [InlineData("new SemaphoreSlim(1)", "new SemaphoreSlim(1, 1)")]
    [InlineData("new SemaphoreSlim( /* one */ 1 )", "new SemaphoreSlim( /* one */ 1, 1 )")]
    [InlineData("new SemaphoreSlim(initialCount: 1)", "new SemaphoreSlim(initialCount: 1, maxCount: 1)")]
    public Task Fixes_by_a_limit(string before, string after) => Verify.Fixes<Fix>(
        With($"private readonly SemaphoreSlim _s = [|{before}|]; // turns"),
        With($"private readonly SemaphoreSlim _s = {after}; // turns"));
}
