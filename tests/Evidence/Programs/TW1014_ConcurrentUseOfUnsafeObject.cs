using System;
using System.IO;
using System.Threading.Tasks;

/// <summary>A disk that takes its time for every write.</summary>
internal sealed class SlowDisk : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, System.Threading.CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Write(buffer.Span);
    }

    public override Task FlushAsync(System.Threading.CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A journal that writes the head and the text of an entry.</summary>
internal static class Journal
{
    public static async Task RecordAsync(StreamWriter journal, string head, string text)
    {
        var first = journal.WriteLineAsync(head);
        var second = journal.WriteLineAsync(text);
        await Task.WhenAll(first, second);
    }
}

/// <summary>What the fix costs: entries written one after the other.</summary>
public static class Scenario
{
    public const string Measures = "one call of Journal.RecordAsync to a writer in memory, nobody else writes";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        using var journal = new StreamWriter(new MemoryStream());
        for (var i = 0; i < size; i++)
        {
            Journal.RecordAsync(journal, "head", "text").GetAwaiter().GetResult();
        }

        return size;
    }
}

/// <summary>Records long entries; one that is refused because the writer was in use is lost.</summary>
public static class Program
{
    private const int Entries = 200;

    public static async Task Main()
    {
        var lost = 0;
        using var disk = new SlowDisk();
        await using var journal = new StreamWriter(disk, bufferSize: 128);
        var head = new string('h', 1_000);
        for (var i = 0; i < Entries; i++)
        {
            try
            {
                await Journal.RecordAsync(journal, head, "text");
            }
            catch (InvalidOperationException)
            {
                lost++;
                // What was under way ends by itself.
                await Task.Delay(5);
            }
        }

        Console.WriteLine($"OUTCOME refused-entries={lost} of {Entries}");
    }
}
