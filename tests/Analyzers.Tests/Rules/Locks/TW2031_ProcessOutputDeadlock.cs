using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.ProcessOutputDeadlockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.ProcessOutputDeadlock>;

namespace Analyzers.Tests.Rules;

public class TW2031_ProcessOutputDeadlock
{
    private static string Method(string body, string head = "public static string Run(ProcessStartInfo start, CancellationToken token)") => $$"""
        using System.Diagnostics;

        public class C
        {
            {{head}}
            {
                using var p = Process.Start(start)!;
                {{body.Replace("\n", "\n        ")}}
            }

            private static void Use(System.IO.TextReader reader) { }
        }
        """;

    private static string Async(string body) => Method(body, "public static async Task<string> Run(ProcessStartInfo start, CancellationToken token)");

    [Fact]
    public Task Fires_on_a_read_behind_the_wait() => Verify.Fires(
        Method("[|p.WaitForExit()|];\nreturn p.StandardOutput.ReadToEnd();"),
        "'C.Run' waits for the process to end before it reads the output of 'p' (Test0.cs:9): once that pipe is full the process waits for a reader, and both wait for ever");

    [Fact]
    public Task Fires_on_two_reads_in_a_row() => Verify.Fires(
        Method("var output = [|p.StandardOutput.ReadToEnd()|];\nvar error = p.StandardError.ReadToEnd();\np.WaitForExit();\nreturn output + error;"),
        "'C.Run' reads its output to the end before it reads the error output of 'p' (Test0.cs:9): once that pipe is full the process waits for a reader, and both wait for ever");

    [Theory]
    [InlineData("[|p.WaitForExit()|]; if (p.ExitCode != 0) throw new Exception(p.StandardError.ReadToEnd()); return \"\";")]
    [InlineData("[|p.WaitForExit()|]; string? line; while ((line = p.StandardOutput.ReadLine()) != null) Console.WriteLine(line); return \"\";")]
    [InlineData("p.BeginOutputReadLine(); [|p.WaitForExit()|]; return p.StandardError.ReadToEnd();")]
    [InlineData("var output = p.StandardOutput; [|p.WaitForExit()|]; return output.ReadToEnd();")]
    [InlineData("var error = [|p.StandardError.ReadToEnd()|]; p.WaitForExit(); return p.StandardOutput.ReadToEnd();")]
    public Task Fires_whatever_comes_first(string body) => Verify.Fires(Method(body));

    [Theory]
    [InlineData("await [|p.WaitForExitAsync(token)|]; return await p.StandardOutput.ReadToEndAsync();")]
    [InlineData("var output = await [|p.StandardOutput.ReadToEndAsync()|]; return output + await p.StandardError.ReadToEndAsync();")]
    [InlineData("var output = await [|p.StandardOutput.ReadToEndAsync()|].ConfigureAwait(false); return output + p.StandardError.ReadToEnd();")]
    public Task Fires_on_what_is_awaited(string body) => Verify.Fires(Async(body));

    [Theory]
    [InlineData("var output = p.StandardOutput.ReadToEnd(); p.WaitForExit(); return output;")]
    [InlineData("var error = p.StandardError.ReadToEndAsync(); var output = p.StandardOutput.ReadToEnd(); p.WaitForExit(); return output + error.Result;")]
    [InlineData("p.BeginErrorReadLine(); var output = p.StandardOutput.ReadToEnd(); p.WaitForExit(); return output;")]
    [InlineData("p.BeginErrorReadLine(); p.BeginOutputReadLine(); p.WaitForExit(); return \"\";")]
    [InlineData("Use(p.StandardError); p.WaitForExit(); return p.StandardError.ReadToEnd();")]
    [InlineData("p.WaitForExit(); return \"\";")]
    [InlineData("if (!p.WaitForExit(1000)) p.Kill(); return p.StandardOutput.ReadToEnd();")]
    [InlineData("if (!p.WaitForExit(1000)) throw new TimeoutException(); return p.StandardOutput.ReadToEnd() + p.StandardError.ReadToEnd();")]
    [InlineData("p.WaitForExit(TimeSpan.FromSeconds(5)); return p.HasExited ? p.StandardOutput.ReadToEnd() + p.StandardError.ReadToEnd() : \"\";")]
    [InlineData("var copy = p.StandardError.BaseStream.CopyToAsync(System.IO.Stream.Null); var output = p.StandardOutput.ReadToEnd(); p.WaitForExit(); return p.StandardError.ReadToEnd();")]
    public Task Silent_when_nobody_has_to_wait(string body) => Verify.Silent(Method(body));

