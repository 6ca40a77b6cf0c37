using System;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Writes bills, each line of which says whom it is for.</summary>
[ThreadSafe]
internal sealed class Office
{
    private string _customer = "";

    public string Bill(string customer, int effort)
    {
        _customer = customer;
        return Line(20, effort) + Line(5, effort);
    }

    private string Line(int price, int effort) => $"{_customer} {Effort.Elsewhere(price, effort)};";
}

/// <summary>What the two forms cost: one thread writes <c>size</c> bills.</summary>
public static class Scenario
{
    public const string Measures = "one call of Office.Bill on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var office = new Office();
        var letters = 0L;
        for (var i = 0; i < size; i++)
        {
            letters += office.Bill("somebody", 0).Length;
        }

        return letters;
    }
}

/// <summary>Threads that have bills written, each for a customer of its own; counted are the bills that name another one.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var office = new Office();
        var (done, wrong) = Crowd.Do(30, Crowd.Seed(args), number =>
        {
            if (office.Bill($"customer {number}", 1) != $"customer {number} 20;customer {number} 5;")
            {
                throw new InvalidOperationException("not this customer's");
            }
        });
        Console.WriteLine($"OUTCOME wrong-bills={wrong} of {done}");
    }
}
