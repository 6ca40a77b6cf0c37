using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsynchronizedLazyInitialization>;

namespace Analyzers.Tests.Rules;

/// <summary>Objects of which there is to be one.</summary>
public partial class TW1016_UnsynchronizedLazyInitialization
{
    private const string Attribute = "public class ThreadSafeAttribute : Attribute { }\n";

    [Fact]
    public Task Names_the_field_and_the_evidence() => Verify.Fires(Attribute + """
        [ThreadSafe]
        public class Api
        {
            private System.Net.Http.HttpClient _client;
            public System.Net.Http.HttpClient Client
            {
                get
                {
                    if (_client == null)
                        [|_client|] = new System.Net.Http.HttpClient();
                    return _client;
                }
            }
        }
        """, "'Api._client' is created in 'Api.Client' if there is none; two threads can both find none: many threads may be in at a time");

    [Fact]
    public Task C2_79_Fires_on_a_list_that_is_created_on_demand() => Verify.Fires(Attribute + """
        [ThreadSafe]
        public class C
        {
            private List<int> _list;
            public void Add(int i) { [|_list|] ??= new(); }
        }
        """);

    [Fact]
    public Task C2_79_Silent_on_a_value_that_never_changes() => Verify.Silent(Attribute + """
        [ThreadSafe]
        public class C
        {
            private string _text;
            private object _any;
            public string Text => _text ??= "a" + GetHashCode();
            public object Any => _any ??= GetHashCode();
        }
        """);

    [Fact]
    public Task C2_80_Silent_on_what_can_be_computed_twice() => Verify.Silent(Attribute + """
        [ThreadSafe]
        public class C
        {
            private readonly struct Pair { }
            private Uri _uri;
            public Uri Uri => _uri ??= new Uri("http://a");
        }
        """);

    [Fact]
    public Task Silent_without_evidence() => Verify.Silent("""
        public class C
        {
            private List<int> _list;
            public void Add(int i) { _list ??= new(); _list.Add(i); }
            public Task Other() => Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task Silent_under_a_lock_and_in_one_step() => Verify.Silent(Attribute + """
        [ThreadSafe]
        public class C
        {
            private readonly object _g = new();
            private List<int> _list, _other;
            public void Add(int i) { lock (_g) _list ??= new(); }
            public List<int> Other => LazyInitializer.EnsureInitialized(ref _other, () => new());
        }
        """);

    [Theory]
    [InlineData("private List<int> _x; public List<int> X { get { if (_x == null) [|_x|] = Create(); return _x; } } private static List<int> Create() => new();")]
    [InlineData("private List<int> _x; public List<int> X { get { if (_x != null) return _x; [|_x|] = new(); return _x; } }")]
    [InlineData("private static List<int> s_x; public List<int> X => [|s_x|] ??= new();")]
    [InlineData("private static System.Net.Http.HttpClient s_x; public object X { get { if (s_x is null) { [|s_x|] = new(); } return s_x; } }")]
    [InlineData("private CancellationTokenSource _x; public CancellationToken X => ([|_x|] ??= new()).Token;")]
    public Task Fires_on_every_form_and_on_statics(string members) => Verify.Fires(Attribute + $$"""
        [ThreadSafe]
        public class C
        {
            {{members}}
        }
        """);

    [Theory]
    [InlineData("private Func<int> _x; public Func<int> X => _x ??= () => 1;")]
    [InlineData("private Func<int, int> _x; public Func<int, int> X => _x ??= Make(); private static Func<int, int> Make() { System.Linq.Expressions.Expression<Func<int, int>> e = i => i + 1; return e.Compile(); }")]
    [InlineData("private System.Text.RegularExpressions.Regex _x; public object X => _x ??= new(\"a\");")]
    [InlineData("private readonly Lazy<List<int>> _x = new(() => new()); public List<int> X => _x.Value;")]
    [InlineData("private List<int> _x; public List<int> X { get { if (_x == null) Interlocked.CompareExchange(ref _x, new(), null); return _x; } }")]
    [InlineData("private readonly object _g = new(); private List<int> _x; public List<int> X { get { if (_x == null) lock (_g) if (_x == null) _x = new(); return _x; } }")]
    public Task Silent_on_caches_and_on_every_right_form(string members) => Verify.Silent(Attribute + $$"""
        [ThreadSafe]
        public class C
        {
            {{members}}
        }
        """);

    [Fact]
    public Task Fires_on_what_is_done_when_a_flag_is_not_set() => Verify.Fires(Attribute + """
        [ThreadSafe]
        public class C
        {
            private bool _started;
            public void Start()
            {
                if (_started)
                    return;
                [|_started|] = true;
                new Thread(() => Console.WriteLine()).Start();
            }
        }
        """, "'C._started' is set in 'C.Start' if it is not; two threads can both find that it is not: many threads may be in at a time");

    [Theory]
    [InlineData("private bool _x; public void M() { if (_x) return; _x = true; }")]
    [InlineData("private bool _x; public void M() { if (!_x) _x = true; Console.WriteLine(); }")]
    [InlineData("private int _x; public void M() { if (Interlocked.Exchange(ref _x, 1) == 1) return; Console.WriteLine(); }")]
    [InlineData("private readonly object _g = new(); private bool _x; public void M() { lock (_g) { if (_x) return; _x = true; Console.WriteLine(); } }")]
    public Task Silent_on_a_flag_that_is_set_for_nothing_else_or_in_one_step(string members) => Verify.Silent(Attribute + $$"""
        [ThreadSafe]
        public class C
        {
            {{members}}
        }
        """);
}
