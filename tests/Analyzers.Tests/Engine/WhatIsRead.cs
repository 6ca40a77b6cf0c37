using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Only what can matter is bound: whatever kind of member it is written in, it is found.</summary>
public sealed class WhatIsRead
{
    private const string Nap = "async () => { await Task.Yield(); [|Thread.Sleep(5)|]; }";

    [Theory]
    [InlineData("public Func<Task> F = {0};")]
    [InlineData("public Func<Task> A, F = {0};")]
    [InlineData("public event Func<Task> F = {0};")]
    [InlineData("public static readonly Func<Task> F = {0};")]
    [InlineData("public Func<Task> F { get; } = {0};")]
    [InlineData("public Func<Task> F => {0};")]
    [InlineData("public Func<Task> F { get => {0}; }")]
    [InlineData("public Func<Task> F { get { return {0}; } }")]
    [InlineData("public Func<Task> F { init => _f = {0}; } private Func<Task> _f;")]
    [InlineData("public Func<Task> this[int i] => {0};")]
    [InlineData("public event Func<Task> F { add => value = {0}; remove { } }")]
    [InlineData("public Func<Task> F() { return {0}; }")]
    [InlineData("public Func<Task> F() => {0};")]
    [InlineData("public void F() { Func<Task> G() => {0}; _ = G(); }")]
    [InlineData("public Naps() { F = {0}; } private readonly Func<Task> F;")]
    [InlineData("public Naps() : this({0}) { } public Naps(Func<Task> f) { }")]
    [InlineData("static Naps() { F = {0}; } private static readonly Func<Task> F;")]
    [InlineData("~Naps() => F = {0}; private Func<Task> F;")]
    [InlineData("public static Func<Task> operator +(Naps a, Naps b) => {0};")]
    [InlineData("public static implicit operator Func<Task>(Naps a) => {0};")]
    [InlineData("public class Inner { public Func<Task> F = {0}; }")]
    [InlineData("public Func<Task> Quiet = async () => await Task.Yield(); public Func<Task> F = {0};")]
    public async Task Members_of_every_kind(string member)
    {
        var code = member.Replace("{0}", Nap, StringComparison.Ordinal);
        await Verify<SleepInAsync>.Fires($"public class Naps {{ {code} }}");
        await Verify<SleepInAsync>.Fires($"public class Naps {{ public void Lock() {{ lock (this) {{ }} }} {code} }}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[Serializable, Obsolete(\"lock (\")] ")]
    public Task Arguments_for_a_base_class(string attributes) =>
        Verify<SleepInAsync>.Fires($"public class Base(Func<Task> f) {{ public Func<Task> F = f; }} {attributes}public class Naps(int i) : Base({Nap}) {{ public int I = i; }}");

    [Fact]
    public Task Statements_of_the_program() => new Verify<SleepInAsync>.Case { Output = OutputKind.ConsoleApplication }.Fires("await Task.Yield(); [|Thread.Sleep(5)|];");

    [Theory]
    [InlineData("using static System.Threading.Thread;")]
    [InlineData("using System.Text; using static  System.Threading.Thread ;")]
    public Task Members_used_without_their_type(string statics) =>
        Verify<SleepInAsync>.Fires(statics + " public class Naps { public async Task Nap() { await Task.Yield(); [|Sleep(5)|]; } }");

    [Fact]
    public Task Locks_taken_without_their_type() => Verify<LockOrderInversion>.Fires("""
        using static System.Threading.Monitor;
        public class Pair
        {
            private readonly object _a = new(), _b = new();
            public void AB() { Enter(_a); try { Enter([|_b|]); try { } finally { Exit(_b); } } finally { Exit(_a); } }
            public void BA() { Enter(_b); try { Enter([|_a|]); try { } finally { Exit(_a); } } finally { Exit(_b); } }
        }
        """);

    [Fact]
    public Task Two_locks_of_one_declaration() => Verify<LockOrderInversion>.Fires("""
        public class Pair
        {
            private readonly SemaphoreSlim _a = new(1), _b = new(1);
            public void AB() { _a.Wait(); try { [|_b|].Wait(); try { } finally { _b.Release(); } } finally { _a.Release(); } }
            public void BA() { _b.Wait(); try { [|_a|].Wait(); try { } finally { _a.Release(); } } finally { _b.Release(); } }
        }
        """);

    [Theory]
    [InlineData("public partial class Naps { private static void Nap() => Thread.Sleep(5); }", "public partial class Naps { public async Task RunAsync() { await Task.Yield(); [|Nap()|]; } }")]
    [InlineData("public partial class Naps { private int Nap { get { Thread.Sleep(5); return 1; } } }", "public partial class Naps { public async Task RunAsync() { await Task.Yield(); Console.WriteLine([|Nap|]); } }")]
    public Task Private_members_of_another_part(string here, string there) => Verify<TransitiveBlocking>.Fires([here, there]);

    [Theory]
    [InlineData("public static void Nap() => Thread.Sleep(5);", "[|Naps.Nap()|];")]
    [InlineData("public static int Nap { get { Thread.Sleep(5); return 1; } }", "Console.WriteLine([|Naps.Nap|]);")]
    [InlineData("public static void Nap() => Deeper(); private static void Deeper() => System.Threading.Thread.Sleep(5);", "[|Naps.Nap()|];")]
    [InlineData("public static string At = \"http://a\"; public static void Nap() { At = \"http://b\"; Thread.Sleep(5); }", "[|Naps.Nap()|];")]
    [InlineData("// naps\n    public static void Nap() => Thread.Sleep(5); // really\n", "[|Naps.Nap()|];")]
    public Task Members_of_another_file(string member, string use) =>
        Verify<TransitiveBlockingAcrossTypes>.Fires([$"public static class Naps {{ {member} }}", $"public class C {{ public async Task RunAsync() {{ await Task.Yield(); {use} }} }}"]);
}
