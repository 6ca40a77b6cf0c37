using Xunit;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.SyncCallInAsync>;

namespace Analyzers.Tests.Rules;

public partial class TW3002_SyncCallInAsync
{
    [Fact]
    public Task Silent_in_the_synchronous_branch_of_a_method_of_both_kinds() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task<int> Branches(Stream stream, byte[] data, bool async)
            {
                if (async)
                    return await stream.ReadAsync(data);
                else
                    return stream.Read(data);
            }

            public async ValueTask<int> Early(Stream stream, byte[] data, bool doAsync)
            {
                if (doAsync)
                    return await stream.ReadAsync(data);
                stream.Flush();
                return stream.Read(data);
            }

            public async Task<int> Negated(Stream stream, byte[] data, bool isAsync)
            {
                if (!isAsync)
                {
                    stream.Flush();
                    return stream.Read(data);
                }

                return await stream.ReadAsync(data);
            }

            public async Task<int> Choice(Stream stream, byte[] data, bool async) => async ? await stream.ReadAsync(data) : stream.Read(data);

            public async Task<int> Twice(Stream stream, byte[] data, bool async, CancellationToken cancel)
            {
                var count = async ? await stream.ReadAsync(data, cancel).ConfigureAwait(false) : stream.Read(data);
                if (async && count > 0)
                    await stream.FlushAsync(cancel);
                else if (!async)
                    stream.Flush();
                return count;
            }

