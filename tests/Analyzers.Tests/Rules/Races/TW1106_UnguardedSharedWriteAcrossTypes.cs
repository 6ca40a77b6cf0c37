using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWriteAcrossTypes>;

namespace Analyzers.Tests.Rules;

/// <summary>Types that another type makes everybody's.</summary>
public class TW1106_UnguardedSharedWriteAcrossTypes
{
    private static Verify.Case Hosted => new() { Library = HostStubs.Services };

    private const string Cache = """
        public interface ICache { }
        public class Cache : ICache
        {
            private readonly Dictionary<int, string> _rows = new();
            public string Get(int k) => _rows.TryGetValue(k, out var row) ? row : "";
            public void Put(int k, string row) => {|#0:_rows|}[k] = row;
        }
        """;

    private static string Startup(string registration) => $$"""
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.DependencyInjection.Extensions;
        public static class Startup
        {
            public static void Configure(IServiceCollection services) => {{registration}};
        }
        """;

    private static Task Fires(string registration) => Hosted.Fires(Cache, Startup(registration));

    private static Task Silent(string registration) => Hosted.Silent(Cache.Replace("{|#0:_rows|}", "_rows", StringComparison.Ordinal), Startup(registration));

    [Fact]
    public Task Names_both_sides_and_the_registration() => new Verify.Case
    {
        Library = HostStubs.Services,
        Messages = ["'Cache._rows' is changed in 'Cache.Put' while 'Cache.Get' reads it (Test0.cs:5): 'Cache' is registered as a singleton (Test1.cs:5), and no lock guards it"],
    }.Fires(Cache, Startup("services.AddSingleton<ICache, Cache>()"));

    [Theory]
    [InlineData("services.AddSingleton<Cache>()")]
    [InlineData("services.AddSingleton(typeof(ICache), typeof(Cache))")]
    [InlineData("services.AddSingleton<ICache>(new Cache())")]
    [InlineData("services.AddSingleton<ICache>(provider => new Cache())")]
    [InlineData("services.AddSingleton(new Cache())")]
    [InlineData("services.TryAddSingleton<ICache, Cache>()")]
    [InlineData("services.AddScoped<Cache>().AddSingleton<ICache, Cache>()")]
    public Task C3_102_Fires_on_a_singleton(string registration) => Fires(registration);

    [Theory]
    [InlineData("services.AddScoped<ICache, Cache>()")]
    [InlineData("services.AddTransient<Cache>()")]
    [InlineData("services.AddScoped<ICache, Cache>().AddSingleton<object>()")]
    [InlineData("services.AddSingleton<ICache>(provider => null)")]
    [InlineData("services.AddSingleton(Activator.CreateInstance<Cache>())")]
    public Task C3_102_Silent_on_what_each_scope_has_for_itself(string registration) => Silent(registration);

    [Fact]
    public Task Fires_on_a_number_that_is_counted_up() => Hosted.Fires("""
        public class Counter
        {
            private int _count;
            public int Next() => Add();
            private int Add() => ++[|_count|];
        }
        """, Startup("services.AddSingleton<Counter>()"));

    [Theory]
    [InlineData("private readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> _map = new(); public void Put(int k) => _map[k] = 1; public int Get(int k) => _map[k];")]
    [InlineData("private readonly object _g = new(); private int _n; public void Add() { lock (_g) _n++; } public int Get() => _n;")]
    [InlineData("private int _n; public void Add() => Interlocked.Increment(ref _n); public void Down() => _n--;")]
    [InlineData("private readonly Dictionary<int, int> _map = new(); public Counter() { _map[1] = 2; } public int Get(int k) => _map[k];")]
    [InlineData("private readonly Dictionary<int, int> _map = new(); public void Initialize() { _map[1] = 2; } public int Get(int k) => _map[k];")]
    [InlineData("private bool _on; public void Set(bool on) => _on = on; public bool Get() => _on;")]
    public Task Silent_on_what_is_safe_or_done_before(string members) => Hosted.Silent($"public class Counter {{ {members} }}", Startup("services.AddSingleton<Counter>()"));

    [Fact]
    public Task Silent_on_what_one_type_says_alone() => Hosted.Silent("""
        public class Counter
        {
            private int _count;
            public void Begin() => Task.Run(() => _count++);
            public void Down() => _count--;
        }
        """, Startup("services.AddSingleton<Counter>()"));

    [Fact]
    public Task C3_102_Fires_on_what_one_call_tells_its_helpers_by_a_field() => new Verify.Case
    {
        Library = HostStubs.Services,
        Messages = ["'Greeter._name' is changed in 'Greeter.Greet' while 'Greeter.Head' reads it (Test0.cs:5): 'Greeter' is registered as a singleton (Test1.cs:5), and no lock guards it"],
    }.Fires("""
        public class Greeter
        {
            private string _name = "";
            public string Greet(string name) { {|#0:_name|} = name; return Head() + "!"; }
            private string Head() => "Hello " + _name;
        }
        """, Startup("services.AddSingleton<Greeter>()"));

