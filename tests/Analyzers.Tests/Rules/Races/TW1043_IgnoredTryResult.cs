using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.IgnoredTryResultFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.IgnoredTryResult>;

namespace Analyzers.Tests.Rules;

public partial class TW1043_IgnoredTryResult
{
    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentDictionary<string, Timer> _d = new();
            private readonly ConcurrentDictionary<string, int> _n = new();
            private readonly ConcurrentQueue<Timer> _q = new();
            private readonly object _g = new();

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_when_the_caller_is_told_that_it_was_added() => Verify.Fires(Class("""
            public bool Lock(string k)
            {
                [|_n.TryAdd(k, 1)|];
                return true;
            }
        """), "'C.Lock' does not ask whether 'TryAdd' of '_n' succeeded, though the caller is told that it was added");

    [Fact]
    public Task Fires_when_what_may_not_be_there_is_used() => Verify.Fires(Class("""
            public void Stop(string k)
            {
                [|_d.TryRemove(k, out var timer)|];
                timer!.Dispose();
            }

            public void Next()
            {
                [|_q.TryDequeue(out var timer)|];
                timer!.Dispose();
            }
        """));

    [Fact]
    public Task Fires_when_what_may_not_be_the_one_is_returned() => Verify.Fires(Class("""
            public Timer Start(string k)
            {
                var timer = new Timer(_ => { });
                [|_d.TryAdd(k, timer)|];
                return timer;
            }
        """));

    [Fact]
    public Task Silent_when_it_does_not_matter() => Verify.Silent(Class("""
            public void Add(string k) => _n.TryAdd(k, 1);

            public void Remove(string k)
            {
                _n.TryRemove(k, out _);
                Console.WriteLine();
            }
        """));

    [Fact]
    public Task Silent_when_it_is_asked() => Verify.Silent(Class("""
            public bool Add(string k) => _n.TryAdd(k, 1);

            public void Stop(string k)
            {
                if (_d.TryRemove(k, out var timer))
                    timer.Dispose();
                _d.TryRemove(k, out var other);
                other?.Dispose();
                _q.TryDequeue(out var next);
                if (next != null)
                    next.Dispose();
            }
        """));

    [Fact]
    public Task Silent_under_a_lock_and_in_construction() => Verify.Silent(Class("""
            public C()
            {
                _q.TryDequeue(out var timer);
                timer!.Dispose();
            }

            public bool Lock(string k)
            {
                lock (_g)
                {
                    _n.TryAdd(k, 1);
                    return true;
                }
            }
        """));

    [Fact]
    public Task Fixes_what_follows() => Verify.Fixes<Fix>(Class("""
            public bool Lock(string k)
            {
                // mine
                [|_n.TryAdd(k, 1)|];
                return true; // done
            }

            public Timer Start(string k)
            {
                var timer = new Timer(_ => { });
                [|_d.TryAdd(k, timer)|];
                return timer;
            }

            public void Stop(string k)
            {
                [|_d.TryRemove(k, out var timer)|];
                timer!.Dispose(); // over
            }
        """), Class("""
            public bool Lock(string k)
            {
                // mine
                return _n.TryAdd(k, 1); // done
            }

            public Timer Start(string k)
            {
                var timer = new Timer(_ => { });
                return _d.GetOrAdd(k, timer);
            }

            public void Stop(string k)
            {
                if (_d.TryRemove(k, out var timer))
                {
                    timer!.Dispose(); // over
                }
            }
        """));

    [Fact]
    public Task No_fix_when_more_depends_on_it() => Verify.NoFix<Fix>(Class("""
            public void Stop(string k)
            {
                [|_d.TryRemove(k, out var timer)|];
                timer!.Dispose();
                Console.WriteLine(timer);
            }
        """));

    [Theory]
    [InlineData("public bool M(string k) { [|_n.TryRemove(k, out _)|]; return true; }")]
    [InlineData("public bool M(string k) { [|_n.TryUpdate(k, 2, 1)|]; return true; }")]
    [InlineData("public Task<bool> M(string k) { [|_n.TryAdd(k, 1)|]; return Task.FromResult(true); }")]
    public Task Fires_when_the_caller_is_told_that_it_succeeded(string member) => Verify.Fires(Class("    " + member));

    [Theory]
    [InlineData("public bool M(string k) { if (_q.IsEmpty) _n.TryRemove(k, out _); return true; }")]
    [InlineData("public bool M(string k) { _q.Clear(); _n.TryRemove(k, out _); return true; }")]
    public Task Silent_when_something_else_succeeded(string member) => Verify.Silent(Class("    " + member));

    [Fact]
    public Task Fires_on_a_mark_that_is_taken_away_by_who_did_not_set_it() => Verify.Fires(Class("""
            public void Do(string k)
            {
                [|_n.TryAdd(k, 1)|];
                try
                {
                    Console.WriteLine(k);
                }
                finally
                {
                    _n.TryRemove(k, out _);
                }
            }
        """));

    [Fact]
    public Task Fires_on_what_a_count_said_was_there() => Verify.Fires(Class("""
            public void Next()
            {
                if (_q.Count > 0)
                {
                    [|_q.TryDequeue(out var timer)|];
                    timer!.Dispose();
                }
            }
        """));
}
