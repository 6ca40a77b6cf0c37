// Also fixed by: Lock every use
using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

/// <summary>Tells what a text is by its hash.</summary>
internal static class Digest
{
    private static readonly SHA256 s_hash = SHA256.Create();

    private static volatile string s_last = "";

    /// <summary>What was asked for last, on whatever thread.</summary>
    public static string Last => s_last;

    public static string Of(string text)
    {
        s_last = text;
        return Convert.ToHexString(s_hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>What the fix costs: one thread asks for <c>size</c> hashes.</summary>
public static class Scenario
{
    public const string Measures = "one call of Digest.Of on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var length = 0L;
        for (var i = 0; i < size; i++)
        {
            length += Digest.Of("text").Length;
        }

        return length;
    }
}

/// <summary>Threads ask for the hash of one text over and over; counted are the answers that were wrong or threw.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 20_000;

    public static void Main(string[] args)
    {
        var text = new string('x', 100 + (args.Length > 0 ? int.Parse(args[0]) % 50 : 0));
        var right = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var wrong = 0;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                try
                {
                    if (Digest.Of(text) != right)
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
                catch (CryptographicException)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME wrong-hashes={wrong} of {Threads * Each}");
    }
}
