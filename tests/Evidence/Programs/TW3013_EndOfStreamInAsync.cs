using System;
using System.Diagnostics;
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
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var imports = importers.Select(importer => Task.Factory.StartNew(
            () => importer.ImportAsync(), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(imports);
        return imports.Length;
    }
}

/// <summary>Concurrent imports, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    private const int Imports = 64;
    private const int Delay = 200;
    private const int Late = 10 * Delay;

    public static void Main()
    {
        var importers = Enumerable.Range(0, Imports).Select(_ => OtherSide.Connect(Delay)).ToArray();
        var watch = Stopwatch.StartNew();
        var done = new long[Imports];
        var imports = Enumerable.Range(0, Imports).Select(number => Task.Run(() => importers[number].ImportAsync())
            .ContinueWith(_ => done[number] = watch.ElapsedMilliseconds, TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        Task.WaitAll(imports);
        Console.WriteLine($"OUTCOME late-imports={done.Count(time => time > Late)} of {Imports}, the last after {done.Max()} ms");
    }
}
