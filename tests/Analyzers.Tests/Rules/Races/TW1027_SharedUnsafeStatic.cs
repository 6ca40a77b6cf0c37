using Microsoft.CodeAnalysis;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SharedUnsafeStaticFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SharedUnsafeStatic>;

namespace Analyzers.Tests.Rules;

public partial class TW1027_SharedUnsafeStatic
{
    private static string With(string members) => $$"""
        using System.IO;
        using System.Security.Cryptography;
        using System.Text;
        using System.Xml;

        public class C
        {
            {{members}}
        }
        """;

    [Fact]
    public Task Fires_on_a_random() => Verify.Fires(
        With("private static readonly Random [|s_random|] = new(); public int M() => s_random.Next();"),
        "'C.s_random' is used by all threads, as in 'C.M' (Test0.cs:8), without a lock that all uses share, but a Random serves one thread at a time");

    [Theory]
    [InlineData("private static readonly SHA256 [|s_hash|] = SHA256.Create(); public byte[] M(byte[] x) => s_hash.ComputeHash(x);")]
    [InlineData("private static readonly HashAlgorithm [|s_hash|] = new HMACSHA256(); public byte[] M(byte[] x) => s_hash.ComputeHash(x);")]
    [InlineData("private static readonly StringBuilder [|s_text|] = new(); public void M() => s_text.Append(1);")]
    [InlineData("private static readonly StreamWriter [|s_log|] = new(\"log\"); public void M() => s_log.WriteLine();")]
    [InlineData("private static Random [|s_random|] = new Random(1); public static int M() => s_random.Next();")]
    [InlineData("public static readonly Random [|Random|] = new(); public int M() => Random.Next();")]
    [InlineData("private static Random [|Source|] { get; } = new(); public int M() => Source.Next();")]
    [InlineData("private static readonly Random [|s_random|]; static C() { s_random = new Random(); } public int M() => s_random.Next();")]
    [InlineData("private static class D { public static readonly Random [|R|] = new(); } public int M() => D.R.Next();")]
    [InlineData("private static readonly object s_g = new(); private static readonly Random [|s_random|] = new(); public int M() { lock (s_g) return s_random.Next(); } public int N() => s_random.Next();")]
    [InlineData("private readonly object _g = new(); private static readonly object s_g = new(); private static readonly Random [|s_random|] = new(); public int M() { lock (s_g) return s_random.Next(); } public int N() { lock (_g) return s_random.Next(); }")]
    public Task Fires_on_what_serves_one_thread_at_a_time(string members) => Verify.Fires(With(members));

    [Theory]
    [InlineData("private static readonly Random s_random = Random.Shared; public int M() => s_random.Next();")]
    [InlineData("private static readonly Random s_random = new Safe(); public int M() => s_random.Next(); private class Safe : Random { public override int Next() { lock (this) return base.Next(); } }")]
    [InlineData("private static readonly TextWriter s_log = TextWriter.Synchronized(new StreamWriter(\"log\")); public void M() => s_log.WriteLine();")]
    [InlineData("private static readonly TextWriter s_log = Console.Out; public void M() => s_log.WriteLine();")]
    [InlineData("private static readonly Stream s_none = Stream.Null; public void M() => s_none.Flush();")]
    [InlineData("private static readonly TextWriter s_log = Make(); private static TextWriter Make() => TextWriter.Synchronized(new StreamWriter(\"log\")); public void M() => s_log.WriteLine();")]
    [InlineData("public static TextWriter Log = new StreamWriter(\"log\"); public void M() => Log.WriteLine();")]
    [InlineData("private static TextWriter s_log = new StreamWriter(\"log\"); public static void Use(TextWriter log) => s_log = log; public void M() => s_log.WriteLine();")]
    public Task Silent_when_the_object_is_safe_or_may_be(string members) => Verify.Silent(With(members));

    [Theory]
    [InlineData("private static readonly Lazy<object> [|s_x|] = new(() => new(), LazyThreadSafetyMode.None); public object M() => s_x.Value;")]
    [InlineData("private static readonly Lazy<object> [|s_x|] = new Lazy<object>(() => new(), isThreadSafe: false); public object M() => s_x.Value;")]
    public Task C2_76_Fires_on_a_lazy_value_for_one_thread(string members) => Verify.Fires(With(members));

