using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.CapturedDisposableFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.CapturedDisposable>;

namespace Analyzers.Tests.Rules;

public partial class TW1030_CapturedDisposable
{
    [Fact]
    public Task Fires_on_work_that_nobody_waits_for() => Verify.Fires("""
        using System.IO;

        public class C
        {
            public void M(string path)
            {
                using (var stream = File.OpenRead(path))
                {
                    Task.Run(() => Console.WriteLine([|stream|].ReadByte() + stream.Length));
                }
            }

            public void N(string path)
            {
                using var stream = File.OpenRead(path);
                ThreadPool.QueueUserWorkItem(_ => Console.WriteLine([|stream|].ReadByte()));
                new Thread(() => Console.WriteLine([|stream|].ReadByte())).Start();
            }
        }
        """,
        "'stream' is used by work that 'Task.Run' starts in 'C.M', which disposes of it without waiting for the work: it may be disposed of before or while it is used",
        "'stream' is used by work that 'ThreadPool.QueueUserWorkItem' starts in 'C.N', which disposes of it without waiting for the work: it may be disposed of before or while it is used",
        "'stream' is used by work that 'Thread' starts in 'C.N', which disposes of it without waiting for the work: it may be disposed of before or while it is used");

    [Fact]
    public Task Fires_on_work_that_is_returned() => Verify.Fires("""
        using System.IO;

        public class C
        {
            public Task<int> M(string path)
            {
                using var stream = File.OpenRead(path);
                return Task.Run(() => [|stream|].ReadByte());
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_token_source() => Verify.Fires("""
        public class C
        {
            public void M()
            {
                using var source = new CancellationTokenSource();
                _ = Task.Run(async () => await Task.Delay(10, [|source|].Token));
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_work_is_waited_for() => Verify.Silent("""
        using System.IO;

        public class C
        {
            public async Task M(string path, int[] items)
            {
                using var stream = File.OpenRead(path);
                await Task.Run(() => stream.ReadByte());
                var task = Task.Run(() => stream.ReadByte());
                Parallel.ForEach(items, item => stream.ReadByte());
                Console.WriteLine();
                await task;
            }

            public void N(string path)
            {
                using var stream = File.OpenRead(path);
                var tasks = new List<Task>();
                for (var i = 0; i < 3; i++)
                    tasks.Add(Task.Run(() => stream.ReadByte()));
                Task.WaitAll(tasks.ToArray());
            }
        }
        """);

    [Fact]
    public Task Silent_when_a_signal_is_waited_for() => Verify.Silent("""
        public class C
        {
            public void M()
            {
                using var done = new ManualResetEventSlim();
                ThreadPool.QueueUserWorkItem(_ => done.Set());
                done.Wait();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_work_disposes_of_it() => Verify.Silent("""
        using System.IO;

        public class C
        {
            public void M(string path)
            {
                var stream = File.OpenRead(path);
                Task.Run(() =>
                {
                    using (stream)
                        stream.ReadByte();
                });
                Task.Run(() =>
                {
                    using var own = File.OpenRead(path);
                    own.ReadByte();
                });
            }
        }
        """);

    [Fact]
    public Task Silent_when_its_end_does_nothing() => Verify.Silent("""
        public class C
        {
            public void M(Timer given)
            {
                using var timer = new Timer(_ => { });
                using var activity = new System.Diagnostics.Activity("a");
                Task.Run(() => activity.SetTag("a", "b"));
            }
        }
        """);

    [Fact]
    public Task Fixes_by_awaiting() => Verify.Fixes<Fix>("""
        using System.IO;

        public class C
        {
            public async Task M(string path)
            {
                await Task.Yield();
                using (var stream = File.OpenRead(path))
                {
                    _ = Task.Run(() => [|stream|].ReadByte()); // kept
                }

                using (var stream = File.OpenRead(path))
                {
                    _ = Task.Run(() => Console.WriteLine([|stream|].ReadByte()));
                }
            }
        }
        """, """
        using System.IO;

        public class C
        {
            public async Task M(string path)
            {
                await Task.Yield();
                using (var stream = File.OpenRead(path))
                {
                    await Task.Run(() => stream.ReadByte()); // kept
                }

                using (var stream = File.OpenRead(path))
                {
                    await Task.Run(() => Console.WriteLine(stream.ReadByte()));
                }
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_outside_of_async_code() => Verify.NoFix<Fix>("""
        using System.IO;

        public class C
        {
            public void M(string path)
            {
                using var stream = File.OpenRead(path);
                Task.Run(() => [|stream|].ReadByte());
                Console.WriteLine();
            }
        }
        """);
}
