using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CapturedDisposableFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedDisposable>;

namespace Analyzers.Tests.Rules;

public partial class TW1030_CapturedDisposable
{
    private const string OwnedTitle = "Dispose of it where it is used";

    private static readonly Verify.Case Owned = new() { Title = OwnedTitle };

    private static readonly Verify.Case OwnedBeside = new() { Action = 1 };

    private static string In(string body, string head = "void M(string path, int count)") => $$"""
        using System.IO;

        public class C
        {
            private readonly List<Task> _tasks = new();

            public {{head}}
            {
                {{body}}
            }

            private static void Use(object x) => Console.WriteLine(x);
        }
        """;

    [Fact]
    public Task Disposes_of_it_in_the_work() => Owned.Fixes<Fix>(In("""
        // Made here.
                using var stream = File.OpenRead(path); // open
                Task.Run(() => Console.WriteLine([|stream|].ReadByte())); // kept
        """), In("""
        // Made here.
                var stream = File.OpenRead(path); // open
                Task.Run(() =>
                {
                    using (stream)
                    {
                        Console.WriteLine(stream.ReadByte());
                    }
                }); // kept
        """));

    [Fact]
    public Task Disposes_of_it_in_work_that_is_a_block() => Owned.Fixes<Fix>(In("""
        using (FileStream stream = File.OpenRead(path)) // open
                {
                    // Soon.
                    ThreadPool.QueueUserWorkItem(_ =>
                    {
                        // All of it.
                        while ([|stream|].ReadByte() >= 0)
                            Use(count); // kept

                        Use(stream);
                        // End.
                    });

                    return; // told
                }
        """), In("""
        FileStream stream = File.OpenRead(path); // open
                // Soon.
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    // All of it.
                    using (stream)
                    {
                        while (stream.ReadByte() >= 0)
                            Use(count); // kept

                        Use(stream);
                    }
                    // End.
                });

                return; // told
        """));

    [Fact]
    public Task Disposes_of_it_in_asynchronous_work() => OwnedBeside.Fixes<Fix>(In("""
        await Task.Yield();
                await using (var stream = File.OpenRead(path))
                {
                    _ = Task.Run(async () =>
                    {
                        await [|stream|].ReadAsync(new byte[count]);
                    });
                }
        """, "async Task M(string path, int count)"), In("""
        await Task.Yield();
                var stream = File.OpenRead(path);
                _ = Task.Run(async () =>
                {
                    await using (stream)
                    {
                        await stream.ReadAsync(new byte[count]);
                    }
                });
        """, "async Task M(string path, int count)"));

    [Theory]
    [InlineData("Task.Run(async () => await [|stream|].ReadAsync(new byte[count]));", "Task.Run(async () => { using (stream) { return await stream.ReadAsync(new byte[count]); } });")]
    [InlineData("Task.Run(() => [|stream|].FlushAsync());", "Task.Run(async () => { using (stream) { await stream.FlushAsync(); } });")]
    [InlineData("Task.Run(() => [|stream|].FlushAsync().Wait());", "Task.Run(() => { using (stream) { stream.FlushAsync().Wait(); } });")]
    [InlineData("Task.Run(async () => { await Task.WhenAll([|stream|].FlushAsync(), Task.Delay(count)).ConfigureAwait(false); });", "Task.Run(async () => { using (stream) { await Task.WhenAll(stream.FlushAsync(), Task.Delay(count)).ConfigureAwait(false); } });")]
    [InlineData("Task.Run(delegate { Use([|stream|]); });", "Task.Run(delegate { using (stream) { Use(stream); } });")]
    [InlineData("_tasks.Add(Task.Run(() => [|stream|].ReadByte()));", "_tasks.Add(Task.Run(() => { using (stream) { return stream.ReadByte(); } }));")]
    [InlineData("var size = count; Task.Run(() => [|stream|].Read(new byte[size]));", "var size = count; Task.Run(() => { using (stream) { return stream.Read(new byte[size]); } });")]
    [InlineData("Task.Factory.StartNew(() => Use([|stream|]), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);", "Task.Factory.StartNew(() => { using (stream) { Use(stream); } }, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);")]
    [InlineData("new Thread(() => Use([|stream|])) { IsBackground = true }.Start();", "new Thread(() => { using (stream) { Use(stream); } }) { IsBackground = true }.Start();")]
    [InlineData("var thread = new Thread(() => Use([|stream|])); thread.IsBackground = true; thread.Start();", "var thread = new Thread(() => { using (stream) { Use(stream); } }); thread.IsBackground = true; thread.Start();")]
    public Task Disposes_of_it_however_the_work_is_started(string start, string after) =>
        Owned.Fixes<Fix>(In("if (count > 0) { using var stream = File.OpenRead(path); " + start + " }"), In("if (count > 0) { var stream = File.OpenRead(path); " + after + " }"));

