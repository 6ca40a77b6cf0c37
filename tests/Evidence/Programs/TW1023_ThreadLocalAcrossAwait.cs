using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Knows for whom it works.</summary>
internal static class Requests
{
    private static readonly ThreadLocal<string> s_user = new();

    public static async Task<bool> RunAsync(string user, Func<Task> work)
    {
        s_user.Value = user;
        await work();
        return s_user.Value == user;
    }
}

/// <summary>What the fix costs: one request whose work is done at once, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Requests.RunAsync on one thread, with nothing to wait for";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var right = 0L;
        for (var i = 0; i < size; i++)
        {
            right += Requests.RunAsync("ann", static () => Task.CompletedTask).GetAwaiter().GetResult() ? 1 : 0;
        }

        return right;
    }
}

/// <summary>Requests of several users at once; counted are those that end for somebody else.</summary>
public static class Program
{
    private const int Requested = 200;

    public static async Task Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var pauses = Enumerable.Range(0, Requested).Select(_ => random.Next(1, 20)).ToArray();
        var ends = await Task.WhenAll(pauses.Select((pause, number) => Task.Run(() => Requests.RunAsync($"user {number}", () => Task.Delay(pause)))));
        Console.WriteLine($"OUTCOME requests-of-somebody-else={ends.Count(isRight => !isRight)} of {Requested}");
    }
}
