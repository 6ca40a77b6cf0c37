using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SelfDeadlockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SelfDeadlock>;

namespace Analyzers.Tests.Rules;

public partial class TW2004_SelfDeadlock
{
    private const string Outer = """
        public async Task<int> M(int x)
        {
            await _s.WaitAsync();
            try
            {
                return await [|this.Get(x + 1)|]; // kept
            }
            finally
            {
                _s.Release();
            }
        }


        """;

    [Theory]
    [InlineData("await _s.WaitAsync();\n    try { return await GetCore(y); } finally { _s.Release(); }")]
    [InlineData("_s.Wait();\n    try { return await this.GetCore(y).ConfigureAwait(false); } finally { _s.Release(); }")]
    public Task Fixes_by_calling_what_the_method_calls(string body)
    {
        var rest = $$"""
            public async Task<int> Get(int y)
            {
                {{body}}
            }

            private async Task<int> GetCore(int y) => await Task.FromResult(y);
            """;
        return Verify.Fixes<Fix>(UsualLocks.Class(Outer + rest), UsualLocks.Class(Outer.Replace("[|this.Get(x + 1)|]", "this.GetCore(x + 1)") + rest));
    }

    [Theory]
    [InlineData("await _s.WaitAsync(); try { _x++; return await GetCore(y); } finally { _s.Release(); }")]
    [InlineData("await _s.WaitAsync(); try { return await GetCore(1); } finally { _s.Release(); }")]
    [InlineData("await _s.WaitAsync(); try { return await GetCore(y) + 1; } finally { _s.Release(); }")]
    [InlineData("_x++; await _s.WaitAsync(); try { return await GetCore(y); } finally { _s.Release(); }")]
    [InlineData("await _s.WaitAsync(); try { return await GetCore(y); } catch { return 0; } finally { _s.Release(); }")]
    [InlineData("await _s.WaitAsync(); try { return await GetCore(y); } finally { _s.Release(); _x++; }")]
    [InlineData("await _s.WaitAsync(); try { return await Locked(y); } finally { _s.Release(); }")]
    public Task No_fix_when_the_method_does_more(string body) => Verify.NoFix<Fix>(UsualLocks.Class(Outer + $$"""
            public async Task<int> Get(int y)
            {
                {{body}}
            }

            private async Task<int> GetCore(int y) => await Task.FromResult(y);

            private async Task<int> Locked(int y)
            {
                if (_rw.TryEnterReadLock(1))
                    _rw.ExitReadLock();
                return await Task.FromResult(y);
            }
            """));

    [Fact]
    public Task No_fix_when_it_is_taken_twice_in_one_body() => Verify.NoFix<Fix>(UsualLocks.Class("""
        public void M()
        {
            _s.Wait();
            [|_s.Wait()|];
        }
        """));

    [Fact]
    public Task Fixes_a_scope() => new Verify.Case { AdditionalFiles = Gate.Rows }.Fixes<Fix>([Gate.Type, """
        public class C
        {
            private readonly Acme.Gate _gate = new();

            public async Task A()
            {
                using (await _gate.TakeAsync())
                {
                    await [|B()|];
                }
            }

            public async Task B()
            {
                using (await _gate.TakeAsync())
                    await BCore();
            }

            private Task BCore() => Task.CompletedTask;
        }
        """], [Gate.Type, """
        public class C
        {
            private readonly Acme.Gate _gate = new();

            public async Task A()
            {
                using (await _gate.TakeAsync())
                {
                    await BCore();
                }
            }

            public async Task B()
            {
                using (await _gate.TakeAsync())
                    await BCore();
            }

            private Task BCore() => Task.CompletedTask;
        }
        """]);
}
