using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A register that hands out its names under its lock.</summary>
internal sealed class Register
{
    private readonly object _gate = new();
    private readonly List<string> _names = [];

    public void Add(string name)
    {
        lock (_gate)
        {
            _names.Add(name);
        }
    }

    public IEnumerable<string> Names()
    {
        lock (_gate)
        {
            foreach (var name in _names)
                yield return name;
        }
    }
}

/// <summary>What the copy costs.</summary>
public static class Scenario
{
    public const string Measures = "one name of the 100 that Register.Names hands out, on one thread, nobody else wants the lock";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var register = new Register();
        for (var i = 0; i < size; i++)
        {
            register.Add("a name");
        }

        return register.Names().Sum(name => (long)name.Length);
    }
}

/// <summary>A reader that looks at the first name and drops the enumerator, and threads that add names; one that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var register = new Register();
        register.Add("first");
        var names = register.Names().GetEnumerator();
        names.MoveNext();
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() => register.Add($"name {seed + number}")) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        GC.KeepAlive(names);
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}");
    }
}
