// Also fixed by: Dispose of it where it is used
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

/// <summary>An archive that checks a document in the background.</summary>
internal static class Archive
{
    private static int s_failures;

    public static int Failures => Volatile.Read(ref s_failures);

    public static async Task CheckAsync(byte[] document)
    {
        await Task.Yield();
        using (var content = new MemoryStream(document))
        {
            _ = Task.Run(() => Check(content));
        }
    }

    private static void Check(Stream content)
    {
        try
        {
            while (content.ReadByte() >= 0)
            {
                Thread.SpinWait(20);
            }
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Increment(ref s_failures);
        }
    }
}

/// <summary>What the fix costs: who asks for the check waits for it.</summary>
public static class Scenario
{
    public const string Measures = "one call of Archive.CheckAsync with a document of 100 bytes";
    public const int Size = 100;
    public const int Operations = Size;

    private static readonly byte[] s_document = new byte[100];

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            Archive.CheckAsync(s_document).GetAwaiter().GetResult();
        }

        return size;
    }
}

/// <summary>Checks documents one after the other; a check that finds its document closed has failed.</summary>
public static class Program
{
    private const int Documents = 200;

    public static async Task Main()
    {
        var document = new byte[1_000];
        for (var i = 0; i < Documents; i++)
        {
            await Archive.CheckAsync(document);
        }

        await Task.Delay(500);
        Console.WriteLine($"OUTCOME failed-checks={Archive.Failures} of {Documents}");
    }
}
