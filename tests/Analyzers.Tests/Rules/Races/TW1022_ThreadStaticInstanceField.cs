using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ThreadStaticInstanceFieldFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ThreadStaticInstanceField>;

namespace Analyzers.Tests.Rules;

public class TW1022_ThreadStaticInstanceField
{
    private static string With(string field) => $$"""
        #pragma warning disable CS0169, CS0649
        public class C
        {
            {{field}}
        }
        """;

    [Fact]
    public Task Fires_on_an_instance_field() => Verify.Fires(
        With("[[|ThreadStatic|]] private int _depth;"),
        "'C._depth' is no static field, so the attribute means nothing; all threads that use the object share it");

    [Theory]
    [InlineData("[[|System.ThreadStatic|]] internal object? Current;")]
    [InlineData("[[|ThreadStaticAttribute|]] public int Depth; public void M() { lock (this) Depth++; }")]
    [InlineData("[field: [|ThreadStatic|]] public int Depth { get; set; }")]
    [InlineData("private class D { [[|ThreadStatic|]] public int Depth; }")]
    [InlineData("[Obsolete, [|ThreadStatic|]] public int Depth;")]
    public Task Fires_however_it_is_written(string field) => Verify.Fires(With(field));

    [Theory]
    [InlineData("[ThreadStatic] private static int t_depth;")]
    [InlineData("private int _depth; // ThreadStatic")]
    [InlineData("private readonly ThreadLocal<int> _depth = new();")]
    [InlineData("[field: ThreadStatic] public static int Depth { get; set; }")]
    [InlineData("private struct D { [ThreadStatic] public static int Depth; }")]
    public Task Silent_on_a_static_field(string field) => Verify.Silent(With(field));

    [Fact]
    public Task Silent_on_another_attribute() => Verify.Silent("""
        public class NotThreadStaticAttribute : Attribute { }
        public class C { [NotThreadStatic] public int Depth; private const string Name = "ThreadStatic"; }
        """);

    [Theory]
    [InlineData("[[|ThreadStatic|]] private int _depth;", "private int _depth;")]
    [InlineData("[[|ThreadStatic|]]\n    private int _depth; // one", "private int _depth; // one")]
    [InlineData("[Obsolete, [|ThreadStatic|]] public int Depth;", "[Obsolete] public int Depth;")]
    [InlineData("[[|ThreadStatic|], Obsolete] public int Depth;", "[Obsolete] public int Depth;")]
    [InlineData("[field: [|ThreadStatic|]] public int Depth { get; set; }", "public int Depth { get; set; }")]
    [InlineData("[[|ThreadStatic|]] /* each */ private int _depth;", " /* each */ private int _depth;")]
    public Task Fixes_by_taking_the_attribute_away(string before, string after) => Verify.Fixes<Fix>(With(before), With(after));
}
