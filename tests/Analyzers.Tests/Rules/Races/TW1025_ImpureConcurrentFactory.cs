using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ImpureConcurrentFactory>;

namespace Analyzers.Tests.Rules;

public partial class TW1025_ImpureConcurrentFactory
{
    private static string Class(string members) => $$"""
        using System.Collections.Concurrent;

        public class C
        {
            private readonly ConcurrentDictionary<string, Timer> _timers = new();
            private readonly ConcurrentDictionary<string, Task> _tasks = new();
            private readonly ConcurrentDictionary<string, List<int>> _lists = new();
            private readonly ConcurrentDictionary<string, Lazy<Timer>> _lazy = new();
            private readonly ConcurrentDictionary<string, string> _names = new();
            private int _made;

        {{members}}
        }
        """;

    [Fact]
    public Task Fires_on_an_object_that_has_to_be_disposed_of() => Verify.Fires(Class("""
            public Timer Get(string k) => _timers.GetOrAdd(k, [|_ => new Timer(_ => { })|]);
        """), "'GetOrAdd' of '_timers' may run this for several callers at once and keep one result, though it creates a 'Timer', of which all but one are never disposed of");

    [Fact]
    public Task Fires_on_work_that_is_started() => Verify.Fires(Class("""
            public Task Get(string k) => _tasks.GetOrAdd(k, [|k => Task.Run(() => Console.WriteLine(k))|]);
        """));

    [Fact]
    public Task Fires_on_an_effect() => Verify.Fires(Class("""
            public string Get(string k) => _names.GetOrAdd(k, [|k =>
            {
                _made++;
                return k;
            }|]);

            public string Count(string k) => _names.GetOrAdd(k, [|k =>
            {
                Interlocked.Increment(ref _made);
                return k;
            }|]);
        """));

    [Fact]
    public Task Fires_on_a_change_of_what_others_have() => Verify.Fires(Class("""
            public void Add(string k, int x) => _lists.AddOrUpdate(k, _ => [x], [|(_, list) =>
            {
                list.Add(x);
                return list;
            }|]);
        """));

    [Fact]
    public Task Silent_on_what_may_be_made_twice() => Verify.Silent(Class("""
            public string Name(string k) => _names.GetOrAdd(k, k => k.ToUpperInvariant());
            public List<int> List(string k) => _lists.GetOrAdd(k, _ => new List<int>());

            public List<int> Filled(string k) => _lists.GetOrAdd(k, _ =>
            {
                var list = new List<int>();
                list.Add(1);
                return list;
            });
        """));

    [Fact]
    public Task Silent_when_the_value_is_made_later_and_once() => Verify.Silent(Class("""
            public Timer Get(string k) => _lazy.GetOrAdd(k, _ => new Lazy<Timer>(() => new Timer(_ => { }))).Value;
        """));

    [Fact]
    public Task Silent_on_a_value_that_is_there_already() => Verify.Silent(Class("""
            public Timer Get(string k, Timer timer) => _timers.GetOrAdd(k, timer);
        """));

    [Fact]
    public Task Silent_under_a_lock_and_in_construction() => Verify.Silent(Class("""
            public C() => _timers.GetOrAdd("", _ => new Timer(_ => { }));

            public Timer Get(string k)
            {
                lock (_names)
                    return _timers.GetOrAdd(k, _ => new Timer(_ => { }));
            }
        """));

    [Theory]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|Create|]); private Timer Create(string k) => new Timer(_ => { });")]
    [InlineData("public Timer Get(string k) => _timers.GetOrAdd(k, [|k => Create(k)|]); private static Timer Create(string k) => new Timer(_ => { });")]
    [InlineData("public string Get(string k) => _names.GetOrAdd(k, [|Create|]); private string Create(string k) { _made++; return k; }")]
    [InlineData("private event Action Added; public string Get(string k) => _names.GetOrAdd(k, [|k => { Added?.Invoke(); return k; }|]);")]
    [InlineData("private readonly ConcurrentDictionary<string, Thread> _threads = new(); public Thread Get(string k) => _threads.GetOrAdd(k, [|k => { var t = new Thread(() => { }); t.Start(); return t; }|]);")]
    [InlineData("private readonly ConcurrentDictionary<string, System.Diagnostics.Process> _all = new(); public object Get(string k) => _all.GetOrAdd(k, [|k => System.Diagnostics.Process.Start(k)|]);")]
    [InlineData("private System.Reflection.Emit.ModuleBuilder _m; private readonly ConcurrentDictionary<string, Type> _all = new(); public Type Get(string k) => _all.GetOrAdd(k, [|k => _m.DefineType(k).CreateType()|]);")]
    public Task Fires_on_every_effect_and_in_what_is_called(string members) => Verify.Fires(Class("    " + members));

    [Fact]
    public Task Fires_on_a_lazy_value_whose_function_runs_for_several() => Verify.Fires("""
        public class C
        {
            private readonly Lazy<Timer> _timer = new([|() => new Timer(_ => { })|], LazyThreadSafetyMode.PublicationOnly);
            public Timer Get() => _timer.Value;
        }
        """);

    [Theory]
    [InlineData("new(() => new Timer(_ => { }))")]
    [InlineData("new(() => new Timer(_ => { }), LazyThreadSafetyMode.ExecutionAndPublication)")]
    public Task Silent_on_a_lazy_value_whose_function_runs_once(string value) => Verify.Silent($$"""
        public class C
        {
            private readonly Lazy<Timer> _timer = {{value}};
            private readonly Lazy<string> _text = new(() => "a".ToUpper(), LazyThreadSafetyMode.PublicationOnly);
            public object Get() => (_timer.Value, _text.Value);
        }
        """);
}
