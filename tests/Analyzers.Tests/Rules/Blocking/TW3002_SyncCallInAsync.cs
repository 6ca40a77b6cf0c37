using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncCallInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3002_SyncCallInAsync
{
    [Theory]
    [InlineData("File.ReadAllText(path)")]
    [InlineData("File.WriteAllBytes(path, data)")]
    [InlineData("stream.Read(data, 0, 4)")]
    [InlineData("stream.Read(data)")]
    [InlineData("stream.Write(data)")]
    [InlineData("stream.CopyTo(target)")]
    [InlineData("stream.Flush()")]
    [InlineData("new StreamReader(stream).ReadLine()")]
    [InlineData("new StreamReader(path).ReadToEnd()")]
    [InlineData("File.OpenRead(path).ReadExactly(data)")]
    [InlineData("System.Security.Cryptography.SHA256.Create().ComputeHash(stream)")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(stream, data)")]
    [InlineData("System.Xml.Linq.XDocument.Load(stream, System.Xml.Linq.LoadOptions.None)")]
    [InlineData("System.Net.Dns.GetHostEntry(path)")]
    public Task Fires_where_the_call_has_a_twin(string call) => Verify.Fires($$"""
        using System.IO;
        public class C
        {
            public async Task M(string path, Stream stream, Stream target, byte[] data)
            {
                await Task.Yield();
                [|{{call}}|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_database() => Verify.Fires("""
        using System.Data.Common;
        public class C
        {
            public async Task<int> M(DbConnection connection)
            {
                [|connection.Open()|];
                await using var command = connection.CreateCommand();
                using var reader = [|command.ExecuteReader()|];
                while ([|reader.Read()|])
                    await Task.Yield();
                return [|command.ExecuteNonQuery()|];
            }
        }
        """, "'DbConnection.Open' blocks a thread inside async 'C.M' until the data is there; await 'DbConnection.OpenAsync'");

    [Fact]
    public Task Fires_in_every_kind_of_async_code() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async void Handle(string path)
            {
                await Task.Yield();
                [|File.ReadAllText(path)|];
            }

            public async IAsyncEnumerable<string> Lines(StreamReader reader)
            {
                await Task.Yield();
                while ([|reader.ReadLine()|] is { } line)
                    yield return line;
            }

            public Func<string, Task<string>> Read => async path => { await Task.Yield(); return [|File.ReadAllText(path)|]; };

            public Task<string> Outer(string path)
            {
                return Inner();

                async Task<string> Inner()
                {
                    await Task.Yield();
                    return [|File.ReadAllText(path)|];
                }
            }
        }
        """);

    [Fact]
    public Task Fires_again_on_the_same_stream() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task<string?> M(StreamReader reader)
            {
                var first = [|reader.ReadLine()|];
                await Task.Yield();
                return first + [|reader.ReadLine()|] + [|reader.ReadToEnd()|];
            }
        }
        """);

    [Fact]
    public Task Fires_in_the_asynchronous_branch() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task<int> M(Stream stream, byte[] data, bool async)
            {
                if (async)
                {
                    await Task.Yield();
                    return [|stream.Read(data)|];
                }

                return stream.Read(data);
            }
        }
        """);

    [Fact]
    public Task Fires_in_the_twin_on_another_stream() => Verify.Fires("""
        using System.IO;
        public abstract class C(Stream inner) : Stream
        {
            public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
            {
                await Task.Yield();
                return [|inner.Read(new byte[4])|];
            }
        }
        """);

    [Fact]
    public Task Fires_on_what_a_row_of_the_user_names() => new Verify.Case
    {
        AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = "M:Acme.Store.Load blocks kind=io twin=LoadAsync\n" },
    }.Fires("""
        namespace Acme;
        public class Store
        {
            public int Load() => 1;
            public async Task<int> LoadAsync() { await Task.Yield(); return 1; }
        }

        public class C
        {
            public async Task<int> M(Store store)
            {
                await Task.Yield();
                return [|store.Load()|];
            }
        }
        """);

    /// <summary>An information is no finding to somebody who has asked for warnings alone.</summary>
    [Theory]
    [InlineData("public static async Task Main(string[] path)", "path[0]", OutputKind.DynamicallyLinkedLibrary)]
    [InlineData("public async Task M(string path)", "path", OutputKind.ConsoleApplication)]
    public async Task C6_195_Informs_at_the_start_of_a_program_and_in_tools(string head, string argument, OutputKind kind)
    {
        var analyzer = new Threadwise.Analyzers.ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.SyncCallInAsync()]);
        var entry = kind == OutputKind.ConsoleApplication ? "public static void Main() { }" : "";
        var source = $$"""public class C { {{entry}} {{head}} { await Task.Yield(); System.IO.File.ReadAllText({{argument}}); } }""";
        var analysis = await Analysis.Of(new Case { Output = kind }.Project([new("Test0.cs", source)], analyzer), analyzer);
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(analysis.Findings).Severity);
    }

    [Fact]
    public async Task Informs_in_tests()
    {
        var analyzer = new Threadwise.Analyzers.ThreadwiseAnalyzer([new Threadwise.Analyzers.Rules.SyncCallInAsync()]);
        const string Source = """
            public class FactAttribute : Attribute { }
            public class C { [Fact] public async Task M() { await Task.Yield(); System.IO.File.ReadAllText("a"); } }
            """;
        var analysis = await Analysis.Of(new Case().Project([new("Test0.cs", Source)], analyzer), analyzer);
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(analysis.Findings).Severity);
    }
}