    [Theory]
    [InlineData("private static readonly Lazy<object> s_x = new(() => new()); public object M() => s_x.Value;")]
    [InlineData("private static readonly Lazy<bool> s_x = new(() => false); public object M() => s_x.Value;")]
    [InlineData("private static readonly Lazy<object> s_x = new(() => new(), LazyThreadSafetyMode.PublicationOnly); public object M() => s_x.Value;")]
    [InlineData("private static readonly object s_g = new(); private static readonly Lazy<object> s_x = new(() => new(), LazyThreadSafetyMode.None); public object M() { lock (s_g) return s_x.Value; }")]
    public Task C2_76_Silent_on_a_lazy_value_for_all_threads(string members) => Verify.Silent(With(members));

    [Theory]
    [InlineData("[ThreadStatic] private static Random? t_random; public int M() => (t_random ??= new()).Next();")]
    [InlineData("private static readonly ThreadLocal<Random> s_random = new(() => new()); public int M() => s_random.Value!.Next();")]
    [InlineData("private readonly Random _random = new(); public int M() => _random.Next();")]
    [InlineData("public int M() => new Random().Next();")]
    public Task Silent_when_each_thread_or_object_has_its_own(string members) => Verify.Silent(With(members));

    [Theory]
    [InlineData("private static readonly object s_g = new(); private static readonly Random s_random = new(); public int M() { lock (s_g) return s_random.Next(); } public int N() { lock (s_g) return s_random.Next(1) + s_random.Next(); }")]
    [InlineData("private static readonly Random s_random = new(); public int M() { lock (s_random) return s_random.Next(); }")]
    [InlineData("private static readonly Random s_random = new(); public int M() { lock (s_random) return N(); } private static int N() => s_random.Next();")]
    public Task Silent_under_one_lock(string members) => Verify.Silent(With(members));

    [Theory]
    [InlineData("private static readonly Random s_random = new(); private static readonly int s_start = s_random.Next(); public int M() => s_start;")]
    [InlineData("private static readonly Random s_random = new(); private static readonly int s_start; static C() { s_start = s_random.Next(); } public int M() => s_start;")]
    [InlineData("private static readonly StringBuilder s_text = new(\"a\"); public string M() => s_text.ToString();")]
    [InlineData("private static readonly System.Diagnostics.Stopwatch s_watch = System.Diagnostics.Stopwatch.StartNew(); public long M() => s_watch.ElapsedMilliseconds;")]
    [InlineData("private static readonly XmlDocument s_document = new(); public string M() => s_document.OuterXml;")]
    [InlineData("private static readonly Random s_random = new(); public Random M() => s_random;")]
    public Task Silent_when_nobody_changes_it_any_more(string members) => Verify.Silent(With(members));

    [Fact]
    public Task Silent_in_a_test() => Verify.Silent(
        "public class FactAttribute : Attribute { }\n" + With("private static readonly Random s_random = new(); [Fact] public void M() => Console.WriteLine(s_random.Next());").Replace("using System.IO;", "").Replace("using System.Security.Cryptography;", "").Replace("using System.Text;", "").Replace("using System.Xml;", ""));

    [Fact]
    public Task Silent_in_a_tool_that_starts_nothing() => new Verify.Case { Output = OutputKind.ConsoleApplication }.Silent("""
        public static class Program
        {
            private static readonly Random s_random = new();
            public static void Main() => Console.WriteLine(s_random.Next());
        }
        """);

    [Fact]
    public Task Silent_when_only_the_program_itself_uses_it() => new Verify.Case { Output = OutputKind.ConsoleApplication }.Silent("""
        public static class Program
        {
            private static readonly Random s_random = new();
            public static async Task Main()
            {
                var n = s_random.Next();
                await Task.Run(() => Console.WriteLine(n));
            }
        }
        """);

    [Fact]
    public Task Silent_in_a_window() => new Verify.Case { Library = Threadwise.Testing.HostStubs.Source }.Silent("""
        public class C : System.Windows.Forms.Control
        {
            private static readonly Random s_random = new();
            public int M() => s_random.Next();
        }
        """);

    [Theory]
    [InlineData("new()")]
    [InlineData("new Random()")]
    public Task Fixes_a_random_by_the_shared_one(string value) => Verify.Fixes<Fix>(
        With($"private static readonly Random [|s_random|] = {value}; // dice\n    public int M() => s_random.Next();"),
        With("private static readonly Random s_random = Random.Shared; // dice\n    public int M() => s_random.Next();"));

