using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.StartedBeforeInitialized>;

namespace Analyzers.Tests.Rules;

/// <summary>What runs before what it needs is there.</summary>
public class TW1036_StartedBeforeInitialized
{
    [Fact]
    public Task Names_the_field_and_where_it_is_read() => Verify.Fires("""
        public class Meter
        {
            private readonly Timer _timer;
            private readonly List<int> _window;
            public Meter()
            {
                _timer = new Timer([|_ => Tick()|], null, 0, 100);
                _window = new List<int>();
            }
            private void Tick() => _window.Add(1);
        }
        """, "'Meter._window' is assigned in 'Meter.Meter' (Test0.cs:8) after the work started here, which reads it in 'Meter.Tick' (Test0.cs:10)");

    [Fact]
    public Task C2_61_Fires_on_work_of_the_pool() => Verify.Fires("""
        public class C
        {
            private string _name;
            public C()
            {
                Task.Run([|Work|]);
                _name = "c";
            }
            private void Work() => Console.WriteLine(_name.Length);
        }
        """);

    [Fact]
    public Task Fires_on_a_subscription() => Verify.Fires("""
        public class C
        {
            private List<string> _names;
            public C(System.IO.FileSystemWatcher watcher)
            {
                watcher.Changed += [|OnChanged|];
                _names = new();
            }
            private void OnChanged(object sender, System.IO.FileSystemEventArgs e) => _names.Add(e.Name);
        }
        """);

    [Fact]
    public Task C2_62_Silent_when_the_start_comes_last() => Verify.Silent("""
        public class C
        {
            private readonly Timer _timer;
            private readonly List<int> _window;
            public C()
            {
                _window = new List<int>();
                _timer = new Timer(_ => _window.Add(1), null, 0, 100);
            }
        }
        """);

    [Theory]
    [InlineData("Timeout.Infinite, Timeout.Infinite")]
    [InlineData("Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan")]
    [InlineData("-1, 100")]
    public Task Silent_when_the_timer_is_set_off_later(string times) => Verify.Silent($$"""
        public class C
        {
            private readonly Timer _timer;
            private readonly List<int> _window;
            public C()
            {
                _timer = new Timer(_ => _window.Add(1), null, {{times}});
                _window = new List<int>();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_work_does_not_read_it() => Verify.Silent("""
        public class C
        {
            private readonly Timer _timer;
            private readonly List<int> _window, _other = new();
            public C()
            {
                _timer = new Timer(_ => _other.Add(1), null, 0, 100);
                _window = new List<int>();
            }
            public int Count => _window.Count;
        }
        """);

    [Fact]
    public Task Silent_on_the_field_of_the_timer_itself_and_on_one_that_has_a_value() => Verify.Silent("""
        public class C
        {
            private readonly Timer _timer;
            private int[] _window = new int[1];
            public C()
            {
                _timer = new Timer(_ => { _timer.Change(10, 10); _window[0]++; }, null, 1000, 100);
                _window = new int[100];
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_work_looks_whether_it_is_there() => Verify.Silent("""
        public class C
        {
            private readonly Timer _timer;
            private List<int> _window;
            public C()
            {
                _timer = new Timer(_ => { if (_window != null) _window.Add(1); _window?.Clear(); }, null, 0, 100);
                _window = new();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_work_is_awaited_before() => Verify.Silent("""
        public class C
        {
            private string _name;
            public async Task StartAsync()
            {
                await Task.Run(Work);
                _name = "c";
            }
            private void Work() => Console.WriteLine(_name.Length);
        }
        """);

    private static string Constructor(string body) => $$"""
        public class C
        {
            private readonly Timer _timer;
            private readonly List<int> _window;
            private readonly string _name;
            private int _period;
            public C(int k)
            {
                {{body}}
            }
            private void Tick() => _window.Add(_name.Length);
        }
        """;

    [Theory]
    [InlineData("""
        _timer = new Timer([|_ => Tick()|], null, 0, k);
                _window = new List<int>();
                _name = "c";
        """, """
        _window = new List<int>();
                _name = "c";
                _timer = new Timer(_ => Tick(), null, 0, k);
        """)]
    [InlineData("""
        Task.Run([|Tick|]);
                // What it reads.
                _window = new();
                _name = "c"; // Not yet used.
        """, """
        // What it reads.
                _window = new();
                _name = "c"; // Not yet used.
                Task.Run(Tick);
        """)]
    public Task Starts_it_last(string marked, string @fixed) => Verify.Fixes<StartedBeforeInitializedFix>(Constructor(marked), Constructor(@fixed));

    [Theory]
    [InlineData("""
        _timer = new Timer([|_ => Tick()|], null, 0, _period);
                _period = 1;
                _window = new List<int>();
        """)]
    [InlineData("""
        _timer = new Timer([|_ => Tick()|], null, 0, k);
                _timer.Change(1, 1);
                _window = new List<int>();
        """)]
    [InlineData("""
        _timer = new Timer([|_ => Tick()|], null, 0, k);
                _name = Console.ReadLine();
                _window = new List<int>();
        """)]
    [InlineData("""
        // At once.
                _timer = new Timer([|_ => Tick()|], null, 0, k);
                _window = new List<int>();
        """)]
    public Task Offers_nothing_where_more_may_depend_on_the_order(string body) => Verify.NoFix<StartedBeforeInitializedFix>(Constructor(body));

    [Theory]
    [InlineData("new Thread([|Work|]).Start();")]
    [InlineData("var thread = new Thread([|Work|]); thread.Start();")]
    [InlineData("token.Register([|Work|]);")]
    [InlineData("Task.Factory.StartNew([|Work|]);")]
    [InlineData("ThreadPool.QueueUserWorkItem([|_ => Work()|]);")]
    public Task Fires_on_every_start(string start) => Verify.Fires($$"""
        public class C
        {
            private string _name;
            public C(CancellationToken token)
            {
                {{start}}
                _name = "c";
            }
            private void Work() => Console.WriteLine(_name.Length);
        }
        """);

    [Fact]
    public Task Fires_in_a_method_that_starts_the_object() => Verify.Fires("""
        public class C
        {
            private Timer _timer;
            private List<int> _window;
            public void Start()
            {
                _timer = new Timer([|_ => Tick()|], null, 0, 100);
                _window = new List<int>();
            }
            private void Tick() => _window.Add(1);
        }
        """);
}
