using System;
using System.Linq;
using System.Threading;

/// <summary>Says which lock the callers of a method must hold.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresLockAttribute : Attribute
{
    public RequiresLockAttribute(string name)
    {
    }
}

/// <summary>An account whose methods share one that takes no lock.</summary>
internal sealed class Account
{
    private readonly object _gate = new();
    private long _balance;

    public long Balance()
    {
        lock (_gate)
        {
            return _balance;
        }
    }

    public void Deposit(long amount)
    {
        Change(amount);
    }

    public void Withdraw(long amount)
    {
        lock (_gate)
        {
            Change(-amount);
        }
    }

    [RequiresLock("_gate")]
    private void Change(long amount) => _balance = Sum(_balance, amount);

    /// <summary>After some work.</summary>
    private static long Sum(long balance, long amount)
    {
        var bits = (uint)amount;
        for (var i = 0; i < 100; i++)
        {
            bits = uint.RotateLeft(bits, 7) ^ (uint)i;
        }

        return bits == 0 ? balance : balance + amount;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread deposits <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.Deposit on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var account = new Account();
        for (var i = 0; i < size; i++)
        {
            account.Deposit(1);
        }

        return account.Balance();
    }
}

/// <summary>Threads that deposit and withdraw as much: what is there at the end, or missing, was lost.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var account = new Account();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Move(account, new Random(seed + number));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME money-out-of-nowhere={Math.Abs(account.Balance())} after {Threads * Each} movements there and back");
    }

    private static void Move(Account account, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            var amount = random.Next(1, 3);
            account.Deposit(amount);
            account.Withdraw(amount);
        }
    }
}
