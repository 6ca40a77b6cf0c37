using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncDisposeInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3007_SyncDisposeInAsync
{
    [Fact]
    public Task Fires_on_every_form_of_using() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task M(string path)
            {
                using var [|a = new FileStream(path, FileMode.Create)|];
                using (var [|b = new StreamWriter(path)|])
                    await b.WriteAsync("x");
                using (FileStream [|c = File.Create(path)|], [|d = File.OpenWrite(path)|])
                    await c.FlushAsync();
                var e = new StreamWriter(path);
                using ([|e|])
                    await e.WriteAsync("x");
                await a.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_call_of_Dispose() => Verify.Fires("""
        using System.IO;
        public class C
        {
            private readonly StreamWriter _log = new("log");
            private StreamWriter? _other;

            public async Task M(FileStream file)
            {
                try
                {
                    await file.FlushAsync();
                }
                finally
                {
                    [|file.Dispose()|];
                }

                [|_log.Dispose()|];
                _other?[|.Dispose()|];
            }
        }
        """);

    [Fact]
    public Task Says_what_to_await() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public async Task M(StreamWriter log)
            {
                await log.WriteAsync("x");
                [|log.Dispose()|];
            }
        }
        """, "Disposing of 'StreamWriter' here may block a thread inside async 'C.M' until its clean-up is over; await 'StreamWriter.DisposeAsync'");

    [Fact]
    public Task Fires_on_a_type_of_the_same_program() => Verify.Fires("""
        public sealed class Session : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public async ValueTask DisposeAsync() => await Task.Delay(1);
        }

        public class Base : IAsyncDisposable
        {
            public ValueTask DisposeAsync() => new(Task.Delay(1));
        }

        public class Derived : Base, IDisposable
        {
            public void Dispose() { }
        }

        public interface IChannel : IDisposable, IAsyncDisposable { }

        public class C
        {
            public async Task M(Func<IChannel> open)
            {
                using var [|a = new Session()|];
                using var [|b = new Derived()|];
                using var [|c = open()|];
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task C6_187_Fires_where_the_Dispose_of_the_source_blocks_and_there_is_an_awaitable_one() => Verify.Fires("""
        public sealed class Worker : IDisposable, IAsyncDisposable
        {
            public void Dispose() => StopAsync().Wait();
            public async ValueTask DisposeAsync() => await StopAsync();
            private static Task StopAsync() => Task.Delay(1);
        }

        public class C
        {
            public async Task M()
            {
                using (var [|worker = new Worker()|])
                    await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Fires_in_async_functions_and_iterators() => Verify.Fires("""
        using System.IO;
        public class C
        {
            public Task M(string path) => Task.Run(async () =>
            {
                using var [|a = File.Create(path)|];
                await a.FlushAsync();
            });

            public async IAsyncEnumerable<int> N(string path)
            {
                using var [|a = File.Create(path)|];
                yield return 1;
                await a.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_compressor_and_on_a_writer_over_a_file() => Verify.Fires("""
        using System.IO;
        using System.IO.Compression;
        public class C
        {
            public async Task M(Stream target)
            {
                using var [|packed = new GZipStream(target, CompressionMode.Compress)|];
                using var [|text = new StreamWriter(packed)|];
                await text.WriteAsync("x");
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_end_is_awaited() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task M(string path)
            {
                await using var a = File.Create(path);
                await using (var b = new StreamWriter(path))
                    await b.WriteAsync("x");
                await a.DisposeAsync();
            }
        }
        """);

    [Fact]
    public Task Silent_in_memory() => Verify.Silent("""
        using System.IO;
        using System.Text.Json;
        using System.Buffers;
        public class C
        {
            public async Task M()
            {
                using var a = new MemoryStream();
                using var b = new StreamWriter(a);
                using var c = new StringWriter();
                using var d = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
                using (var e = new BufferedStream(a))
                    await e.FlushAsync();
            }
        }
        """);

    [Fact]
    public Task Silent_when_it_is_only_read() => Verify.Silent("""
        using System.IO;
        using System.IO.Compression;
        public static class Files
        {
            public static Task<FileStream> OpenReadAsync(string path) => Task.Run(() => File.OpenRead(path));
        }

        public class C
        {
            public async Task M(string path, Stream source)
            {
                using var a = File.OpenRead(path);
                using var b = new FileStream(path, FileMode.Open, FileAccess.Read);
                using var c = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                using var d = new GZipStream(source, CompressionMode.Decompress);
                using var e = new ZipArchive(source);
                using var f = await Files.OpenReadAsync(path).ConfigureAwait(false);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Silent_when_the_static_type_only_has_what_its_base_offers() => Verify.Silent("""
        using System.Data.Common;
        using System.IO;
        public class Mine : Stream
        {
            public override bool CanRead => true;
            public override bool CanSeek => true;
            public override bool CanWrite => true;
            public override long Length => 0;
            public override long Position { get; set; }
            public override void Flush() { }
            public override int Read(byte[] buffer, int offset, int count) => 0;
            public override long Seek(long offset, SeekOrigin origin) => 0;
            public override void SetLength(long value) { }
            public override void Write(byte[] buffer, int offset, int count) { }
        }

        public class C
        {
            public async Task M(Func<Stream> open, Func<DbConnection> connect, TextWriter text)
            {
                using var a = open();
                using var b = new Mine();
                using var c = connect();
                using var d = c.CreateCommand();
                text.Dispose();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Silent_when_DisposeAsync_only_calls_Dispose() => Verify.Silent("""
        public sealed class A : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }

        public class B : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }
            public virtual ValueTask DisposeAsync() { Dispose(); return ValueTask.CompletedTask; }
        }

        public class D : B
        {
            public override async ValueTask DisposeAsync()
            {
                Console.WriteLine("over");
                await base.DisposeAsync().ConfigureAwait(false);
            }
        }

        public class C
        {
            public async Task M()
            {
                using var a = new A();
                using var b = new B();
                using var d = new D();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Silent_on_registrations_timers_and_what_has_no_DisposeAsync() => Verify.Silent("""
        public class C
        {
            public async Task M(CancellationToken token, Timer timer)
            {
                using var registration = token.Register(() => { });
                using var source = new CancellationTokenSource();
                using var gate = new SemaphoreSlim(1);
                timer.Dispose();
                await Task.Delay(1, source.Token);
            }
        }
        """);

    [Fact]
    public Task Silent_in_synchronous_code() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public void M(string path)
            {
                using var a = File.Create(path);
            }

            public Task N(string path)
            {
                using var a = File.Create(path);
                return Task.CompletedTask;
            }

            public async Task O(string path) => await Task.Run(() =>
            {
                using var a = File.Create(path);
                a.Dispose();
            });
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task M(FileStream file, bool async)
            {
                if (async)
                    await file.DisposeAsync();
                else
                    file.Dispose();
            }

            public async Task N(string path, bool async)
            {
                if (!async)
                {
                    using var file = File.Create(path);
                    return;
                }

                await using var other = File.Create(path);
            }
        }
        """);

    [Fact]
    public Task Silent_inside_a_lock_where_nothing_can_be_awaited() => Verify.Silent("""
        using System.IO;
        public class C
        {
            private readonly object _g = new();

            public async Task M(string path, StreamWriter text)
            {
                await Task.Yield();
                lock (_g)
                {
                    using var file = File.Create(path);
                    text.Dispose();
                }
            }
        }
        """);

    [Fact]
    public Task Silent_in_what_both_kinds_of_such_a_method_share() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task M(string path, bool async)
            {
                using var file = File.Create(path);
                if (async)
                    await file.FlushAsync();
                else
                    file.Flush();
            }
        }
        """);

    [Fact]
    public Task Silent_when_an_object_disposes_of_itself() => Verify.Silent("""
        public class C : IDisposable, IAsyncDisposable
        {
            public void Dispose() { }

            public async Task StopAsync()
            {
                await Task.Yield();
                Dispose();
            }

            public async ValueTask DisposeAsync()
            {
                await StopAsync();
                this.Dispose();
            }
        }

        public class D : C
        {
            public async Task CloseAsync()
            {
                await Task.Yield();
                base.Dispose();
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_synchronous_twin_of_an_asynchronous_method() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public void Save(string path)
            {
                using var file = File.Create(path);
            }

            public async Task SaveAsync(string path)
            {
                await using var file = File.Create(path);
            }
        }
        """);
}
