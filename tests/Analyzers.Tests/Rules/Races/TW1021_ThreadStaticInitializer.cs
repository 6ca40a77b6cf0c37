using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ThreadStaticInitializerFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThreadStaticInitializer>;

namespace Analyzers.Tests.Rules;

public class TW1021_ThreadStaticInitializer
{
    [Fact]
    public Task Fires_on_an_initializer() => Verify.Fires("""
        public static class C
        {
            [ThreadStatic] private static List<int> t_all = [|new()|];
            public static void M() => t_all.Add(1);
        }
        """,
        "'C.t_all' is given this value for the thread that initializes the type alone; every other thread begins with null");

    [Theory]
    [InlineData("[ThreadStatic] private static int t_next = [|1|]; public static int M() => t_next++;")]
    [InlineData("[ThreadStatic] internal static Random t_random = [|new Random()|];")]
    [InlineData("[ThreadStaticAttribute] public static string Name = [|\"none\"|];")]
    [InlineData("[field: ThreadStatic] public static string Name { get; set; } = [|\"none\"|];")]
    [InlineData("[ThreadStatic] private static object? t_x; static C() { [|t_x|] = new object(); } public static void M() => Console.WriteLine(t_x!.GetHashCode());")]
    public Task Fires_however_it_gets_its_value(string members) => Verify.Fires($$"""
        public class C
        {
            {{members}}
        }
        """);

    [Fact]
    public Task Fires_in_a_nested_type() => Verify.Fires("""
        public class C
        {
            private static class D { [ThreadStatic] internal static int Depth = [|1|]; }
        }
        """);

    [Theory]
    [InlineData("[ThreadStatic] private static List<int>? t_all;")]
    [InlineData("[ThreadStatic] private static List<int>? t_all = null;")]
    [InlineData("[ThreadStatic] private static List<int> t_all = null!;")]
    [InlineData("[ThreadStatic] private static List<int>? t_all = default;")]
    [InlineData("[ThreadStatic] private static int t_depth = 0;")]
    [InlineData("[ThreadStatic] private static bool t_inside = false;")]
    [InlineData("private static List<int> s_all = new(); // not ThreadStatic")]
    [InlineData("private static readonly ThreadLocal<List<int>> s_all = new(() => new());")]
    [InlineData("[ThreadStatic] private List<int> _all = new();")]
    public Task Silent_without_a_value_that_others_lack(string field) => Verify.Silent($$"""
        #pragma warning disable CS0169, CS0414
        public class C
        {
            {{field}}
        }
        """);

    [Theory]
    [InlineData("t_all ??= new()")]
    [InlineData("t_all ?? new()")]
    [InlineData("t_all == null ? new() : t_all")]
    [InlineData("t_all is { } all ? all : new()")]
    public Task Silent_when_a_thread_without_one_makes_its_own(string value) => Verify.Silent($$"""
        public static class C
        {
            [ThreadStatic] private static List<int>? t_all = new();
            public static List<int> All => {{value}};
        }
        """);

    [Fact]
    public Task Silent_on_a_static_constructor_that_writes_another_field() => Verify.Silent("""
        public static class C
        {
            [ThreadStatic] private static int t_depth;
            private static readonly int s_start;
            static C() { s_start = 1; }
            public static int M() => s_start + t_depth++;
        }
        """);

    [Fact]
    public Task Fixes_by_a_value_for_each_thread() => Verify.Fixes<Fix>("""
        public static class C
        {
            /// <summary>All.</summary>
            [ThreadStatic]
            private static List<int> t_all = [|new()|]; // each its own

            public static void M()
            {
                t_all.Add(1);
                C.t_all = new();
                t_all = t_all.ToList();
            }
        }
        """, """
        public static class C
        {
            /// <summary>All.</summary>
            private static readonly ThreadLocal<List<int>> t_all = new(() => new()); // each its own

            public static void M()
            {
                t_all.Value!.Add(1);
                C.t_all.Value = new();
                t_all.Value = t_all.Value!.ToList();
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_member_of_an_enumeration_that_is_zero() => Verify.Silent("""
        public static class C
        {
            [ThreadStatic] private static DayOfWeek t_day = DayOfWeek.Sunday;
            public static int Day() => (int)t_day;
        }
        """);

    [Fact]
    public Task Fires_on_another_member_of_an_enumeration() => Verify.Fires("""
        public static class C
        {
            [ThreadStatic] private static DayOfWeek t_day = [|DayOfWeek.Monday|];
            public static int Day() => (int)t_day;
        }
        """);

    [Fact]
    public Task Fixes_a_number() => Verify.Fixes<Fix>("""
        public static class C
        {
            [ThreadStatic] static int t_next = [|1|];
            public static int M() => t_next++;
        }
        """, """
        public static class C
        {
            static readonly ThreadLocal<int> t_next = new(() => 1);
            public static int M() => t_next.Value++;
        }
        """);

    [Theory]
    [InlineData("[ThreadStatic] internal static int t_next = [|1|];")]
    [InlineData("[ThreadStatic] private static int t_next = [|1|]; public static void M() => Interlocked.Increment(ref t_next);")]
    [InlineData("[ThreadStatic, Obsolete] private static int t_next = [|1|];")]
    [InlineData("[ThreadStatic] private static int[] t_all = [|{ 1 }|];")]
    public Task Offers_nothing_where_not_all_can_change(string members) => Verify.NoFix<Fix>($$"""
        #pragma warning disable CS0414
        public static class C
        {
            {{members}}
        }
        """);
}
