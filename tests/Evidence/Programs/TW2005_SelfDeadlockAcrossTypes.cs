using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Values that a loader puts here when they are asked for and missing.</summary>
internal sealed class Cache(Loader loader)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<int, int> _values = [];

    public async Task<int> GetAsync(int key)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_values.TryGetValue(key, out var value))
            {
                value = await loader.LoadAsync(this, key);
            }

            return value;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task PutAsync(int key, int value)
    {
        await _turn.WaitAsync();
        try
        {
            _values[key] = value;
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>Computes a value and stores it.</summary>
internal sealed class Loader
{
    public async Task<int> LoadAsync(Cache cache, int key)
    {
        await Task.Yield();
        await cache.PutAsync(key, key * 2);
        return key * 2;
    }
}

/// <summary>What the fixed form costs when nothing overlaps: a value that is there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Cache.GetAsync for a value that is there, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var cache = new Cache(new Loader());
        cache.PutAsync(1, 2).GetAwaiter().GetResult();
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += cache.GetAsync(1).GetAwaiter().GetResult();
        }

        return sum;
    }
}

/// <summary>Callers that ask for values; a caller that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Callers = 8;
    private const int Each = 200;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static async Task Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var cache = new Cache(new Loader());
        var callers = Enumerable.Range(0, Callers).Select(number => Task.Run(() => AskAsync(cache, new Random(seed + number)))).ToList();
        await Task.WhenAny(Task.WhenAll(callers), Task.Delay(s_limit));
        var stuck = callers.Count(caller => !caller.IsCompletedSuccessfully);
        Console.WriteLine($"OUTCOME stuck-callers={stuck} of {Callers}");
    }

    private static async Task AskAsync(Cache cache, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            await cache.GetAsync(random.Next(100));
        }
    }
}
