using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ObjectAsLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2023_ObjectAsLock
{
    private static Task Fires(string marked, params string[] messages) =>
        Language.KnowsLock ? Verify.Fires(marked, messages) : Verify.Silent(marked.Replace("[|", "").Replace("|]", ""));

    private const string Gate = """
        public class C
        {
            private readonly object _gate = new();
            public void M() { lock (_gate) { } }
        }
        """;

    [Fact]
    public Task Fires_on_objects_that_are_only_locked() => Fires("""
        public class C
        {
            private readonly object [|_gate|] = new();
            private static readonly object [|s_gate|] = new object();

            public void M()
            {
                lock (_gate)
                    Console.WriteLine();
                lock ((s_gate)) { }
            }

            public void N(C other) { lock (other._gate) { } }

            private sealed class Inner(C outer)
            {
                public void M() { lock (outer._gate) { } }
            }
        }
        """, "'C._gate' is there to be locked and for nothing else; a 'Lock' says so, and lock statements take it faster");

    [Fact]
    public Task Fires_when_other_locks_make_paths_matter() => Fires("""
        public class C
        {
            private readonly object [|_gate|] = new();
            private readonly SemaphoreSlim _turn = new(1, 1);

            public void M()
            {
                lock (_gate)
                    Console.WriteLine();
                _turn.Wait();
                _turn.Release();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_object_is_used_in_another_way() => Verify.Silent("""
        public class C
        {
            private readonly object _a = new(), _b = new(), _c = new(), _d = new(), _e;

            public C() => _e = new();

            public void M()
            {
                lock (_a) Monitor.PulseAll(_a);
                lock (_b) Console.WriteLine(_b);
                lock (_c) { }
                lock (_d) { }
                lock (_e) { }
                if (Monitor.TryEnter(_c))
                    Monitor.Exit(_c);
            }

            public object N() => _d;
        }
        """);

    [Fact]
    public Task Silent_when_the_field_is_seen_or_can_change_or_is_never_locked() => Verify.Silent("""
        public class C
        {
            internal readonly object Gate = new();
            private object _gate = new();
            private readonly object _unused = new();
            private readonly List<int> _items = new();
            private readonly object _items2 = new List<int>();

            public void M()
            {
                lock (Gate) { }
                lock (_gate) { }
                lock (_items) { }
                lock (_items2) { }
                Console.WriteLine(_unused);
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_lock_is_kept_across_a_yield() => Verify.Silent("""
        public class C
        {
            private readonly object _gate = new();

            public IEnumerable<int> M()
            {
                lock (_gate)
                    yield return 1;
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_framework_has_no_better_type() => new Verify.Case { Framework = "net8.0" }.Silent(Gate);

    [Fact]
    public Task Silent_where_the_language_knows_no_better_type() => new Verify.Case { Language = LanguageVersion.CSharp11 }.Silent(Gate);

    [Theory]
    [InlineData("net8.0;net10.0")]
    [InlineData("netstandard2.0;net9.0")]
    [InlineData("net472;net9.0")]
    public Task Silent_where_another_target_of_the_project_has_no_better_type(string targets) => new Verify.Case
    {
        GlobalConfig = $"is_global = true\nbuild_property.TargetFrameworks = {targets}",
    }.Silent(Gate);

    [Theory]
    [InlineData("")]
    [InlineData("net9.0;net10.0;net10.0-windows10.0.19041;")]
    public Task Fires_where_every_target_has_it(string targets)
    {
        var surroundings = new Verify.Case { GlobalConfig = $"is_global = true\nbuild_property.TargetFrameworks = {targets}" };
        return Language.KnowsLock ? surroundings.Fires(Gate.Replace("object _gate", "object [|_gate|]")) : surroundings.Silent(Gate);
    }
}
