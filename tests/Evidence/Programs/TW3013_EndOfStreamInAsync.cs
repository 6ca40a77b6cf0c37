using System;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>An importer whose async method asks for the end of the stream, and so blocks its thread until there is a line.</summary>
internal sealed class Importer(Stream connection)
{
    public async Task<int> ImportAsync()
    {
        await connection.WriteAsync(new byte[] { 1 });
        using var reader = new StreamReader(connection);
        var length = 0;
        while (!reader.EndOfStream)
        {
            var line = await reader.ReadLineAsync();
            length += line!.Length;
        }

        return length;
    }
}

/// <summary>The other side of each connection, which has a thread of its own: it is asked by a byte and sends a line after a while, and that is all.</summary>
internal static class OtherSide
{
    public static Importer Connect(int delay)
    {
        var name = Guid.NewGuid().ToString("N");
        var ours = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var theirs = new NamedPipeClientStream(".", name, PipeDirection.InOut);
        theirs.Connect();
        ours.WaitForConnection();
        new Thread(() => Answer(theirs, delay), 128 * 1024) { IsBackground = true }.Start();
        return new Importer(ours);
    }

    private static void Answer(NamedPipeClientStream asked, int delay)
    {
        using (asked)
        {
            asked.ReadByte();
            Thread.Sleep(delay);
            asked.Write("ready\n"u8);
        }
    }
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> imports are done by eight threads, each of one line after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 connections made, and on each a call of Importer.ImportAsync that waits 10 ms for a line, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size)
    {
        var importers = Enumerable.Range(0, size).Select(_ => OtherSide.Connect(10)).ToArray();
        return Callers.OnEightThreads(size, number => importers[number].ImportAsync());
    }
}

/// <summary>Concurrent imports, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    private const int Imports = 64;

    public static void Main()
    {
        var importers = Enumerable.Range(0, Imports).Select(_ => OtherSide.Connect(Callers.Delay)).ToArray();
        Callers.OnThePool("imports", number => importers[number].ImportAsync(), Imports);
    }
}
