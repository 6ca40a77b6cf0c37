using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.EndOfStreamInAsyncFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.EndOfStreamInAsync>;

namespace Analyzers.Tests.Rules;

public class TW3013_EndOfStreamInAsync
{
    [Fact]
    public Task Fires_in_a_loop_and_in_a_condition() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task<bool> M(StreamReader reader)
            {
                while (![|reader.EndOfStream|])
                    await reader.ReadLineAsync();
                while ([|reader.EndOfStream|] == false)
                    await reader.ReadLineAsync();
                do
                    await reader.ReadLineAsync();
                while (![|reader.EndOfStream|]);
                if ([|reader.EndOfStream|])
                    return true;
                var last = [|reader.EndOfStream|];
                return last;
            }
        }
        """);

    [Fact]
    public Task Fires_in_every_kind_of_async_code() => Verify.Fires("""
        using System.IO;
        public class C
        {
            private readonly StreamReader _reader = new("a");

            public async IAsyncEnumerable<string> Lines()
            {
                while (![|_reader.EndOfStream|])
                    yield return await _reader.ReadLineAsync() ?? "";
            }

            public async void Handle()
            {
                await Task.Yield();
                _ = [|_reader.EndOfStream|];
            }

            public Func<Task<bool>> Ends() => async () => { await Task.Yield(); return [|_reader.EndOfStream|]; };

            public async Task<bool> OfAProcess(System.Diagnostics.Process process)
            {
                await Task.Yield();
                return [|process.StandardOutput.EndOfStream|];
            }
        }
        """);

    [Fact]
    public Task Says_what_to_do_instead() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task<bool> M(StreamReader reader)
            {
                await Task.Yield();
                return [|reader.EndOfStream|];
            }
        }
        """, "'StreamReader.EndOfStream' blocks a thread inside async 'C.M' until there is more to read; read until 'ReadLineAsync' returns null");

    [Fact]
    public Task Silent_outside_async_code() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public bool M(StreamReader reader) => reader.EndOfStream;
            public Task<bool> N(StreamReader reader) => Task.FromResult(reader.EndOfStream);
            public async Task<bool> O(StreamReader reader) => await Task.Run(() => reader.EndOfStream);
        }
        """);

    [Fact]
    public Task C6_184_Silent_where_the_stream_is_in_memory() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task<bool> M(byte[] data, MemoryStream stream)
            {
                await Task.Yield();
                var kept = new MemoryStream(data);
                using var reader = new StreamReader(kept);
                return reader.EndOfStream && new StreamReader(stream, leaveOpen: true).EndOfStream;
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task<string?> M(StreamReader reader, bool async)
            {
                if (async)
                    return await reader.ReadLineAsync();
                return reader.EndOfStream ? null : reader.ReadLine();
            }
        }
        """);

    [Fact]
    public Task Silent_once_the_process_has_ended() => Verify.Silent("""
        public class C
        {
            public async Task<bool> M(System.Diagnostics.Process process)
            {
                await process.WaitForExitAsync();
                return process.StandardOutput.EndOfStream;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_property_of_the_same_name_elsewhere_and_in_nameof() => Verify.Silent("""
        using System.IO;
        public class Cursor
        {
            public bool EndOfStream => true;
        }

        public class C
        {
            public async Task<string> M(Cursor cursor)
            {
                await Task.Yield();
                return cursor.EndOfStream ? nameof(StreamReader.EndOfStream) : "";
            }
        }
        """);

    private static string Loop(string loop) => $$"""
        using System.IO;
        public class C
        {
            public async Task M(StreamReader reader, StreamReader other, List<string?> lines, CancellationToken cancel)
            {
                await Task.Yield();
                {{loop.ReplaceLineEndings("\n").Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;

    [Theory]
    [InlineData("var line = reader.ReadLine();", "await reader.ReadLineAsync()")]
    [InlineData("string line = reader.ReadLine()!;", "await reader.ReadLineAsync()")]
    [InlineData("string? line = await reader.ReadLineAsync();", "await reader.ReadLineAsync()")]
    [InlineData("var line = (await reader.ReadLineAsync(cancel))!;", "await reader.ReadLineAsync(cancel)")]
    [InlineData("var line = await reader.ReadLineAsync(cancel).ConfigureAwait(true);", "await reader.ReadLineAsync(cancel).ConfigureAwait(true)")]
    public Task Fixes_a_loop_over_lines(string first, string read) => Verify.Fixes<Fix>(Loop($$"""
        // all of it
        while (![|reader.EndOfStream|])
        {
            {{first}}
            // kept
            lines.Add(line); // kept too
        }
        """), Loop($$"""
        // all of it
        while ({{read}} is { } line)
        {
            // kept
            lines.Add(line); // kept too
        }
        """));

    [Fact]
    public Task Fixes_a_loop_on_one_line_and_a_field() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            private readonly StreamReader _reader = new("a");

            public async Task M()
            {
                while (![|_reader.EndOfStream|]) { var line = _reader.ReadLine(); Console.WriteLine(line); }
                await Task.Delay(1).ConfigureAwait(false);
            }
        }
        """, """
        using System.IO;
        public class C
        {
            private readonly StreamReader _reader = new("a");

            public async Task M()
            {
                while (await _reader.ReadLineAsync().ConfigureAwait(false) is { } line) { Console.WriteLine(line); }
                await Task.Delay(1).ConfigureAwait(false);
            }
        }
        """);

    [Theory]
    [InlineData("while (![|reader.EndOfStream|] && lines.Count < 9) { var line = reader.ReadLine(); }")]
    [InlineData("while (![|reader.EndOfStream|]) { var line = other.ReadLine(); }")]
    [InlineData("while (![|reader.EndOfStream|]) { var line = reader.ReadLine(); lines.Add(reader.ReadLine()); }")]
    [InlineData("while (![|reader.EndOfStream|]) { lines.Add(null); var line = reader.ReadLine(); }")]
    [InlineData("while (![|reader.EndOfStream|]) { var line = reader.ReadLine()?.Trim(); }")]
    [InlineData("while (![|reader.EndOfStream|]) { var character = reader.Read(); }")]
    [InlineData("while (![|reader.EndOfStream|]) lines.Add(reader.ReadLine());")]
    [InlineData("do { var line = reader.ReadLine(); } while (![|reader.EndOfStream|]);")]
    [InlineData("if (![|reader.EndOfStream|]) { var line = reader.ReadLine(); }")]
    [InlineData("lock (lines) { while (![|reader.EndOfStream|]) { var line = reader.ReadLine(); } }")]
    [InlineData("while (![|reader.EndOfStream|]) { var line = reader.ReadLine(); // about the line\n}")]
    public Task No_fix_where_the_loop_is_another(string loop) => Verify.NoFix<Fix>(Loop(loop));
}
