using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.SyncCallInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncCallInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3002_SyncCallInAsync
{
    private static string In(string body, string parameters = "string path, Stream stream, byte[] data") => $$"""
        using System.IO;
        public class C
        {
            public async Task<object?> M({{parameters}})
            {
                await Task.Yield();
                {{body}}
                return null;
            }
        }
        """;

    [Theory]
    [InlineData("[|File.WriteAllText(path, \"\")|]; // kept", "await File.WriteAllTextAsync(path, \"\"); // kept")]
    [InlineData("var length = [|File.ReadAllText(path)|].Length;", "var length = (await File.ReadAllTextAsync(path)).Length;")]
    [InlineData("var last = [|File.ReadAllLines(path)|][^1];", "var last = (await File.ReadAllLinesAsync(path))[^1];")]
    [InlineData("if ([|stream.Read(data, 0, 4)|] == 0) return 1;", "if (await stream.ReadAsync(data, 0, 4) == 0) return 1;")]
    [InlineData("for (int n; (n = [|stream.Read(data)|]) > 0;) ;", "for (int n; (n = await stream.ReadAsync(data)) > 0;) ;")]
    [InlineData("[|stream.Write(data.AsSpan(0, 2))|];", "await stream.WriteAsync(data.AsMemory(0, 2));")]
    [InlineData("while ([|new StreamReader(stream).ReadLine()|] is { } line) ;", "while (await new StreamReader(stream).ReadLineAsync() is { } line) ;")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize<byte[]>(stream, data, options: null);", "System.Text.Json.JsonSerializer.SerializeAsync<byte[]>(stream, data, options: null);")]
    public Task Fixes_by_awaiting_the_twin(string before, string after) =>
        before.Contains("[|", StringComparison.Ordinal) ? Verify.Fixes<Fix>(In(before), In(after))
        : Verify.Fixes<Fix>(In($"[|{before[..^1]}|];"), In("await " + after));

    [Theory]
    [InlineData("[|File.WriteAllText(path, \"\")|];", "await File.WriteAllTextAsync(path, \"\", cancel);")]
    [InlineData("[|stream.Flush()|];", "await stream.FlushAsync(cancel);")]
    [InlineData("[|System.Text.Json.JsonSerializer.Serialize(stream, data)|];", "await System.Text.Json.JsonSerializer.SerializeAsync(stream, data, cancellationToken: cancel);")]
    [InlineData("var line = [|new StreamReader(stream).ReadLine()|];", "var line = await new StreamReader(stream).ReadLineAsync(cancel);")]
    [InlineData("[|new StreamWriter(stream).WriteLine(path)|];", "await new StreamWriter(stream).WriteLineAsync(path);")]
    [InlineData("try { } finally { [|stream.Flush()|]; }", "try { } finally { await stream.FlushAsync(); }")]
    [InlineData("try { File.Delete(path); } catch (IOException) { [|stream.Flush()|]; }", "try { File.Delete(path); } catch (IOException) { await stream.FlushAsync(); }")]
    public Task Passes_the_token_in_scope_on(string before, string after)
    {
        const string Parameters = "string path, Stream stream, byte[] data, CancellationToken cancel";
        return Verify.Fixes<Fix>(In(before, Parameters), In(after, Parameters));
    }

    [Fact]
    public Task Passes_no_token_where_there_are_two() => Verify.Fixes<Fix>(
        In("[|stream.Flush()|];", "Stream stream, CancellationToken cancel, CancellationToken stop"),
        In("await stream.FlushAsync();", "Stream stream, CancellationToken cancel, CancellationToken stop"));

    [Fact]
    public Task Passes_the_token_of_the_enclosing_function_and_no_field() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            private readonly CancellationToken _stop;

            public Func<Task> M(Stream stream, CancellationToken cancel) => async () => [|stream.Flush()|];
            public Func<Task> N(Stream stream) => async () => [|stream.Flush()|];
        }
        """, """
        using System.IO;
        public class C
        {
            private readonly CancellationToken _stop;

            public Func<Task> M(Stream stream, CancellationToken cancel) => async () => await stream.FlushAsync(cancel);
            public Func<Task> N(Stream stream) => async () => await stream.FlushAsync();
        }
        """);

    [Fact]
    public Task Fixes_a_database_and_keeps_ConfigureAwait() => Verify.Fixes<Fix>("""
        using System.Data.Common;
        public class C
        {
            public async Task<int> M(DbConnection connection)
            {
                await connection.OpenAsync().ConfigureAwait(false);
                using var command = connection.CreateCommand();
                using var reader = [|command.ExecuteReader()|];
                var count = 0;
                while ([|reader.Read()|])
                    count++;
                return count;
            }
        }
        """, """
        using System.Data.Common;
        public class C
        {
            public async Task<int> M(DbConnection connection)
            {
                await connection.OpenAsync().ConfigureAwait(false);
                using var command = connection.CreateCommand();
                using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                var count = 0;
                while (await reader.ReadAsync().ConfigureAwait(false))
                    count++;
                return count;
            }
        }
        """);

    [Fact]
    public Task Fixes_what_is_called_without_a_receiver() => Verify.Fixes<Fix>("""
        using static System.IO.File;
        public class C
        {
            public async Task<string> M(string path)
            {
                await Task.Yield();
                return [|ReadAllText(path)|];
            }
        }
        """, """
        using static System.IO.File;
        public class C
        {
            public async Task<string> M(string path)
            {
                await Task.Yield();
                return await ReadAllTextAsync(path);
            }
        }
        """);

    [Theory]
    [InlineData("lock (data) { [|stream.Flush()|]; }")]
    [InlineData("stream?[|.Flush()|];")]
    [InlineData("Span<byte> part = data; [|stream.Write(part)|];")]
    [InlineData("unsafe { [|stream.Flush()|]; }")]
    [InlineData("[|stream.Write(\"a\"u8)|];")]
    public Task No_fix_where_nothing_safe_can_be_written(string body) => Verify.NoFix<Fix>(In(body));

    private static readonly Verify.Case WithoutTwin = new() { AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = "M:Acme.Store.Load* blocks kind=io\n" } };

    [Fact]
    public Task Fixes_by_the_twin_that_no_row_names() => WithoutTwin.Fixes<Fix>(Store("public Task<int> LoadAsync(int n, CancellationToken cancel = default) => Task.FromResult(n);", "[|store.Load(1)|]"),
        Store("public Task<int> LoadAsync(int n, CancellationToken cancel = default) => Task.FromResult(n);", "await store.LoadAsync(1)"));

    [Theory]
    [InlineData("")]
    [InlineData("public Task<string> LoadAsync(int n) => Task.FromResult(\"\");")]
    [InlineData("public Task LoadAsync(int n) => Task.CompletedTask;")]
    [InlineData("public Task<int> LoadAsync(string name) => Task.FromResult(1);")]
    [InlineData("public Task<int> LoadAsync(int n, int m) => Task.FromResult(1);")]
    [InlineData("public int LoadAsync(int n) => 1;")]
    [InlineData("private Task<int> LoadAsync(int n) => Task.FromResult(1);")]
    [InlineData("public static Task<int> LoadAsync(int n) => Task.FromResult(1);")]
    public Task Silent_where_no_row_names_a_twin_and_none_is_like_it(string member) => WithoutTwin.Silent(Store(member, "store.Load(1)"));

    private static string Store(string member, string call) => $$"""
        namespace Acme;
        public class Store
        {
            public int Load(int n) => n;
            {{member}}
        }

        public class C
        {
            public async Task<int> M(Store store)
            {
                await Task.Yield();
                return {{call}};
            }
        }
        """;
}
