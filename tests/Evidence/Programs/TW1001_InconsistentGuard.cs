using System;

/// <summary>An account that takes its lock for most movements, and forgets it for fees.</summary>
internal sealed class Account
{
    private readonly object _gate = new();
    private long _movements;

    public long Movements()
    {
        lock (_gate)
        {
            return _movements;
        }
    }

    public void Deposit(int effort)
    {
        lock (_gate)
        {
            _movements += Effort.Of(1, effort);
        }
    }

    public void Withdraw(int effort)
    {
        lock (_gate)
        {
            _movements += Effort.Of(1, effort);
        }
    }

    public void Fee(int effort)
    {
        _movements += Effort.Of(1, effort);
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.Fee on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var account = new Account();
        for (var i = 0; i < size; i++)
        {
            account.Fee(0);
        }

        return account.Movements();
    }
}

/// <summary>Threads that deposit and pay fees at the same time; every movement should be counted.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var account = new Account();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), number =>
        {
            if (number % 2 == 0)
            {
                account.Deposit(10);
            }
            else
            {
                account.Fee(10);
            }
        });
        Console.WriteLine($"OUTCOME lost-movements={done - account.Movements()} of {done}");
    }
}