    [Theory]
    [InlineData("using (var stream = File.OpenRead(path)) { Task.Run(() => Use([|stream|])); }", "var stream = File.OpenRead(path); Task.Run(() => { using (stream) { Use(stream); } });")]
    [InlineData("using (var stream = File.OpenRead(path)) { /* one */ Task.Run(() => Use([|stream|])); }", "var stream = File.OpenRead(path); /* one */ Task.Run(() => { using (stream) { Use(stream); } });")]
    [InlineData("using (var stream = File.OpenRead(path)) Task.Run(() => Use([|stream|]));", "var stream = File.OpenRead(path); Task.Run(() => { using (stream) { Use(stream); } });")]
    public Task Disposes_of_it_in_code_on_one_line(string body, string after) => Owned.Fixes<Fix>(In("if (count > 0) { " + body + " }"), In("if (count > 0) { " + after + " }"));

    [Fact]
    public Task Disposes_of_what_each_round_opens() => Owned.Fixes<Fix>(
        In("foreach (var path in paths) { using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); }", "void M(string[] paths)"),
        In("foreach (var path in paths) { var stream = File.OpenRead(path); Task.Run(() => { using (stream) { Use(stream); } }); }", "void M(string[] paths)"));

    [Fact]
    public Task Gives_a_result_to_who_called() => Owned.Fixes<Fix>(
        In("using var stream = File.OpenRead(path);\n        return Task.Run(() => [|stream|].ReadByte());", "Task<int> M(string path)"),
        In("var stream = File.OpenRead(path);\n        return Task.Run(() =>\n        {\n            using (stream)\n            {\n                return stream.ReadByte();\n            }\n        });", "Task<int> M(string path)"));

    [Fact]
    public Task Disposes_of_it_in_older_code() => new Verify.Case { Title = OwnedTitle, Language = LanguageVersion.CSharp7_3 }.Fixes<Fix>("""
        using System.IO;
        using System.Threading.Tasks;

        public class C {
          public void M(string path) {
            using (var stream = File.OpenRead(path)) {
              Task.Run(() => stream.CopyTo([|stream|]));
            }
          }

          public void N() {
            using (var other = File.OpenRead("a"))
              Task.Run(() => [|other|].ReadByte());
          }
        }
        """.Replace("stream.CopyTo([|stream|])", "[|stream|].CopyTo(stream)"), """
        using System.IO;
        using System.Threading.Tasks;

        public class C {
          public void M(string path) {
            var stream = File.OpenRead(path);
            Task.Run(() => {
              using (stream) {
                stream.CopyTo(stream);
              }
            });
          }

          public void N() {
            var other = File.OpenRead("a");
            Task.Run(() => {
              using (other) {
                return other.ReadByte();
              }
            });
          }
        }
        """);

    [Theory]
    [InlineData("Task.Run(() => Use([|stream|])); Use(stream);")]
    [InlineData("Task.Run(() => Use([|stream|])); Use(path);")]
    [InlineData("Use(path); Task.Run(() => Use([|stream|]));")]
    [InlineData("var other = stream; Task.Run(() => Use([|stream|]));")]
    [InlineData("if (count > 0) return; Task.Run(() => Use([|stream|]));")]
    [InlineData("if (count > 0) Task.Run(() => Use([|stream|]));")]
    [InlineData("for (var i = 0; i < count; i++) Task.Run(() => Use([|stream|]));")]
    [InlineData("Task.Run(() => Use([|stream|])); Task.Run(() => Use([|stream|]));")]
    [InlineData("Task.Run(() => Use([|stream|]), new CancellationToken(true));")]
    [InlineData("Task.Factory.StartNew(() => Use([|stream|]), new CancellationToken(true), TaskCreationOptions.None, TaskScheduler.Default);")]
    [InlineData("new TaskFactory().StartNew(() => Use([|stream|]));")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Use([|stream|]), string.Concat(path, count));")]
    [InlineData("var thread = new Thread(() => Use([|stream|])); _tasks.Clear(); thread.Start();")]
    [InlineData("var thread = new Thread(() => Use([|stream|]));")]
    [InlineData("Task.Run(() => { _ = [|stream|].FlushAsync(); });")]
    [InlineData("Task.Run(() => { return [|stream|].FlushAsync(); });")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => [|stream|].FlushAsync());")]
    [InlineData("Task.Run(() => new List<int>().ForEach(x => [|stream|].WriteByte((byte)x)));")]
    [InlineData("Task.Run(() => { var other = [|stream|]; Use(other); });")]
    [InlineData("Task.Run(() => { new List<Stream>().Add([|stream|]); });")]
    [InlineData("Task.Run(() => { Func<int> read = [|stream|].ReadByte; Use(read); });")]
    [InlineData("_tasks.Add(Task.Run(() => File.ReadLines([|stream|].Name)));")]
    [InlineData("using var other = File.OpenRead(path + 1); Task.Run(() => Use([|stream|]));")]
    [InlineData("#if DEBUG\n Use(stream);\n#endif\n Task.Run(() => Use([|stream|]));")]
    public Task Leaves_it_where_more_than_the_work_uses_it_or_where_it_may_never_run(string body) =>
        Owned.NoFix<Fix>(In("using var stream = File.OpenRead(path);\n" + body), In("using (var stream = File.OpenRead(path))\n{\n" + body + "\n}").Replace("class C", "class D"));

