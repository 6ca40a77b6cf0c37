using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Analyzers.Rules;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Engine;

/// <summary>Where async code comes to stop its thread, itself or further down, and where it does not.</summary>
public sealed class BlockingInAsync
{
    [Fact]
    public Task C6_177_A_private_method_that_waits_two_calls_down() => Verify<TransitiveBlocking>.Fires("""
        public class Page(Task<int> source)
        {
            public async Task ShowAsync() { await Task.Yield(); Console.WriteLine([|Load()|]); }
            private int Load() => Fetch() + 1;
            private int Fetch() => source.Result;
        }
        """, "'Page.Load' blocks a thread inside async 'Page.ShowAsync': 'Page.Fetch' calls 'Task.Result' (Test0.cs:5)");

    [Fact]
    public Task C6_178_A_task_that_was_awaited() => Verify<BlockingWaitInAsync>.Silent("""
        public class C
        {
            public async Task<int> One(Task<int> t) { await t; return t.Result; }
            public async Task<int> Two(Task<int> t1, Task<int> t2) { await Task.WhenAll(t1, t2); return t1.Result + t2.Result; }
        }
        """);

    [Fact]
    public async Task C6_179_A_task_that_was_tested()
    {
        await Verify<BlockingWaitInAsync>.Silent("public class C { public async Task<int> M(Task<int> t) { if (t.IsCompletedSuccessfully) return t.Result; return await t; } }");
        await Verify<TransitiveBlocking>.Silent("""
            public class C
            {
                public async Task<int> M(Task<int> t) { await Task.Yield(); return Peek(t); }
                private static int Peek(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;
            }
            """);
    }

    [Fact]
    public Task C6_180_Work_given_to_another_thread() => Verify<TransitiveBlocking>.Silent("""
        public class C
        {
            public async Task M(Task t) => await Task.Run(() => Wait(t));
            private static void Wait(Task t) => t.Wait();
        }
        """);

    [Fact]
    public async Task C6_181_A_helper_that_sleeps()
    {
        await Verify<TransitiveBlocking>.Fires("""
            public class C
            {
                public async Task M() { await Task.Yield(); [|Rest()|]; }
                private static void Rest() => Thread.Sleep(100);
            }
            """);
        await Verify<TransitiveBlocking>.Silent("""
            public class C
            {
                public async Task M() { await Task.Yield(); Rest(); }
                private static void Rest() { Thread.Sleep(0); Thread.Yield(); new SpinWait().SpinOnce(); Thread.SpinWait(20); }
            }
            """);
    }

    [Fact]
    public async Task C6_182_A_helper_that_waits_for_a_semaphore()
    {
        await Verify<TransitiveBlocking>.Fires("""
            public class C
            {
                private readonly SemaphoreSlim _sem = new(1);
                public async Task M() { await Task.Yield(); [|Take()|]; _sem.Release(); }
                private void Take() => _sem.Wait();
            }
            """);
        await Verify<TransitiveBlocking>.Silent("""
            public class C
            {
                private readonly SemaphoreSlim _sem = new(1);
                public async Task M() { await Task.Yield(); if (TryTake()) _sem.Release(); }
                private bool TryTake() => _sem.Wait(0);
            }
            """);
    }

    [Fact]
    public Task C6_183_A_helper_that_takes_a_lock() => Verify<TransitiveBlocking>.Silent("""
        public class C
        {
            private int _n;
            public async Task M() { await Task.Yield(); Count(); }
            private void Count() { lock (this) _n++; }
        }
        """);

    [Fact]
    public async Task C6_184_A_helper_that_reads_a_file_is_an_information()
    {
        await Verify<TransitiveBlocking>.Fires("""
            using System.IO;
            public class C
            {
                public async Task M(string path) { await Task.Yield(); Console.WriteLine([|Load(path)|]); }
                private static string Load(string path) => File.ReadAllText(path);
            }
            """, "'C.Load' blocks a thread inside async 'C.M': it calls 'File.ReadAllText' (Test0.cs:5)");
        await Verify<TransitiveBlocking>.Silent("""
            using System.IO;
            public class C
            {
                public async Task M(byte[] data) { await Task.Yield(); Console.WriteLine(Load(data) + Parse("a")); }
                private static string Load(byte[] data) => new StreamReader(new MemoryStream(data)).ReadToEnd();
                private static string? Parse(string text) { using var reader = new StringReader(text); return reader.ReadLine(); }
            }
            """);
    }

    [Fact]
    public Task C6_185_A_getter_that_waits() => Verify<TransitiveBlocking>.Fires("""
        public class C(Task<int> source)
        {
            public async Task M() { await Task.Yield(); Console.WriteLine([|Value|]); }
            private int Value => source.Result;
        }
        """);

    [Fact]
    public Task C6_186_A_constructor_that_waits() => Verify<TransitiveBlockingAcrossTypes>.Fires("""
        public class Client
        {
            public Client(Task connected) => connected.Wait();
        }
        public class C
        {
            public async Task M(Task connected) { await Task.Yield(); _ = [|new Client(connected)|]; }
        }
        """);

    [Fact]
    public async Task C6_187_A_Dispose_that_waits_where_DisposeAsync_would_not()
    {
        const string Both = """
            public sealed class Client : IDisposable, IAsyncDisposable
            {
                public void Dispose() => StopAsync().Wait();
                public async ValueTask DisposeAsync() => await StopAsync();
                private Task StopAsync() => Task.Delay(10);
            }
            """;
        const string Used = "public class C { public async Task M() { using (var client = new Client()) { await Task.Yield(); } } }";
        await Verify<SyncDisposeInAsync>.Fires(Both + Used.Replace("client = new Client()", "[|client = new Client()|]"));
        await Verify<TransitiveBlockingAcrossTypes>.Silent(Both + Used);
        await Verify<TransitiveBlockingAcrossTypes>.Silent(Both + "public class C { public async Task M() { await using (var client = new Client()) { await Task.Yield(); } } }");
        await Verify<TransitiveBlockingAcrossTypes>.Silent("""
            public sealed class Client : IDisposable { public void Dispose() => Task.Delay(10).Wait(); }
            public class C { public async Task M() { using (var client = new Client()) { await Task.Yield(); } } }
            """);
    }

    [Fact]
    public Task C6_188_One_of_several_overrides_waits() => Verify<TransitiveBlockingAcrossTypes>.Silent("""
        public abstract class Source { public abstract int Read(); }
        public class Remote(Task<int> task) : Source { public override int Read() => task.Result; }
        public class Fixed : Source { public override int Read() => 1; }
        public class Empty : Source { public override int Read() => 0; }
        public class C { public async Task M(Source source) { await Task.Yield(); Console.WriteLine(source.Read()); } }
        """);

    [Fact]
    public Task C6_189_The_only_implementation_waits() => Verify<TransitiveBlockingAcrossTypes>.Fires("""
        internal interface ISource { int Read(); }
        internal class Remote(Task<int> task) : ISource { public int Read() => task.Result; }
        internal class C { public async Task M(ISource source) { await Task.Yield(); Console.WriteLine([|source.Read()|]); } }
        """);

    [Fact]
    public Task C6_190_Recursion_is_said_once() => Verify<TransitiveBlocking>.Fires("""
        public class C(Task task)
        {
            public async Task M() { await Task.Yield(); [|Even(4)|]; }
            private void Even(int n) { if (n > 0) Odd(n - 1); else task.Wait(); }
            private void Odd(int n) { if (n > 0) Even(n - 1); }
        }
        """);
}
