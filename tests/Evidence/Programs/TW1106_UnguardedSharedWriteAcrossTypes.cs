using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;

/// <summary>Gives every order a number of its own.</summary>
internal sealed class Numbers
{
    private int _last;

    public int Next(int effort) => _last += Effort.Of(1, effort);
}

/// <summary>All who ask for the numbers get the same object.</summary>
internal static class Startup
{
    public static IServiceProvider Services() => new ServiceCollection().AddSingleton<Numbers>().BuildServiceProvider();
}

/// <summary>What the two forms cost when nothing overlaps: one thread asks for <c>size</c> numbers.</summary>
public static class Scenario
{
    public const string Measures = "one call of Numbers.Next on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var numbers = new Numbers();
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += numbers.Next(0);
        }

        return sum;
    }
}

/// <summary>Threads that number orders at the same time; counted are the orders whose number another one has too.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var services = Startup.Services();
        var given = new ConcurrentQueue<int>();
        var (done, _) = Crowd.Do(20_000, Crowd.Seed(args), _ => given.Enqueue(services.GetRequiredService<Numbers>().Next(10)));
        Console.WriteLine($"OUTCOME orders-without-a-number-of-their-own={done - given.Distinct().Count()} of {done}");
    }
}
