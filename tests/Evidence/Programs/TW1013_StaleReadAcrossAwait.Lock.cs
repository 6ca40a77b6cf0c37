// Fixed by: Hold an asynchronous lock
using System;
using System.Linq;
using System.Threading.Tasks;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>An account whose interest is looked up elsewhere.</summary>
[ThreadSafe]
internal sealed class Account
{
    private int _balance;

    public int Balance => _balance;

    public async Task AddAsync(int days)
    {
        var before = _balance;
        var interest = await Interest.OfAsync(days);
        _balance = before + interest;
    }
}

/// <summary>One for every day; it may take a moment to say so.</summary>
internal static class Interest
{
    /// <summary>How long it takes, in milliseconds.</summary>
    public static int Delay;

    public static async Task<int> OfAsync(int days)
    {
        await Task.Delay(Delay);
        return days;
    }
}

/// <summary>What the fix costs when nobody else wants the lock.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.AddAsync, awaited before the next";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size) => RunAsync(size).GetAwaiter().GetResult();

    private static async Task<long> RunAsync(int size)
    {
        var account = new Account();
        for (var i = 0; i < size; i++)
        {
            await account.AddAsync(1);
        }

        return account.Balance;
    }
}

/// <summary>Calls that overlap.</summary>
public static class Program
{
    private const int Calls = 500;

    public static void Main()
    {
        Interest.Delay = 1;
        var account = new Account();
        Task.WaitAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => account.AddAsync(1))).ToArray());
        Console.WriteLine($"OUTCOME lost-days={Calls - account.Balance} of {Calls}");
    }
}
