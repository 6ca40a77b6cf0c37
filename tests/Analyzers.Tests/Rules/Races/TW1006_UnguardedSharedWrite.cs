using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWrite>;

namespace Analyzers.Tests.Rules;

/// <summary>What is evidence that code runs beside other code, and which accesses then collide.</summary>
public class TW1006_UnguardedSharedWrite
{
    private static Verify.Case Hosted => new() { Library = HostStubs.Source };

    private static Task Fires(string members) => Verify.Fires(Class(members));

    private static Task Silent(string members) => Verify.Silent(Class(members));

    private static string Class(string members) => $$"""
        public class C
        {
            private int _count;
            private readonly List<int> _list = new();
            private readonly Dictionary<int, int> _map = new();
            private Timer _timer;

        {{members}}
        }
        """;

    [Fact]
    public Task Names_both_sides_and_the_evidence() => Verify.Fires("""
        public class Cache
        {
            private readonly Dictionary<int, string> _rows = new();
            private readonly Timer _timer;
            public Cache() => _timer = new Timer(_ => Sweep(), null, 0, 1000);
            public string Get(int id) => _rows[id];
            private void Sweep() => [|_rows|].Clear();
        }
        """, "'Cache._rows' is changed in 'Cache.Sweep' while 'Cache.Get' reads it (Test0.cs:6): 'Timer.Timer' runs on another thread, and no lock guards it");

    [Fact]
    public Task C3_91_Fires_on_work_of_the_pool_beside_a_public_member() => Fires("""
        public void Begin() => _ = Task.Run(() => [|_count|]++);
        public void Forget() => _count = 0;
        """);

    [Fact]
    public Task C3_92_Silent_on_work_that_is_awaited() => Silent("""
        public async Task Do() => await Task.Run(() => _count++);
        public void Forget() => _count = 0;
        """);

    [Fact]
    public Task C3_97_Fires_on_a_timer_beside_a_public_member() => Fires("""
        public void Begin() => _timer = new Timer(Tick, null, 0, 10);
        public int Get(int k) => _map[k];
        private void Tick(object state) => [|_map|][1] = 2;
        """);

    [Fact]
    public Task C3_98_Silent_on_a_loop_with_a_periodic_timer() => Silent("""
        public async Task Loop()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync())
                _map[1] = _count++;
        }
        """);

    [Fact]
    public Task C3_100_Fires_on_a_static_of_a_controller_and_not_on_its_own_field() => Hosted.Fires("""
        public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private static readonly Dictionary<int, int> s_map = new();
            private readonly Dictionary<int, int> _own = new();
            public void Put(int k) { [|s_map|][k] = 1; _own[k] = 1; }
            public int Get(int k) => s_map[k] + _own[k];
        }
        """);

    [Fact]
    public Task C3_101_Fires_on_a_field_of_middleware() => Verify.Fires("""
        public class HttpContext { }
        public delegate Task RequestDelegate(HttpContext context);

        public class Counting
        {
            private readonly RequestDelegate _next;
            private int _count;
            public Counting(RequestDelegate next) => _next = next;
            public Task InvokeAsync(HttpContext context)
            {
                [|_count|]++;
                return _next(context);
            }
        }
        """);

    [Fact]
    public Task C3_104_Silent_in_an_actor() => Verify.Silent("""
        namespace Orleans { public abstract class Grain { } }
        public class Counter : Orleans.Grain
        {
            private int _count;
            public Task Add() { _count++; return Task.CompletedTask; }
            public Task<int> Get() => Task.FromResult(_count);
        }
        """);

    [Fact]
    public Task C3_104_Fires_on_work_that_an_actor_hands_to_the_pool() => Verify.Fires("""
        namespace Orleans { public abstract class Grain { } }
        public class Counter : Orleans.Grain
        {
            private int _count;
            public Task Add() { _ = Task.Run(() => [|_count|]++); return Task.CompletedTask; }
            public Task Remove() { [|_count|]--; return Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task C3_109_Silent_without_any_evidence() => Verify.Silent("""
        public class C
        {
            public int Count;
            private readonly List<int> _list = new();
            public void Add(int i) { _list.Add(i); Count++; }
            public int Last() => _list[^1];
        }
        """);

    [Fact]
    public Task C3_110_Fires_in_a_type_that_says_it_is_safe_and_not_in_a_helper_nobody_calls() => Verify.Fires("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private int _x;
            public void Add() => [|_x|]++;
            private void Unused() => _x++;
        }
        """);

