using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

/// <summary>A mailer that sends each letter from a task of its own.</summary>
internal static class Mailer
{
    public static async Task<int> SendAll(int[] letters)
    {
        var sent = new int[letters.Length];
        var tasks = new List<Task>();
        for (var i = 0; i < letters.Length; i++)
        {
            tasks.Add(Task.Run(() => Send(sent, i)));
        }

        await Task.WhenAll(tasks);
        return sent.Sum();
    }

    private static void Send(int[] sent, int letter)
    {
        if (letter < sent.Length)
        {
            sent[letter] = 1;
        }
    }
}

/// <summary>What the fix costs: as many letters as there are.</summary>
public static class Scenario
{
    public const string Measures = "one letter of 1000 that Mailer.SendAll sends from a task of its own";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly int[] s_letters = new int[Size];

    public static long Run(int size) => Mailer.SendAll(s_letters).GetAwaiter().GetResult();
}

/// <summary>Sends letters again and again; one that was never sent was left out for another that was sent twice.</summary>
public static class Program
{
    private const int Letters = 200;
    private const int Rounds = 20;

    public static async Task Main()
    {
        var sent = 0;
        for (var round = 0; round < Rounds; round++)
        {
            sent += await Mailer.SendAll(new int[Letters]);
        }

        Console.WriteLine($"OUTCOME unsent-letters={Rounds * Letters - sent} of {Rounds * Letters}");
    }
}
