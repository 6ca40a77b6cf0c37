using System;
using System.Linq;
using System.Threading.Tasks;

/// <summary>An account whose interest is looked up elsewhere.</summary>
internal sealed class Account
{
    private volatile int _balance;

    public int Balance => _balance;

    public void Clear() => _balance = 0;

    public async Task AddAsync(int days)
    {
        _balance += await Interest.OfAsync(days);
    }
}

/// <summary>One for every day; it takes a moment to say so.</summary>
internal static class Interest
{
    public static async Task<int> OfAsync(int days)
    {
        await Task.Yield();
        return days;
    }
}

/// <summary>What the fix costs: nothing, the await comes first.</summary>
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

/// <summary>Calls that overlap, one at a time: no two of them ever run on two threads at once.</summary>
public static class Program
{
    private const int Calls = 10_000;

    public static void Main()
    {
        var account = new Account();
        var alone = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        var calls = Enumerable.Range(0, Calls).Select(_ => alone.StartNew(() => account.AddAsync(1)).Unwrap()).ToArray();
        Task.WaitAll(calls);
        Console.WriteLine($"OUTCOME lost-days={Calls - account.Balance} of {Calls}");
    }
}
