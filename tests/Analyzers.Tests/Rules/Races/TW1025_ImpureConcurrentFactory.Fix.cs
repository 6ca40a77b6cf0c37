using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ImpureConcurrentFactoryFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ImpureConcurrentFactory>;

namespace Analyzers.Tests.Rules;

public partial class TW1025_ImpureConcurrentFactory
{
    [Fact]
    public Task Fixes_by_lazy_values_that_are_made_again_after_a_failure() => Verify.Fixes<Fix>("""
        using System.Collections.Concurrent;

        public class C
        {
            // one for each name
            private readonly ConcurrentDictionary<string, Timer> _timers = new(StringComparer.Ordinal);

            public Timer Get(string name) => _timers.GetOrAdd(name, [|key => new Timer(_ => { }, key, 0, 0)|]);

            public void Start(string name, int period)
            {
                _timers.GetOrAdd(name, [|_ =>
                {
                    // starts at once
                    return new Timer(_ => { }, null, 0, period);
                }|]); // started
                this._timers.GetOrAdd(name, [|Create|]).Change(0, 1);
            }

            public void Stop()
            {
                foreach (var timer in _timers.Values)
                    timer.Change(0, 0);
                Console.WriteLine(nameof(_timers) + _timers.Values.Where(t => t != null).Count());
            }

            private static Timer Create(string name) => new(_ => { });
        }
        """, """
        using System.Collections.Concurrent;

        public class C
        {
            // one for each name
            private readonly ConcurrentDictionary<string, Lazy<Timer>> _timers = new(StringComparer.Ordinal);

            public Timer Get(string name) => _timers.GetOrAdd(name, key => new Lazy<Timer>(() =>
            {
                try
                {
                    return new Timer(_ => { }, key, 0, 0);
                }
                catch
                {
                    _timers.TryRemove(key, out _);
                    throw;
                }
            })).Value;

            public void Start(string name, int period)
            {
                _ = _timers.GetOrAdd(name, key => new Lazy<Timer>(() =>
                {
                    try
                    {
                        // starts at once
                        return new Timer(_ => { }, null, 0, period);
                    }
                    catch
                    {
                        _timers.TryRemove(key, out _);
                        throw;
                    }
                })).Value; // started
                this._timers.GetOrAdd(name, key => new Lazy<Timer>(() =>
                {
                    try
                    {
                        return Create(key);
                    }
                    catch
                    {
                        this._timers.TryRemove(key, out _);
                        throw;
                    }
                })).Value.Change(0, 1);
            }

            public void Stop()
            {
                foreach (var timer in _timers.Values.Where(lazy => lazy.IsValueCreated).Select(lazy => lazy.Value))
                    timer.Change(0, 0);
                Console.WriteLine(nameof(_timers) + _timers.Values.Where(lazy => lazy.IsValueCreated).Select(lazy => lazy.Value).Where(t => t != null).Count());
            }

            private static Timer Create(string name) => new(_ => { });
        }
        """);

    [Theory]
    [InlineData("public Task Get(string k) => _all.GetOrAdd(k, [|k => Task.Run(() => Console.WriteLine(k))|]);",
        "public Task Get(string k) => _all.GetOrAdd(k, k => new Lazy<Task>(() => Task.Run(() => Console.WriteLine(k)))).Value;")]
    [InlineData("public async Task Get(string k) => await _all.GetOrAdd(k, [|async k => { _made++; await Task.Delay(1); }|]);",
        "public async Task Get(string k) => await _all.GetOrAdd(k, k => new Lazy<Task>(async () => { _made++; await Task.Delay(1); })).Value;")]
    [InlineData("public Task Get(string k, int n) => _all.GetOrAdd(k, [|(k, n) => Task.Run(() => Console.WriteLine(k + n))|], n); public void End(string k) { _all.TryRemove(k, out _); _all.Clear(); }",
        "public Task Get(string k, int n) => _all.GetOrAdd(k, (k, n) => new Lazy<Task>(() => Task.Run(() => Console.WriteLine(k + n))), n).Value; public void End(string k) { _all.TryRemove(k, out _); _all.Clear(); }")]
    public Task Fixes_tasks_by_lazy_values_alone(string before, string after) => Verify.Fixes<Fix>(Tasks(before), Tasks(after).Replace("<string, Task>", "<string, Lazy<Task>>"));

    [Theory]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public bool Has(string k) => _timers.ContainsKey(k);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public Timer? Find(string k) => _timers.TryGetValue(k, out var t) ? t : null;")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public void Set(string k, Timer t) => _timers[k] = t;")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public Timer Put(string k, Timer t) => _timers.GetOrAdd(k, t);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public void End(string k) { _timers.TryRemove(k, out _); }")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public int Count() => _timers.Values.Count;")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); public object All() => _timers;")]
    [InlineData("public Timer Get(string k) => _timers.AddOrUpdate(k, [|_ => new Timer(_ => { })|], (_, old) => old);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => { lock (_names) return new Timer(_ => { }); }|]);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => Create(k)|]); private Timer Create(string k) { lock (_names) { } return new Timer(_ => { }); }")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => Create(k)|]); private Timer Create(string k) { _tasks[k].Wait(); return new Timer(_ => { }); }")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => Create(k)|]); private Timer Create(string k) { if (k != \"\") Get(\"\"); return new Timer(_ => { }); }")]
    [InlineData("public Action? Made; public Timer Get(string k) => _timers.GetOrAdd(k, [|k => { Made?.Invoke(); return new Timer(_ => { }); }|]);")]
    [InlineData("protected virtual void OnMade() { } public Timer Get(string k) => _timers.GetOrAdd(k, [|k => { OnMade(); return new Timer(_ => { }); }|]);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => { k += 1; return new Timer(_ => { }); }|]);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]); private C Next() => this; public Timer Other(string k) => Next()._timers.GetOrAdd(k, _ => new Timer(_ => { }));")]
    [InlineData("public interface IMakes { Timer Make(); } private IMakes _makes = null!; public Timer Get(string k) => _timers.GetOrAdd(k, [|k => { _made++; return _makes.Make(); }|]);")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(valueFactory: [|k => new Timer(_ => { })|], key: k);")]
    public Task Offers_nothing_where_a_lazy_value_means_something_else(string members) => Verify.NoFix<Fix>(Class("    " + members));

    [Fact]
    public Task Offers_nothing_for_what_others_see_or_a_local() => Verify.NoFix<Fix>("""
        using System.Collections.Concurrent;

        public class C
        {
            internal readonly ConcurrentDictionary<string, Timer> _shown = new();
            private readonly Lazy<Timer> _timer = new([|() => new Timer(_ => { })|], LazyThreadSafetyMode.PublicationOnly);

            public Timer Get(string k) => _shown.GetOrAdd(k, [|_ => new Timer(_ => { })|]);
            public Timer One() => _timer.Value;
        }

        public class Other
        {
            public int Count(C c) => c._shown.Count;
        }
        """);

    private static string Tasks(string members) => $$"""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentDictionary<string, Task> _all = new ConcurrentDictionary<string, Task>();
            private int _made;

            {{members}}
        }
        """;
}