            public async Task<int> AskedToBeSynchronous(Stream stream, byte[] data, bool sync)
            {
                if (sync)
                    return stream.Read(data);
                return await stream.ReadAsync(data);
            }
        }
        """);

    [Fact]
    public Task Silent_where_an_enum_selects() => Verify.Silent("""
        using System.IO;
        public enum IOBehavior { Synchronous, Asynchronous }

        public class C
        {
            public async ValueTask<int> If(Stream stream, byte[] data, IOBehavior behavior)
            {
                if (behavior == IOBehavior.Asynchronous)
                    return await stream.ReadAsync(data);
                return stream.Read(data);
            }

            public async ValueTask<int> Unless(Stream stream, byte[] data, IOBehavior behavior) =>
                behavior == IOBehavior.Synchronous ? stream.Read(data) : await stream.ReadAsync(data);

            public async ValueTask<int> Is(Stream stream, byte[] data, IOBehavior behavior)
            {
                if (behavior is IOBehavior.Synchronous)
                    return stream.Read(data);
                return await stream.ReadAsync(data);
            }

            public async ValueTask<int> Switch(Stream stream, byte[] data, IOBehavior behavior)
            {
                switch (behavior)
                {
                    case IOBehavior.Synchronous:
                        return stream.Read(data);
                    default:
                        return await stream.ReadAsync(data);
                }
            }
        }
        """);

    [Fact]
    public Task Silent_where_a_field_or_property_selects() => Verify.Silent("""
        using System.IO;
        public class C
        {
            private readonly bool _async;
            public bool UseAsync { get; set; }

            public async Task<int> M(Stream stream, byte[] data)
            {
                if (_async)
                    await stream.FlushAsync();
                else
                    stream.Flush();
                return UseAsync ? await stream.ReadAsync(data) : stream.Read(data);
            }

            public async Task<int> N(FileStream stream, byte[] data) => stream.IsAsync ? await stream.ReadAsync(data) : stream.Read(data);
        }
        """);

    [Fact]
    public Task Silent_in_a_method_that_is_not_async() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public string Read(string path) => File.ReadAllText(path);
            public Task<string> ReadAsync(string path) => Task.FromResult(File.ReadAllText(path));
            public int Copy(Stream from, Stream to) { from.CopyTo(to); return 1; }

            public Task Flush(Stream stream, bool async)
            {
                if (async)
                    return stream.FlushAsync();
                stream.Flush();
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task C6_180_Silent_in_what_is_handed_to_Task_Run() => Verify.Silent("""
        using System.IO;
        public class C
        {
            public async Task<string> M(string path)
            {
                new Thread(() => File.ReadAllText(path)).Start();
                await Task.Factory.StartNew(() => File.WriteAllText(path, ""), TaskCreationOptions.LongRunning);
                return await Task.Run(() => File.ReadAllText(path)) + await Task.Run(Local);

                string Local() => File.ReadAllText(path);
            }

            public async Task<IEnumerable<string>> N(string[] paths)
            {
                await Task.Yield();
                return paths.Select(path => File.ReadAllText(path));
            }
        }
        """);

    [Theory]
    [InlineData("new MemoryStream()")]
    [InlineData("(Stream)new MemoryStream(data)")]
    [InlineData("Stream.Null")]
    [InlineData("typeof(C).Assembly.GetManifestResourceStream(\"a\")!")]
    [InlineData("new System.Net.Http.ByteArrayContent(data).ReadAsStream()")]
    [InlineData("new BufferedStream(new MemoryStream())")]
    [InlineData("new System.IO.Compression.GZipStream(new MemoryStream(data), System.IO.Compression.CompressionMode.Decompress)")]
    [InlineData("new System.Security.Cryptography.CryptoStream(new MemoryStream(), new System.Security.Cryptography.ToBase64Transform(), System.Security.Cryptography.CryptoStreamMode.Write)")]
    public Task C6_184_Silent_on_a_stream_in_memory(string stream) => Verify.Silent($$"""
        using System.IO;
        public class C
        {
            public async Task M(byte[] data)
            {
                using var stream = {{stream}};
                stream.Write(data);
                stream.Flush();
                await Task.Yield();
                stream.Read(data, 0, 1);
                new StreamReader(stream).ReadToEnd();
                System.Security.Cryptography.SHA256.Create().ComputeHash(stream);
                System.Text.Json.JsonSerializer.Serialize(stream, data);
                System.Xml.Linq.XDocument.Load(stream, System.Xml.Linq.LoadOptions.None).Save(stream, System.Xml.Linq.SaveOptions.None);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_stream_that_a_method_makes_in_memory() => Verify.Silent("""
        using System.IO;
        public class C
        {
            protected virtual Stream Create(int length)
            {
                if (length > 4096)
                    return new MemoryStream();
                var small = new MemoryStream(length);
                return small;
            }

            private static Stream Of(byte[] data) => new System.IO.MemoryStream(data);

            public async Task<Stream?> M(byte[] data, bool b)
            {
                Stream? stream = null;
                if (b)
                {
                    stream = Create(data.Length);
                    stream.Write(data);
                }
                else
                {
                    stream = Of(data);
                    stream.Flush();
                }

                await Task.Yield();
                return stream;
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_stream_in_memory_that_a_method_hands_back() => Verify.Silent("""
        using System.IO;
        public class C
        {
            protected virtual Stream Create() => new MemoryStream();
            protected virtual Stream Commit(Stream stream, string name) { return stream; }

            public async Task M(byte[] data)
            {
                Stream stream;
                for (var i = 0; i < 3; i++)
                {
                    await Task.Yield();
                    stream = Create();
                    stream.Write(data, 0, data.Length);
                    stream = Commit(stream, "x");
                }
            }
        }
        """);

    [Fact]
    public Task Fires_on_a_stream_that_a_method_may_exchange() => Verify.Fires("""
        using System.IO;
        public class C
        {
            private Stream Commit(Stream stream, Stream other) { return stream.Length > 9 ? stream : other; }

            public async Task M(byte[] data, Stream other)
            {
                await Task.Yield();
                Stream stream = new MemoryStream();
                stream = Commit(stream, other);
                [|stream.Write(data, 0, data.Length)|];
            }
        }
        """);

    [Fact]
    public Task Fires_where_one_of_the_streams_may_be_elsewhere() => Verify.Fires("""
        using System.IO;
        public class C
        {
            private static Stream Create(string? path) => path is null ? new MemoryStream() : new FileStream(path, FileMode.Open);

            public async Task M(byte[] data, bool b)
            {
                Stream stream = new MemoryStream();
                if (b)
                    stream = File.OpenRead("a");
                await Task.Yield();
                [|stream.Write(data)|];
                [|Create("a").Write(data)|];
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_member_of_its_own_which_is_written_here() => Verify.Silent("""
        using System.IO;
        public abstract class C : Stream
        {
            public override int Read(byte[] buffer, int offset, int count) => 0;
            public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) => Task.FromResult(Read(buffer, offset, count));

            public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancel)
            {
                var buffer = new byte[bufferSize];
                while (Read(buffer, 0, buffer.Length) > 0)
                    await destination.WriteAsync(buffer, cancel);
            }
        }
        """);

    [Fact]
    public Task Silent_on_a_stream_of_a_type_in_memory() => Verify.Silent("""
        using System.IO;
        public class Kept : MemoryStream { }

        public class C
        {
            private readonly MemoryStream _copy = new();

            public async Task<int> M(MemoryStream stream, Kept kept, StringReader text, StringWriter writer, byte[] data)
            {
                await Task.Yield();
                stream.CopyTo(_copy);
                _copy.Write(data);
                writer.WriteLine(text.ReadLine() + text.ReadToEnd());
                writer.Flush();
                using var hash = System.Security.Cryptography.SHA256.Create();
                return stream.Read(data) + kept.Read(data) + hash.ComputeHash(_copy).Length;
            }
        }
        """);

    [Fact]
    public Task Silent_on_the_console_which_has_no_other_way() => Verify.Silent("""
        public class C
        {
            public async Task M()
            {
                await Task.Yield();
                Console.WriteLine("a");
                Console.Out.WriteLine("a");
                Console.Error.Flush();
                var line = Console.In.ReadLine();
                Console.OpenStandardOutput().Write(new byte[4]);
            }
        }
        """);

    [Fact]
    public Task Silent_on_siblings_that_do_not_wait() => Verify.Silent("""
        using System.Data.Common;
        public class Set<T>
        {
            public void Add(T item) { }
            public ValueTask AddAsync(T item, CancellationToken cancel = default) => default;
        }

        public class C
        {
            public async Task<object?> M(DbDataReader row, CancellationTokenSource source, Set<int> items, System.Text.Json.Utf8JsonWriter json)
            {
                await row.ReadAsync();
                items.Add(1);
                source.Cancel();
                source.Dispose();
                return row.IsDBNull(0) ? null : row.GetFieldValue<int>(0);
            }
        }
        """);

    [Fact]
    public Task Silent_where_there_is_no_twin() => Verify.Silent("""
        using System.Data;
        using System.IO;
        public class C
        {
            public async Task<bool> M(IDataReader reader, string path, BinaryReader binary)
            {
                await Task.Yield();
                File.Copy(path, path + "1");
                File.Delete(path);
                Directory.CreateDirectory(path);
                return reader.Read() && File.Exists(path) && binary.ReadBoolean();
            }
        }
        """);

    [Fact]
    public Task Silent_in_the_twin_itself() => Verify.Silent("""
        using System.IO;
        public abstract class C : Stream
        {
            public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel)
            {
                await Task.Yield();
                return Read(buffer, offset, count) + this.Read(buffer, offset, count);
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_type_has_no_asynchronous_way_of_its_own() => Verify.Silent("""
        using System.IO;
        public abstract class Ring : Stream
        {
            public override int Read(byte[] buffer, int offset, int count) => 0;
            public override void Flush() { }
        }

        public class C
        {
            public async Task<int> M(Ring ring, byte[] data)
            {
                await Task.Yield();
                ring.Flush();
                return ring.Read(data, 0, 1);
            }
        }
        """);

    [Fact]
    public Task Silent_once_the_process_has_ended() => Verify.Silent("""
        public class C
        {
            public async Task<string> M(System.Diagnostics.Process process)
            {
                await process.WaitForExitAsync();
                return process.StandardError.ReadToEnd();
            }
        }
        """);

    [Fact]
    public Task Silent_where_the_user_says_so() => new Verify.Case
    {
        AdditionalFiles = new Dictionary<string, string> { ["threadwise.acme.txt"] = "M:System.IO.File.ReadAllText* nothing\n" },
    }.Silent("""
        public class C
        {
            public async Task<string> M(string path)
            {
                await Task.Yield();
                return System.IO.File.ReadAllText(path);
            }
        }
        """);

    [Fact]
    public Task Silent_in_nameof_in_expression_trees_and_in_generated_code() => Verify.Silent("""
        using System.IO;
        using System.Linq.Expressions;
        public class C
        {
            public async Task<string> M()
            {
                await Task.Yield();
                Expression<Func<string, string>> read = path => File.ReadAllText(path);
                return nameof(File.ReadAllText) + read;
            }
        }
        """, """
        // <auto-generated/>
        public class D
        {
            public async Task M()
            {
                await Task.Yield();
                System.IO.File.ReadAllText("a");
            }
        }
        """);
}
