using System;
using System.Collections.Generic;
using System.Threading;

/// <summary>Orders that come in while others are looked through.</summary>
internal sealed class Orders
{
    private readonly object _gate = new();
    private readonly List<int> _all = new();

    public void Add(int order)
    {
        lock (_gate)
        {
            _all.Add(order);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _all.Clear();
        }
    }

    public List<int> All()
    {
        lock (_gate)
        {
            return _all;
        }
    }
}

/// <summary>What the fix costs: one thread looks at ten orders, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Orders.All on one thread, with ten orders";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var orders = new Orders();
        for (var i = 0; i < 10; i++)
        {
            orders.Add(i);
        }

        var count = 0L;
        for (var i = 0; i < size; i++)
        {
            count += orders.All().Count;
        }

        return count;
    }
}

/// <summary>One thread adds orders, another looks through all of them; counted are the looks that threw.</summary>
public static class Program
{
    private const int Looks = 4000;

    private static volatile bool s_over;

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var orders = new Orders();
        var adding = new Thread(() => AddAll(orders, random)) { IsBackground = true };
        adding.Start();
        var (thrown, sum) = (0, 0L);
        for (var i = 0; i < Looks; i++)
        {
            try
            {
                foreach (var order in orders.All())
                {
                    sum += Effort.Of(order, 10);
                }
            }
            catch (InvalidOperationException)
            {
                thrown++;
            }
        }

        s_over = true;
        adding.Join();
        Console.WriteLine($"OUTCOME looks-that-threw={thrown} of {Looks}");
    }

    private static void AddAll(Orders orders, Random random)
    {
        while (!s_over)
        {
            for (var i = 0; i < 100; i++)
            {
                orders.Add(random.Next(3));
                Thread.SpinWait(50);
            }

            orders.Close();
        }
    }
}
