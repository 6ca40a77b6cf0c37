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
    public Task Fixes_a_loop_over_lines() => Verify.Fixes<Fix>("""
        using System.IO;
        public class C
        {
            public async Task M(StreamReader reader)
            {
                // all of it
                while (![|reader.EndOfStream|])
                {
                    var line = reader.ReadLine()!;
                    // kept
                    await Task.Delay(line.Length); // kept too
                }
            }
        }
        """, """
        using System.IO;
        public class C
        {
            public async Task M(StreamReader reader)
            {
                // all of it
                while (await reader.ReadLineAsync() is { } line)
                {
                    // kept
                    await Task.Delay(line.Length); // kept too
                }
            }
        }
        """);
}
