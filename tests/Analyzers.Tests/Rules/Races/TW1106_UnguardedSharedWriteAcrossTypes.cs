using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWriteAcrossTypes>;

namespace Analyzers.Tests.Rules;

/// <summary>Types that another type makes everybody's.</summary>
public class TW1106_UnguardedSharedWriteAcrossTypes
{
    private static Verify.Case Hosted => new() { Library = HostStubs.Source };

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
        Library = HostStubs.Source,
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
}