    [Fact]
    public Task Silent_when_only_the_program_s_first_thread_uses_it() => Verify.Silent("""
        public static class Program
        {
            private static readonly Random s_random;
            private static readonly byte[] s_body;

            static Program()
            {
                s_random = new Random();
                s_body = Body(64);
            }

            public static void Main() => Console.WriteLine(s_random.Next(s_body.Length));

            private static byte[] Body(int size)
            {
                var body = new byte[size];
                s_random.NextBytes(body);
                return body;
            }
        }
        """);

    [Fact]
    public Task Fires_when_the_program_hands_the_use_to_other_threads() => Verify.Fires("""
        public static class Program
        {
            private static readonly Random [|s_random|] = new();
            public static void Main() => Parallel.For(0, 10, i => Console.WriteLine(Pick() + i));
            private static int Pick() => s_random.Next(10);
        }
        """);

    [Fact]
    public Task Silent_in_what_belongs_to_the_user_interface() => Verify.Silent("""
        public class Dots : Avalonia.AvaloniaObject
        {
            private static readonly Random s_random = new();
            public int Next() => s_random.Next(10);
        }

        namespace Avalonia
        {
            public class AvaloniaObject { }
        }
        """);

    [Fact]
    public Task Fixes_a_hash_by_one_for_each_thread() => Verify.Fixes<Fix>(
        With("private static SHA256 [|s_hash|] = SHA256.Create(); public byte[] M(byte[] x) => s_hash.ComputeHash(x);"),
        With("private static readonly ThreadLocal<SHA256> s_hash = new(() => SHA256.Create()); public byte[] M(byte[] x) => s_hash.Value!.ComputeHash(x);"));

    [Theory]
    [InlineData("private static readonly StreamWriter [|s_log|] = new(\"log\"); public void M() => s_log.WriteLine();")]
    [InlineData("private static readonly SHA256 [|s_hash|] = SHA256.Create(); public int M(byte[] x) => s_hash.TransformBlock(x, 0, 1, null, 0);")]
    public Task Offers_nothing_where_that_would_mean_something_else(string members) => Verify.NoFix<Fix>(With(members));

    [Theory]
    [InlineData("private static readonly System.Diagnostics.Stopwatch [|s_watch|] = new(); public void M() { s_watch.Restart(); }")]
    [InlineData("private static readonly TextWriter [|s_text|] = new StringWriter(); public void M() => s_text.Write(1);")]
    [InlineData("private static readonly XmlWriter [|s_xml|] = XmlWriter.Create(\"a\"); public void M() => s_xml.WriteStartDocument();")]
    [InlineData("private static readonly System.Text.Json.Utf8JsonWriter [|s_json|] = new(new MemoryStream()); public void M() => s_json.WriteStartObject();")]
    public Task Fires_on_watches_writers_and_connections(string members) => Verify.Fires(With(members));

    [Fact]
    public Task Fires_on_a_database_and_on_a_connection() => new Verify.Case { Library = "namespace Microsoft.EntityFrameworkCore { public class DbContext { public int SaveChanges() => 0; protected virtual void OnConfiguring() { } } } namespace Microsoft.Data { public abstract class SqlConnection : System.Data.Common.DbConnection { public static SqlConnection Create() => null; } }" }.Fires("""
        public class Shop : Microsoft.EntityFrameworkCore.DbContext
        {
            protected override void OnConfiguring() => Console.WriteLine();
        }

        public class C
        {
            private static readonly Shop [|s_shop|] = new();
            private static readonly System.Data.Common.DbConnection [|s_db|] = Microsoft.Data.SqlConnection.Create();
            public int M() => s_shop.SaveChanges();
            public void N() => s_db.Open();
        }
        """);

    private static string Visitor(string state, string visit, string mark) => $$"""
        using System.Linq.Expressions;

        public class Counting : ExpressionVisitor
        {
            {{state}}
            public int Count(Expression e) { {{visit}} Visit(e); return 1; }
        }

        public class C
        {
            private static readonly Counting {{mark}} = new();
            public int M(Expression e) => s_visitor.Count(e);
        }
        """;

    [Fact]
    public Task Fires_on_a_visitor_with_state() => Verify.Fires(Visitor("private int _found;", "_found = 0;", "[|s_visitor|]"));

    [Fact]
    public Task Silent_on_a_visitor_without_state() => Verify.Silent(Visitor("private const int Max = 3;", "", "s_visitor"));
}
