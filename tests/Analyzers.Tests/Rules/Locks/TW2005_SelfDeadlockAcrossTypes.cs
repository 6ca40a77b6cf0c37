using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SelfDeadlockAcrossTypes>;

namespace Analyzers.Tests.Rules;

public class TW2005_SelfDeadlockAcrossTypes
{
    private static string Cache(string body, string other = "", string semaphore = "new(1, 1)") => $$"""
        public class Cache
        {
            private readonly SemaphoreSlim _turn = {{semaphore}};
            private readonly Loader _loader = new();
            public async Task GetAsync() { await _turn.WaitAsync(); try { {{body}} } finally { _turn.Release(); } }
            public async Task PutAsync() { await _turn.WaitAsync(); try { await Task.Yield(); } finally { _turn.Release(); } }
        }

        public class Loader
        {
            public async Task LoadAsync(Cache cache) { await Task.Yield(); await cache.PutAsync(); }
            public Task LoadLater(Cache cache) => Task.Run(() => cache.PutAsync());
            {{other}}
        }
        """;

    [Fact]
    public Task Fires_when_another_type_calls_back() => Verify.Fires(
        Cache("await [|_loader.LoadAsync(this)|];"),
        "'Cache.GetAsync' → 'Loader.LoadAsync' → 'Cache.PutAsync' takes 'Cache._turn' again while 'Cache.GetAsync' holds it (Test0.cs:5); the lock is not re-entrant, so this waits for ever");

    [Fact]
    public Task Fires_on_a_static_lock() => Verify.Fires("""
        public static class Gate { private static readonly SemaphoreSlim Turn = new(1, 1); public static void Run() { Turn.Wait(); try { [|Work.Do()|]; } finally { Turn.Release(); } } public static void Log() { Turn.Wait(); try { } finally { Turn.Release(); } } }
        public static class Work { public static void Do() { Gate.Log(); } }
        """);

    [Fact]
    public Task Fires_through_a_base_class() => Verify.Fires("""
        public class Base { protected readonly SemaphoreSlim Turn = new(1, 1); public void Log() { Turn.Wait(); try { } finally { Turn.Release(); } } }
        public class Derived : Base { public void Run() { Turn.Wait(); try { [|Log()|]; } finally { Turn.Release(); } } }
        """);

    [Fact]
    public Task Fires_on_a_reader_writer_lock_across_types() => Verify.Fires("""
        public class Store { private readonly ReaderWriterLockSlim _rw = new(); private readonly Index _index = new(); public void Write() { _rw.EnterWriteLock(); try { [|_index.Update(this)|]; } finally { _rw.ExitWriteLock(); } } public int Read() { _rw.EnterReadLock(); try { return 1; } finally { _rw.ExitReadLock(); } } }
        public class Index { public void Update(Store store) { store.Read(); } }
        """);

    [Theory]
    [InlineData("_ = _loader.LoadAsync(this);")]
    [InlineData("await _loader.LoadLater(this);")]
    [InlineData("await _loader.LoadAsync(new Cache());")]
    public Task Silent_when_not_awaited_elsewhere_or_another_object(string body) => Verify.Silent(Cache(body));

    [Fact]
    public Task Silent_on_a_semaphore_that_admits_two() => Verify.Silent(Cache("await _loader.LoadAsync(this);", semaphore: "new(2, 2)"));

    [Fact]
    public Task Silent_when_the_other_cache_is_some_cache() => Verify.Silent(Cache("await _loader.LoadHereAsync();", "private readonly Cache _cache = new(); public Task LoadHereAsync() => LoadAsync(_cache);"));

    [Fact]
    public Task Silent_on_reentrant_locks() => Verify.Silent("""
        public class A { private readonly object _g = new(); private readonly B _b = new(); public void M() { lock (_g) { _b.N(this); } } public void P() { lock (_g) { } } }
        public class B { public void N(A a) { a.P(); } }
        """);

    [Fact]
    public Task Silent_when_one_type_alone_does_it() => Verify.Silent("""
        public class A { private readonly SemaphoreSlim _s = new(1, 1); public void M() { _s.Wait(); try { P(); } finally { _s.Release(); } } private void P() { _s.Wait(); _s.Release(); } }
        """);

    [Fact]
    public Task Silent_when_others_may_release_it() => Verify.Silent("""
        public class A { public readonly SemaphoreSlim S = new(1, 1); private readonly B _b = new(); public void M() { S.Wait(); try { _b.N(this); } finally { S.Release(); } } public void P() { S.Wait(); try { } finally { S.Release(); } } }
        public class B { public void N(A a) { a.S.Release(); a.P(); a.S.Wait(); } }
        """);
}
