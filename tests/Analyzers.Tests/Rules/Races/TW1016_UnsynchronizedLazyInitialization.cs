using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsynchronizedLazyInitialization>;

namespace Analyzers.Tests.Rules;

/// <summary>Objects of which there is to be one.</summary>
public class TW1016_UnsynchronizedLazyInitialization
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
}
