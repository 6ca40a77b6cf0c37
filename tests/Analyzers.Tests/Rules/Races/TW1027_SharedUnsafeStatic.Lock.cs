using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SharedUnsafeStaticFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SharedUnsafeStatic>;

namespace Analyzers.Tests.Rules;

public partial class TW1027_SharedUnsafeStatic
{
    private const string LockTitle = "Lock every use";

    private static readonly Verify.Case Only = new() { Title = LockTitle };

    private static readonly Verify.Case Beside = new() { Action = 1, Title = LockTitle };

    [Fact]
    public Task Locks_every_use() => Only.Fixes<Fix>(With("""
        // noted
            private static readonly StringBuilder [|s_text|] = new(); // all of it

            public static void Add(int x)
            {
                // one
                s_text.Append(x).Append(' '); // kept
            }

            public static string Take()
            {
                var all = s_text.ToString();
                s_text.Clear();
                return all;
            }

            public static int Length => s_text.Length;
        """), With("""
        // noted
            private static readonly StringBuilder s_text = new(); // all of it
            private static readonly object s_textGate = new();

            public static void Add(int x)
            {
                // one
                lock (s_textGate)
                {
                    s_text.Append(x).Append(' '); // kept
                }
            }

            public static string Take()
            {
                string all;
                lock (s_textGate)
                {
                    all = s_text.ToString();
                    s_text.Clear();
                }
                return all;
            }

            public static int Length
            {
                get
                {
                    lock (s_textGate)
                    {
                        return s_text.Length;
                    }
                }
            }
        """));

    [Fact]
    public Task Locks_two_objects_by_two() => Only.Fixes<Fix>(
        With("private static readonly Random [|s_random|] = new Random(1);\n    private static readonly StringBuilder [|s_text|] = new();\n    public int M() { return s_random.Next(); }\n    public void N() { s_text.Append(1); }"),
        With("private static readonly Random s_random = new Random(1);\n    private static readonly object s_randomGate = new();\n    private static readonly StringBuilder s_text = new();\n    private static readonly object s_textGate = new();\n    public int M() { lock (s_randomGate) { return s_random.Next(); } }\n    public void N() { lock (s_textGate) { s_text.Append(1); } }"));

    [Theory]
    [InlineData("private static readonly Random [|s_random|] = new();", "private static readonly Random s_random = new(); private static readonly object s_randomGate = new();", "public int M() { return s_random.Next(); }", "public int M() { lock (s_randomGate) { return s_random.Next(); } }")]
    [InlineData("private static readonly SHA256 [|s_hash|] = SHA256.Create();", "private static readonly SHA256 s_hash = SHA256.Create(); private static readonly object s_hashGate = new();", "public byte[] M(byte[] x) { return s_hash.ComputeHash(x); }", "public byte[] M(byte[] x) { lock (s_hashGate) { return s_hash.ComputeHash(x); } }")]
    public Task Locks_beside_the_first_way(string field, string fields, string use, string locked) => Beside.Fixes<Fix>(With(field + " " + use), With(fields + " " + locked));

    [Theory]
    [InlineData("public StringBuilder M() { return s_text.Append(1); }")]
    [InlineData("public void M() { s_text.Append(1); } public StringBuilder N() => s_text;")]
    [InlineData("public void M() { s_text.Append(1); } public void N() => Console.WriteLine(s_text);")]
    [InlineData("public string M(int[] all) { s_text.Clear(); foreach (var x in all) s_text.Append(x); return s_text.ToString(); }")]
    [InlineData("public string M(int x) { s_text.Clear(); Add(x); return \"\"; } private static void Add(int x) { s_text.Append(x); }")]
    [InlineData("public void M(int x) { Add(x); Add(x); } private static void Add(int x) { s_text.Append(x); }")]
    [InlineData("public void M(Func<int> make) { s_text.Append(make()); }")]
    [InlineData("public void M(object gate) { s_text.Append(Other(gate)); } private static int Other(object gate) { lock (gate) return 1; }")]
    [InlineData("public void M(object gate) { lock (gate) s_text.Append(1); } public void N() { s_text.Append(1); }")]
    [InlineData("public async Task M(Task<int> x) { s_text.Append(await x); }")]
    [InlineData("public Action M() => () => s_text.Append(1);")]
    public Task Locks_nothing_that_goes_on_after_the_lock_or_waits_in_it(string members) => Only.NoFix<Fix>(With("private static readonly StringBuilder [|s_text|] = new(); " + members));
}
