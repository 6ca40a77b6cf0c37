using Threadwise.CodeFixes.Fixes;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.UnguardedSharedWrite>;

namespace Analyzers.Tests.Rules;

/// <summary>Numbers are changed in one step; for all else the lock is taken that the type has.</summary>
public class TW1006_UnguardedSharedWrite_Fix
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _gate = new();
            private readonly List<int> _list = new();
            private int _count;
            private Timer _timer;
            public void Begin() => _timer = new Timer(Tick, null, 0, 10);
        {{members}}
        }
        """;

    private static Task Fixes(string marked, string @fixed) => Verify.Fixes<UnguardedSharedWriteFix>(Class(marked), Class(@fixed));

    [Fact]
    public Task Changes_a_number_in_one_step() => Fixes("""
            public void Add() => [|_count|]++;
            private void Tick(object state) => [|_count|] += 2;
        """, """
            public void Add() => Interlocked.Increment(ref _count);
            private void Tick(object state) => Interlocked.Add(ref _count, 2);
        """);

    [Fact]
    public Task Locks_every_use_of_a_collection() => Fixes("""
            public int Sum()
            {
                var sum = 0;
                foreach (var i in _list)
                    sum += i;
                return sum;
            }

            private void Tick(object state)
            {
                // Only once.
                if (!_list.Contains(1))
                    [|_list|].Add(1);
                _list.Remove(2); // Not two.
                Console.WriteLine(state);
            }
        """, """
            public int Sum()
            {
                var sum = 0;
                lock (_gate)
                {
                    foreach (var i in _list)
                        sum += i;
                }
                return sum;
            }

            private void Tick(object state)
            {
                // Only once.
                lock (_gate)
                {
                    if (!_list.Contains(1))
                        _list.Add(1);
                    _list.Remove(2); // Not two.
                }
                Console.WriteLine(state);
            }
        """);

    [Theory]
    [InlineData("public List<int> All => _list; public int First => _list[0]; private void Tick(object state) { [|_list|].Add(1); }")]
    [InlineData("public IEnumerable<int> All => _list.Where(i => i > 1); public int First => _list[0]; private void Tick(object state) { [|_list|].Add(1); }")]
    [InlineData("public async Task<int> First(Task<int> i) => _list[await i]; private void Tick(object state) { [|_list|].Add(_list.Count); }")]
    public Task Offers_nothing_where_the_lock_would_not_be_enough(string members) => Verify.NoFix<UnguardedSharedWriteFix>(Class(members));

    private static string Table(string members) => $$"""
        public class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<int, string> _names = new();
            private Timer _timer;
            public void Begin() => _timer = new Timer(Tick, null, 0, 10);
            private void Tick(object state) => [|_names|][1] = "one";
        {{members}}
        }
        """;

    [Theory]
    [InlineData("    public IEnumerable<int> Keys => _names.Keys;")]
    [InlineData("    public Dictionary<int, string>.ValueCollection Values() => _names.Values;")]
    [InlineData("    public IEnumerable<string> Names() => _names.Values.Where(name => name.Length > 1);")]
    public Task Offers_nothing_where_a_view_of_the_collection_gets_out(string members) => Verify.NoFix<UnguardedSharedWriteFix>(Table(members));

    [Fact]
    public Task Locks_in_a_constructor_once_others_can_come() => Verify.Fixes<UnguardedSharedWriteFix>(
        Table("    public C() { _names[0] = \"\"; Begin(); _names[2] = \"two\"; }\n    public void Clear() { [|_names|].Clear(); }"),
        Table("    public C() { _names[0] = \"\"; Begin(); lock (_gate) { _names[2] = \"two\"; } }\n    public void Clear() { lock (_gate) { _names.Clear(); } }").Replace("private void Tick(object state) => [|_names|][1] = \"one\";", """
            private void Tick(object state)
                {
                    lock (_gate)
                    {
                        _names[1] = "one";
                    }
                }
            """));
}