    [Theory]
    [InlineData("var output = p.StandardOutput.ReadToEndAsync(); var error = p.StandardError.ReadToEndAsync(); await p.WaitForExitAsync(token); return await output + await error;")]
    [InlineData("var both = await Task.WhenAll(p.StandardOutput.ReadToEndAsync(), p.StandardError.ReadToEndAsync()); return both[0];")]
    public Task Silent_when_both_are_read_at_once(string body) => Verify.Silent(Async(body));

    [Fact]
    public Task Silent_on_two_processes() => Verify.Silent(Method("using var q = Process.Start(start)!; p.WaitForExit(); return q.StandardOutput.ReadToEnd();"));

    [Fact]
    public Task Fires_in_every_round_of_a_loop() => Verify.Fires("""
        using System.Diagnostics;

        public class C
        {
            public static IEnumerable<string> Run(IEnumerable<ProcessStartInfo> starts)
            {
                foreach (var start in starts)
                {
                    var p = Process.Start(start)!;
                    [|p.WaitForExit()|];
                    yield return p.StandardOutput.ReadToEnd();
                }
            }
        }
        """);

    [Fact]
    public Task Known_miss_when_the_other_pipe_is_redirected_and_never_read() => Verify.Silent(
        Method("start.RedirectStandardError = true; var output = p.StandardOutput.ReadToEnd(); p.WaitForExit(); return output;"));

    [Theory]
    [InlineData("[|p.WaitForExit()|]; // done\nreturn p.StandardOutput.ReadToEnd();", "var outputRead = p.StandardOutput.ReadToEndAsync();\np.WaitForExit(); // done\nreturn outputRead.GetAwaiter().GetResult();")]
    [InlineData("var output = [|p.StandardOutput.ReadToEnd()|];\nvar error = p.StandardError.ReadToEnd();\nreturn output + error;", "var errorRead = p.StandardError.ReadToEndAsync();\nvar output = p.StandardOutput.ReadToEnd();\nvar error = errorRead.GetAwaiter().GetResult();\nreturn output + error;")]
    [InlineData("[|p.WaitForExit()|]; if (p.ExitCode != 0) throw new Exception(p.StandardError.ReadToEnd().Trim()); return \"\";", "var errorRead = p.StandardError.ReadToEndAsync();\np.WaitForExit(); if (p.ExitCode != 0) throw new Exception(errorRead.GetAwaiter().GetResult().Trim()); return \"\";")]
    public Task Fixes_by_starting_the_read_first(string before, string after) => Verify.Fixes<Fix>(Method(before), Method(after));

    [Theory]
    [InlineData("await [|p.WaitForExitAsync(token)|];\nreturn await p.StandardOutput.ReadToEndAsync();", "var outputRead = p.StandardOutput.ReadToEndAsync();\nawait p.WaitForExitAsync(token);\nreturn await outputRead;")]
    [InlineData("var output = await [|p.StandardOutput.ReadToEndAsync()|];\nreturn output + p.StandardError.ReadToEnd().Trim();", "var errorRead = p.StandardError.ReadToEndAsync();\nvar output = await p.StandardOutput.ReadToEndAsync();\nreturn output + (await errorRead).Trim();")]
    public Task Fixes_with_an_await_in_async_code(string before, string after) => Verify.Fixes<Fix>(Async(before), Async(after));

    [Fact]
    public Task No_fix_when_it_is_not_read_to_the_end() => Verify.NoFix<Fix>(Method("[|p.WaitForExit()|]; return p.StandardOutput.ReadLine() ?? \"\";"));
}