    [Fact]
    public Task C3_111_Fires_once_in_a_helper_however_many_call_it() => Verify.Fires("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private int _x;
            public void Add() => Change();
            public void AddTwo() { Change(); Change(); }
            private void Change() => [|_x|]++;
        }
        """);

    [Fact]
    public Task C3_112_Silent_in_users_tests() => Verify.Silent("""
        public class FactAttribute : Attribute { }

        public class Tests
        {
            private int _x;
            [Fact] public void A() { Task.Run(() => _x++); _x++; }
            [Fact] public void B() => _x--;
        }
        """);

    [Fact]
    public Task C3_113_Fires_on_a_handler_of_an_event_of_another_thread() => Fires("""
        public void Watch(System.IO.FileSystemWatcher watcher) => watcher.Changed += OnChanged;
        public int Last() => _list[0];
        private void OnChanged(object sender, System.IO.FileSystemEventArgs e) => [|_list|].Add(1);
        """);

    [Fact]
    public Task C3_114_Silent_on_a_type_that_only_implements_an_interface() => Verify.Silent("""
        public interface ICounter { void Add(); int Count { get; } }

        public class Counter : ICounter
        {
            private readonly List<int> _all = new();
            public void Add() => _all.Add(1);
            public int Count => _all.Count;
        }
        """);

    [Fact]
    public Task C3_115_Silent_on_a_job_that_runs_one_at_a_time() => Verify.Silent("""
        public class DisallowConcurrentExecutionAttribute : Attribute { }
        public interface IJob { Task Execute(); }