    [Theory]
    [InlineData("using var stream = _stream;")]
    [InlineData("using var stream = given;")]
    [InlineData("using var stream = new BufferedStream(given);")]
    [InlineData("using var first = File.OpenRead(path); using var stream = new BufferedStream(first);")]
    [InlineData("using var first = File.OpenRead(path); using var stream = File.OpenRead(path + 1);")]
    [InlineData("using Stream stream = File.OpenRead(path), other = File.OpenRead(path);")]
    [InlineData("using IDisposable stream = File.OpenRead(path);")]
    [InlineData("using var stream = _stream = File.OpenRead(path);")]
    [InlineData("using var stream = new Value();")]
    [InlineData("using var stream = new System.Transactions.TransactionScope();")]
    public Task Leaves_what_is_not_the_scopes_own(string made) => Owned.NoFix<Fix>("""
        using System.IO;

        public class C
        {
            private Stream? _stream;

            public void M(string path, Stream given)
            {
                MADE
                Task.Run(() => Use([|stream|]));
            }

            private static void Use(object? x) => Console.WriteLine(x);
        }

        public struct Value : IDisposable { public void Dispose() { } }
        """.Replace("MADE", made));

    [Theory]
    [InlineData("using (var stream = File.OpenRead(path)) { Task.Run(() => Use([|stream|])); } File.Delete(path);")]
    [InlineData("while (count > 0) { using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); }")]
    [InlineData("lock (_tasks) { using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); }")]
    [InlineData("try { using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); } finally { Use(count); }")]
    [InlineData("using (File.OpenRead(path)) { using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); }")]
    [InlineData("if (count > 0) { using (var stream = File.OpenRead(path)) { Task.Run(() => Use([|stream|])); } } else { var stream = count; }")]
    [InlineData("using (var stream = File.OpenRead(path)) { Task.Run(() => Use([|stream|])); /* end */ }")]
    public Task Leaves_it_where_code_around_waits_for_its_end_or_means_something_else(string body) => Owned.NoFix<Fix>(In(body));

    [Theory]
    [InlineData("using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|])); yield return count;")]
    [InlineData("using var stream = File.OpenRead(path); yield return count; Task.Run(() => Use([|stream|]));")]
    public Task Leaves_it_where_the_scope_ends_when_others_go_on(string body) => Owned.NoFix<Fix>(In(body, "IEnumerable<int> M(string path, int count)"));

    [Fact]
    public Task Disposes_of_it_with_tabs_and_other_line_ends() => Owned.Fixes<Fix>(
        In("using (var stream = File.OpenRead(path))\n        {\n            Task.Run(() => Use([|stream|]));\n        }").Replace("    ", "\t").Replace("\n", "\r\n"),
        In("var stream = File.OpenRead(path);\n        Task.Run(() =>\n        {\n            using (stream)\n            {\n                Use(stream);\n            }\n        });").Replace("    ", "\t").Replace("\n", "\r\n"));

    [Fact]
    public Task Disposes_of_it_in_two_methods() => Owned.Fixes<Fix>(
        In("using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|]));\n    }\n\n    void N(string path)\n    {\n        using var stream = File.OpenRead(path); Task.Run(() => Use([|stream|]));"),
        In("var stream = File.OpenRead(path); Task.Run(() => { using (stream) { Use(stream); } });\n    }\n\n    void N(string path)\n    {\n        var stream = File.OpenRead(path); Task.Run(() => { using (stream) { Use(stream); } });"));
}