    [Theory]
    [InlineData("private int _depth; public int Sum(int[] all) { [|_depth|] = 0; foreach (var one in all) _depth += one; return _depth; }")]
    [InlineData("private List<int> _found; public int Find(int[] all) { [|_found|] = new(); Fill(all); return _found.Count; } private void Fill(int[] all) { foreach (var one in all) _found.Add(one); }")]
    [InlineData("private string _path = \"\"; public async Task RunAsync(string path) { [|_path|] = path; await Task.Yield(); Write(); } private void Write() => Console.WriteLine(_path);")]
    public Task Fires_on_the_state_of_one_call(string members) => Hosted.Fires($"public class Counter {{ {members} }}", Startup("services.AddSingleton<Counter>()"));

    [Theory]
    [InlineData("private string _name = \"\"; public string Greet(string name) { lock (this) { _name = name; return Head(); } } private string Head() => _name;")]
    [InlineData("private string _name = \"\"; public void Set(string name) => _name = name; public string Head() => _name;")]
    [InlineData("private string _name = \"\"; public string Greet(string name) => Head(name); private static string Head(string name) => name;")]
    [InlineData("private string _name = \"\"; public string StartWith(string name) { _name = name; return Head(); } private string Head() => _name;")]
    [InlineData("private string _name = \"\"; protected string Greet(string name) { _name = name; return Head(); } private string Head() => _name;")]
    [InlineData("private readonly AsyncLocal<string> _name = new(); public string Greet(string name) { _name.Value = name; return Head(); } private string Head() => _name.Value;")]
    public Task Silent_on_a_field_that_outlives_the_call_and_where_one_call_runs_at_a_time(string members) => Hosted.Silent($"public class Counter {{ {members} }}", Startup("services.AddSingleton<Counter>()"));

    [Fact]
    public Task Fires_on_an_object_that_serves_one_thread_at_a_time() => new Verify.Case
    {
        Library = HostStubs.Services,
        Messages = ["'Dice._random' is changed in 'Dice.Throw' while 'Dice.Throw' changes it (Test0.cs:4): 'Dice' is registered as a singleton (Test1.cs:5), and no lock guards it"],
    }.Fires("""
        public class Dice
        {
            private readonly Random _random = new();
            public int Throw() => 1 + {|#0:_random|}.Next(6);
        }
        """, Startup("services.AddSingleton<Dice>()"));

    [Theory]
    [InlineData("private readonly System.Security.Cryptography.HashAlgorithm _hash = System.Security.Cryptography.SHA256.Create(); public byte[] Hash(byte[] text) => [|_hash|].ComputeHash(text);")]
    [InlineData("private readonly System.Text.StringBuilder _line = new(); public string Line(string text) { [|_line|].Clear(); return text; }")]
    [InlineData("private Random _random; public Counter() => _random = new Random(7); public int Next() => Core(); private int Core() => [|_random|].Next();")]
    [InlineData("private readonly object _g = new(); private readonly Random _random = new(); public int A() { lock (_g) return _random.Next(); } public int B() => [|_random|].Next();")]
    public Task Fires_on_every_such_object(string members) => Hosted.Fires($"public class Counter {{ {members} }}", Startup("services.AddSingleton<Counter>()"));

    [Theory]
    [InlineData("private readonly Random _random = Random.Shared; public int Next() => _random.Next();")]
    [InlineData("private readonly object _g = new(); private readonly Random _random = new(); public int Next() { lock (_g) return _random.Next(); }")]
    [InlineData("private readonly ThreadLocal<Random> _random = new(() => new Random()); public int Next() => _random.Value.Next();")]
    [InlineData("private readonly Random _random; public Counter(Random random) => _random = random; public int Next() => _random.Next();")]
    [InlineData("private readonly Random _random = new(); private readonly int _first; public Counter() => _first = _random.Next(); public int Next() => _first;")]
    [InlineData("private readonly Random _random = new(); private int _first; public void Initialize() => _first = _random.Next(); public int Next() => _first;")]
    [InlineData("public int Next() { var random = new Random(); return random.Next(); }")]
    public Task Silent_on_an_object_that_is_safe_guarded_or_used_by_one(string members) => Hosted.Silent($"public class Counter {{ {members} }}", Startup("services.AddSingleton<Counter>()"));

    [Theory]
    [InlineData("services.AddScoped<Counter>()")]
    [InlineData("services.AddTransient<Counter>()")]
    public Task Silent_on_the_same_in_what_each_scope_has_for_itself(string registration) => Hosted.Silent("""
        public class Counter
        {
            private readonly Random _random = new();
            private string _name = "";
            public string Greet(string name) { _name = name; return Head(); }
            private string Head() => _name + _random.Next();
        }
        """, Startup(registration));

    [Fact]
    public Task Silent_where_there_are_windows() => new Verify.Case { Library = HostStubs.Source }.Silent("""
        public class MainWindow : System.Windows.Forms.Control { }
        public class Counter
        {
            private readonly Random _random = new();
            public int Next() => _random.Next();
        }
        """, Startup("services.AddSingleton<Counter>()"));
}
