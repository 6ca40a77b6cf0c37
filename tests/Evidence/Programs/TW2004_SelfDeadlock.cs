using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A ledger whose entries are booked one at a time; every hundredth one balances the books.</summary>
internal sealed class Ledger
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<int> _entries = [];
    private long _balance;

    public async Task BookAsync(int amount, int every)
    {
        await _turn.WaitAsync();
        try
        {
            _entries.Add(amount);
            if (_entries.Count % every == 0)
            {
                await BalanceAsync(every);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task BalanceAsync(int size)
    {
        await _turn.WaitAsync();
        try
        {
            await AddUpAsync(size);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task AddUpAsync(int size)
    {
        _balance += _entries.Take(size).Sum();
        _entries.Clear();
        return Task.CompletedTask;
    }
}

/// <summary>What the fix costs when nothing overlaps: entries that never fill the books.</summary>
public static class Scenario
{
    public const string Measures = "one call of Ledger.BookAsync on one thread, nobody else wants the lock and the books are not balanced";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var ledger = new Ledger();
        for (var i = 0; i < size; i++)
        {
            ledger.BookAsync(i, int.MaxValue).GetAwaiter().GetResult();
        }

        return size;
    }
}

/// <summary>Callers that book entries; a caller that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Callers = 8;
    private const int Each = 500;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static async Task Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var ledger = new Ledger();
        var callers = Enumerable.Range(0, Callers).Select(number => Task.Run(() => BookAllAsync(ledger, new Random(seed + number)))).ToList();
        await Task.WhenAny(Task.WhenAll(callers), Task.Delay(s_limit));
        var stuck = callers.Count(caller => !caller.IsCompletedSuccessfully);
        Console.WriteLine($"OUTCOME stuck-callers={stuck} of {Callers}");
    }

    private static async Task BookAllAsync(Ledger ledger, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            await ledger.BookAsync(random.Next(1000), 100);
        }
    }
}
