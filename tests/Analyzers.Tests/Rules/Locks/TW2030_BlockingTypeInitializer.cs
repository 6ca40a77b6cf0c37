using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.BlockingTypeInitializerFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.BlockingTypeInitializer>;

namespace Analyzers.Tests.Rules;

public class TW2030_BlockingTypeInitializer
{
    private static string Type(string members) => $$"""
        public static class C
        {
            private static readonly string s_path = "a" + Environment.NewLine;
            private static int Load() => s_path.Length;
            private static int Pure() => 1;
            {{members.Replace("\n", "\n    ")}}
        }
        """;

    [Fact]
    public Task Fires_on_a_field_initializer() => Verify.Fires(
        Type("private static readonly int s_all = [|Task.Run(() => Load()).Result|];"),
        "'C.s_all' waits, while the type is initialized, for work on another thread that uses 's_path' of the same type; that thread waits for the initializer");

    [Theory]
    [InlineData("private static readonly int s_all = [|Task.Run(Load).Result|];")]
    [InlineData("private static readonly int s_all = [|Task.Run(() => s_path.Length).GetAwaiter().GetResult()|];")]
    [InlineData("private static int All { get; } = [|Task.Factory.StartNew(() => s_path.Length).Result|];")]
    [InlineData("static C() { var t = Task.Run(Pure); Console.WriteLine(); [|t.Wait()|]; }")]
    [InlineData("static C() { var t = new Thread(() => Pure()); t.Start(); [|t.Join()|]; }")]
    [InlineData("static C() { [|Parallel.For(0, 10, i => Pure())|]; }")]
    [InlineData("static C() { [|Parallel.Invoke(() => Pure(), () => Load())|]; }")]
    public Task Fires_on_work_that_needs_the_type(string member) => Verify.Fires(Type(member));

    [Fact]
    public Task C5_167_Fires_on_a_static_constructor_that_waits_for_work_which_needs_the_type() => Verify.Fires(Type("static C() { [|Task.Run(() => Pure()).Wait()|]; }"));

    [Fact]
    public Task Fires_on_creation_of_the_type_where_there_is_a_static_constructor() => Verify.Fires("""
        public class C
        {
            private static readonly C s_one;

            static C()
            {
                s_one = [|Task.Run(() => new C()).Result|];
            }
        }
        """);

    [Theory]
    [InlineData("private static readonly int s_all = Task.Run(() => 1).Result;")]
    [InlineData("private static readonly int s_all = Task.Run(() => Pure()).Result;")]
    [InlineData("private static readonly int s_all = Task.Run(() => Environment.ProcessId).Result;")]
    [InlineData("private static readonly int s_all = Task.FromResult(1).Result + Load();")]
    [InlineData("private static readonly Task<int> s_all = Task.Run(() => Load());")]
    [InlineData("private static readonly Lazy<int> s_all = new(() => Task.Run(() => Load()).Result);")]
    [InlineData("private static readonly Func<int> s_all = () => Task.Run(Load).Result;")]
    [InlineData("static C() { Task.Run(() => Load()); }")]
    [InlineData("static C() { new Thread(() => Pure()).Start(); }")]
    [InlineData("static C() { var t = Task.Run(() => Load()); t.Wait(100); }")]
    [InlineData("public static int M() => Task.Run(() => Load()).Result;")]
    public Task Silent_when_the_work_needs_nothing_of_the_type_or_nobody_waits(string member) => Verify.Silent(Type(member));

    [Fact]
    public Task Silent_when_another_type_is_used() => Verify.Silent("""
        public static class C
        {
            private static readonly int s_all = Task.Run(() => D.Load()).Result;
            private const int Size = 3;
            private static readonly int s_size = Task.Run(() => Size).Result;

            private static class D
            {
                private static readonly string s_path = "a" + Environment.NewLine;
                public static int Load() => s_path.Length;
            }
        }
        """);

    [Theory]
    [InlineData("private static readonly int s_all = [|Task.Run(() => Load()).Result|]; // all\npublic static int M() => s_all + C.s_all;", "private static readonly Lazy<int> s_all = new(() => Task.Run(() => Load()).Result); // all\npublic static int M() => s_all.Value + C.s_all.Value;")]
    public Task Fixes_with_a_lazy_value(string before, string after) => Verify.Fixes<Fix>(Type(before), Type(after));

    [Theory]
    [InlineData("public static readonly int All = [|Task.Run(() => Load()).Result|];")]
    [InlineData("static C() { [|Task.Run(() => Pure()).Wait()|]; }")]
    [InlineData("private static readonly int s_all = [|Task.Run(() => Twice()).Result|]; private static int Twice() => s_path.Length + s_all;")]
    [InlineData("private static readonly int s_all = [|Task.Run(() => Load()).Result|]; private static readonly int s_more = s_all + 1;")]
    public Task No_fix_when_others_see_the_field_or_the_work_needs_it(string member) => Verify.NoFix<Fix>(Type(member));
}