        [DisallowConcurrentExecution]
        public class Job : IJob
        {
            private int _runs;
            public async Task Execute() { _runs++; await Task.Run(() => Console.WriteLine()); _runs--; }
        }
        """);

    [Fact]
    public Task C3_116_Silent_on_what_is_done_before_the_timer_starts() => Silent("""
        public void Begin()
        {
            _list.Add(1);
            _timer = new Timer(Tick, null, 0, 10);
        }
        private void Tick(object state) => Console.WriteLine(_list[0]);
        """);

    [Fact]
    public Task C3_116_Fires_on_what_is_done_after_it() => Fires("""
        public void Begin()
        {
            _timer = new Timer(Tick, null, 0, 10);
            [|_list|].Add(1);
        }
        private void Tick(object state) => Console.WriteLine(_list[0]);
        """);

    [Fact]
    public Task C3_117_Silent_on_counters_that_are_changed_in_one_step() => Silent("""
        private static int s_count;
        public void Begin() => _ = Task.Run(() => Interlocked.Increment(ref s_count));
        public void End() => Interlocked.Decrement(ref s_count);
        """);

    [Fact]
    public Task C3_99_Fires_on_the_loop_of_a_hosted_service_beside_a_public_member() => Hosted.Fires("""
        public class Worker : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly Dictionary<int, int> _state = new();
            public int Get(int k) => _state[k];
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                while (!stop.IsCancellationRequested)
                {
                    await Task.Delay(1000, stop);
                    [|_state|][1] = 2;
                }
            }
        }
        """);

    [Fact]
    public Task Silent_when_some_code_takes_a_lock() => Silent("""
        private readonly object _g = new();
        public void Begin() => _ = Task.Run(() => { lock (_g) _count++; });
        public void Forget() { lock (_g) _count = 0; }
        """);

    [Fact]
    public Task Silent_on_a_thread_that_does_all_the_work() => Silent("""
        public void Begin() => new Thread(Loop).Start();
        public void Add(int i) => _list.Add(i);
        private void Loop() => _list.Clear();
        """);

    [Fact]
    public Task Silent_on_a_number_of_one_word_that_is_read() => Silent("""
        public void Begin() => _ = Task.Run(() => _count++);
        public int Count => _count;
        public int Size => _list.Count;
        """);

    [Fact]
    public Task C3_105_Silent_on_handlers_of_one_user_interface() => Hosted.Silent("""
        public class Window : System.Windows.Forms.Control
        {
            private int _clicks;
            private void OnClick(object sender, EventArgs e) => _clicks++;
            private void OnReset(object sender, EventArgs e) => _clicks = 0;
            public void Wire() { Click += OnClick; BeginInvoke(new Action(() => _clicks++)); }
        }
        """);

    [Fact]
    public Task C3_105_Fires_on_work_of_the_pool_that_changes_a_field_of_the_window() => Hosted.Fires("""
        public class Window : System.Windows.Forms.Control
        {
            private int _clicks;
            public void Wire() => Click += OnClick;
            public void Begin() => _ = Task.Run(() => [|_clicks|]++);
            protected void OnClick(object sender, EventArgs e) => [|_clicks|]++;
        }
        """);

    [Theory]
    [InlineData("private readonly HashSet<int> _x = new();", "[|_x|].Add(1)", "_x.Contains(2)")]
    [InlineData("private readonly IDictionary<int, int> _x = new Dictionary<int, int>();", "[|_x|][1] = 2", "_x.ContainsKey(2)")]
    [InlineData("private readonly Queue<int> _x = new();", "[|_x|].Enqueue(1)", "_x.Contains(2)")]
    public Task Fires_on_every_kind_of_collection(string state, string change, string use) => Fires($$"""
        {{state}}
        public void Begin() => _timer = new Timer(Tick, null, 0, 10);
        public bool Has() => {{use}};
        private void Tick(object state) { {{change}}; }
        """);

    [Theory]
    [InlineData("public void Begin(Task done) => done.ContinueWith(_ => [|_list|].Add(1));")]
    [InlineData("public void Begin(Task done) => done.ContinueWith(Add); private void Add(Task t) => [|_list|].Add(1);")]
    [InlineData("public void Begin() => ThreadPool.QueueUserWorkItem(_ => [|_list|].Add(1));")]
    [InlineData("public void Begin(System.Net.Http.HttpClient h) => h.GetStringAsync(\"a\").ContinueWith(t => { [|_list|].Add(t.Result.Length); });")]
    [InlineData("public void Begin(System.Timers.Timer t) => t.Elapsed += (_, _) => [|_list|].Add(1);")]
    public Task Fires_on_a_list_that_work_of_another_thread_changes(string start) => Fires(start + " public int First() => _list[0];");

    [Fact]
    public Task Fires_on_a_loop_over_a_list_that_a_timer_changes() => Fires("""
        public void Begin() => _timer = new Timer(_ => [|_list|].Add(1), null, 0, 10);
        public int Sum()
        {
            var sum = 0;
            foreach (var i in _list)
                sum += i;
            return sum;
        }
        """);

    [Fact]
    public Task Fires_on_a_collection_of_a_type_that_says_it_is_safe() => Verify.Fires("""
        public class ThreadSafeAttribute : Attribute { }

        [ThreadSafe]
        public class C
        {
            private readonly List<int> _all = new();
            public void Add(int i) => [|_all|].Add(i);
            public int First() => _all[0];
        }
        """);

    [Fact]
    public Task Fires_on_a_collection_of_middleware() => Verify.Fires("""
        public class HttpContext { public string Path; }
        public delegate Task RequestDelegate(HttpContext context);

        public class Hits
        {
            private readonly RequestDelegate _next;
            private readonly Dictionary<string, int> _hits = new();
            public Hits(RequestDelegate next) => _next = next;
            public Task InvokeAsync(HttpContext context)
            {
                [|_hits|][context.Path] = 1;
                return _next(context);
            }
        }
        """);

    [Theory]
    [InlineData("private static readonly Dictionary<int, string> s_x = new();", "public", "if (!s_x.TryGetValue(k, out var v)) [|s_x|].Add(k, v = \"\"); return v;")]
    [InlineData("private static readonly Dictionary<int, string> s_x = new();", "public static", "if (!s_x.TryGetValue(k, out var v)) [|s_x|][k] = v = \"\"; return v;")]
    [InlineData("private static readonly IDictionary<int, string> s_x = new Dictionary<int, string>();", "public", "if (!s_x.TryGetValue(k, out var v)) [|s_x|].Add(k, v = \"\"); return v;")]
    [InlineData("private static readonly IList<string> s_x = new List<string>();", "public", "[|s_x|].Add(k.ToString()); return s_x[0];")]
    public Task Fires_on_a_static_collection_of_a_controller(string state, string modifiers, string body) => Hosted.Fires($$"""
        public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            {{state}}
            {{modifiers}} string Get(int k) { {{body}} }
        }
        """);

    [Fact]
    public Task Fires_on_a_static_collection_that_work_of_the_pool_changes() => Verify.Fires("""
        public static class Names
        {
            private static readonly Dictionary<int, string> Cache = new();
            public static void Fill() => Task.Run(() => [|Cache|].Add(1, "a"));
            public static string Get(int k) => Cache[k];
        }
        """);

    [Theory]
    [InlineData("private static readonly Dictionary<int, int> s_x = new() { [1] = 2 };", "return s_x[k];")]
    [InlineData("private static readonly Dictionary<int, int> s_x = new(); static HomeController() { s_x[1] = 2; s_x.Add(2, 3); }", "return s_x[k];")]
    [InlineData("private static readonly Dictionary<int, int> s_x = Make(); private static Dictionary<int, int> Make() { var x = new Dictionary<int, int>(); x.Add(1, 2); return x; }", "return s_x[k];")]
    [InlineData("private static readonly object s_g = new(); private static readonly Dictionary<int, int> s_x = new();", "lock (s_g) { s_x.TryAdd(k, k); return s_x[k]; }")]
    [InlineData("private static readonly IDictionary<int, int> s_x = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();", "s_x[k] = 1; return s_x[k];")]
    [InlineData("[ThreadStatic] private static Dictionary<int, int> t_x;", "t_x ??= new(); t_x[k] = 1; return t_x[k];")]
    public Task Silent_on_a_static_collection_that_is_filled_before_locked_or_of_each_thread(string state, string body) => Hosted.Silent($$"""
        public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            {{state}}
            public int Get(int k) { {{body}} }
        }
        """);

    [Fact]
    public Task Silent_in_generated_code() => Hosted.Silent("""
        // <auto-generated/>
        public class HomeController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private static readonly Dictionary<int, int> s_x = new();
            public int Get(int k) { s_x[k] = 1; return s_x[k]; }
        }
        """);

    [Fact]
    public Task Silent_on_a_static_collection_of_a_test() => Verify.Silent("""
        public class FactAttribute : Attribute { }

        public class Tests
        {
            private static readonly Dictionary<int, int> s_x = new();
            [Fact] public void A() => Task.Run(() => s_x[1] = 2);
            [Fact] public void B() => s_x.Add(2, 3);
        }
        """);

    [Theory]
    [InlineData("private readonly IDictionary<int, int> _x = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();", "_x[1] = 2", "_x[k]")]
    [InlineData("private readonly IDictionary<int, int> _x; public C() => _x = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();", "_x[1] = 2", "_x[k]")]
    [InlineData("private System.Collections.Immutable.ImmutableDictionary<int, int> _x = System.Collections.Immutable.ImmutableDictionary<int, int>.Empty;", "System.Collections.Immutable.ImmutableInterlocked.TryAdd(ref _x, 1, 2)", "_x[k]")]
    public Task Silent_when_the_collection_is_safe(string state, string change, string use) => Silent($$"""
        {{state}}
        public void Begin() => _timer = new Timer(Tick, null, 0, 10);
        public int Get(int k) => {{use}};
        private void Tick(object state) { {{change}}; }
        """);

    [Theory]
    [InlineData("public void Watch(System.IO.FileSystemWatcher watcher) => watcher.Changed += (_, _) => [|_count|]++; public void Reset() => _count = 0;")]
    [InlineData("public event Action Changed { add { [|_count|]++; } remove { _list.Clear(); } } public void Begin(System.Timers.Timer t) => t.Elapsed += (_, _) => Changed += null; public void Reset() => _count = 0;")]
    public Task Fires_on_a_number_that_handlers_and_accessors_of_events_change(string members) => Fires(members);
}
