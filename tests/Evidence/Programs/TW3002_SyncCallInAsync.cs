using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;

/// <summary>A service whose async reply blocks its thread until the other side has sent a line.</summary>
internal sealed class Inbox(Stream connection)
{
    private readonly StreamReader _reader = new(connection);

    public async Task<int> ReplyAsync(byte delay)
    {
        await connection.WriteAsync(new[] { delay });
        var line = _reader.ReadLine();
        await StoreAsync();
        return line!.Length;
    }

    private static Task StoreAsync() => Task.CompletedTask;
}

/// <summary>The other side of each connection, which has a thread of its own: it is asked by a byte and answers with a line, so many hundredths of a second later.</summary>
internal static class OtherSide
{
    public static Inbox Connect()
    {
        var name = Guid.NewGuid().ToString("N");
        var ours = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var theirs = new NamedPipeClientStream(".", name, PipeDirection.InOut);
        theirs.Connect();
        ours.WaitForConnection();
        new Thread(() => Answer(theirs), 128 * 1024) { IsBackground = true }.Start();
        return new Inbox(ours);
    }

    private static void Answer(Stream asked)
    {
        for (int delay; (delay = asked.ReadByte()) >= 0;)
        {
            Thread.Sleep(10 * delay);
            asked.Write("ready\n"u8);
        }
    }
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> requests are answered by eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Inbox.ReplyAsync that wait 10 ms for a line each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    private static readonly Inbox[] Inboxes = Enumerable.Range(0, Size).Select(_ => OtherSide.Connect()).ToArray();

    public static long Run(int size) => Callers.OnEightThreads(size, number => Inboxes[number].ReplyAsync(1));
}

/// <summary>Each client of the service has an inbox, and its replies come after a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    private const int Inboxes = 64;

    public static void Main(string[] args) => Service.Run(args, static _ => { }, Map);

    private static void Map(WebApplication service)
    {
        var inboxes = Enumerable.Range(0, Inboxes).Select(_ => OtherSide.Connect()).ToArray();
        service.MapGet("/{client}", (int client) => inboxes[client].ReplyAsync(Service.Delay / 10));
    }
}
