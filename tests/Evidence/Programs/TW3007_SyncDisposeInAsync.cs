using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A connection that takes its time to take what it is given.</summary>
internal sealed class Connection(int delay) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Thread.Sleep(delay);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
}

/// <summary>A service that writes its reply into a buffer, which goes to the connection when the writer is disposed of.</summary>
internal static class Shop
{
    public static async Task<int> ReplyAsync(string text, int delay)
    {
        using (var reply = new StreamWriter(new Connection(delay)))
        {
            await reply.WriteAsync(text);
        }

        return text.Length;
    }
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> replies are written by eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Shop.ReplyAsync that write for 10 ms each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size) => Callers.OnEightThreads(size, _ => Shop.ReplyAsync("reply", 10));
}

/// <summary>Concurrent requests, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("replies", _ => Shop.ReplyAsync("reply", Callers.Delay));
}
