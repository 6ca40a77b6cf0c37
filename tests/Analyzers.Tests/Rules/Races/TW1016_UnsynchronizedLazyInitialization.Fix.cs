using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.UnsynchronizedLazyInitializationFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnsynchronizedLazyInitialization>;

namespace Analyzers.Tests.Rules;

public partial class TW1016_UnsynchronizedLazyInitialization
{
    private static readonly Verify.Case Once = new() { Action = 1, Title = "Make it once, by a Lazy<T>" };

    private static string Safe(string members, string kind = "class") => Attribute + $$"""
        [ThreadSafe]
        public {{kind}} C
        {
            {{members}}
        }
        """;

    [Fact]
    public Task Makes_it_once() => Once.Fixes<Fix>(Safe("""
        // The list.
            private List<int>? _x; // all

            /// <summary>All.</summary>
            public List<int> X
            {
                get
                {
                    // once
                    if (_x == null)
                    {
                        [|_x|] = new List<int>();
                    }

                    return _x; // kept
                }
            }
        """), Safe("""
        // The list.
            private readonly Lazy<List<int>> _x = new(() => new List<int>()); // all

            /// <summary>All.</summary>
            public List<int> X
            {
                get
                {
                    // once
                    return _x.Value; // kept
                }
            }
        """));

    [Theory]
    [InlineData("public List<int> X => [|_x|] ??= new();", "public List<int> X => _x.Value;")]
    [InlineData("public List<int> X { get => [|this._x|] ??= new(); }", "public List<int> X { get => this._x.Value; }")]
    [InlineData("public List<int> X() { return [|_x|] ??= new(); }", "public List<int> X() { return _x.Value; }")]
    [InlineData("public List<int> X() { if (_x is null) [|_x|] = new(); return _x; }", "public List<int> X() { return _x.Value; }")]
    public Task Makes_it_once_in_every_form(string getter, string after) => Once.Fixes<Fix>(
        Safe("private List<int>? _x; " + getter), Safe("private readonly Lazy<List<int>> _x = new(() => new()); " + after));

    [Fact]
    public Task Makes_a_collection_for_many_threads_once() => Once.Fixes<Fix>(
        Safe("private System.Collections.Concurrent.ConcurrentBag<int>? _x; public System.Collections.Concurrent.ConcurrentBag<int> X => [|_x|] ??= new();"),
        Safe("private readonly Lazy<System.Collections.Concurrent.ConcurrentBag<int>> _x = new(() => new()); public System.Collections.Concurrent.ConcurrentBag<int> X => _x.Value;"));

    [Fact]
    public Task Makes_each_of_two_and_a_static_once() => Once.Fixes<Fix>(
        Safe("private List<int>? _x;\n    private static Dictionary<int, string>? s_y;\n    public List<int> X => [|_x|] ??= new();\n    public Dictionary<int, string> Y => [|s_y|] ??= new();"),
        Safe("private readonly Lazy<List<int>> _x = new(() => new());\n    private static readonly Lazy<Dictionary<int, string>> s_y = new(() => new());\n    public List<int> X => _x.Value;\n    public Dictionary<int, string> Y => s_y.Value;"));

    [Theory]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); public void Reset() => _x = null;")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); public bool HasX => _x != null;")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); public bool Is(C other) => other._x == null;")]
    [InlineData("private List<int>? _x; private readonly int _size = 1; public List<int> X => [|_x|] ??= new(_size);")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new() { 1 };")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= Make(); private static List<int> Make() => new();")]
    [InlineData("private System.Net.Http.HttpClient? _x; public System.Net.Http.HttpClient X => [|_x|] ??= new();")]
    [InlineData("private volatile List<int>? _x; public List<int> X => [|_x|] ??= new();")]
    [InlineData("[NonSerialized] private List<int>? _x; public List<int> X => [|_x|] ??= new();")]
    [InlineData("private List<int>? _x, _y; public List<int> X => [|_x|] ??= new(); public void Y() => _y = null;")]
    [InlineData("internal List<int>? _x; public List<int> X => [|_x|] ??= new();")]
    [InlineData("private List<int>? _x; public void Add(int i) { ([|_x|] ??= new()).Add(i); }")]
    [InlineData("private List<int>? _x; public List<int> X { get { if (_x == null) { [|_x|] = new(); Console.WriteLine(); } return _x; } }")]
    [InlineData("private List<int>? _x; public List<int> X { get { if (_x == null) /* kept */ [|_x|] = new(); return _x; } }")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); public object Copy() => MemberwiseClone();")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); ~C() => X.Clear();")]
    [InlineData("private List<int>? _x; public List<int> X => [|_x|] ??= new(); public object? Field => typeof(C).GetField(\"_x\");")]
    public Task Makes_nothing_once_that_may_fail_or_that_others_look_at(string members) => Once.NoFix<Fix>(Safe(members));

    [Fact]
    public Task Names_the_lazy_of_the_framework() => Once.Fixes<Fix>(
        Safe("private List<int>? _x; public List<int> X => [|_x|] ??= new(); private class Lazy<T> { public Lazy(Func<T> make) => Value = make(); public T Value { get; } }"),
        Safe("private readonly System.Lazy<List<int>> _x = new(() => new()); public List<int> X => _x.Value; private class Lazy<T> { public Lazy(Func<T> make) => Value = make(); public T Value { get; } }"));

    [Theory]
    [InlineData("private List<int>? _x; public List<int>? X => [|_x|] ??= Find(1); private static List<int>? Find(int i) => i > 1 ? new() : null;")]
    [InlineData("private List<int>? _x; public List<int>? X(List<List<int>>? all) => [|_x|] ??= all?[0];")]
    [InlineData("private List<int>? _x; public List<int>? X(List<List<int>> all) => [|_x|] ??= all.FirstOrDefault();")]
    public Task Stores_nothing_with_the_initializer_that_may_be_null(string members) => Verify.NoFix<Fix>(Safe(members));

    [Fact]
    public Task Makes_nothing_of_a_record_once() => Once.NoFix<Fix>(Safe("private List<int>? _x; public List<int> X => [|_x|] ??= new();", "record"));
}
