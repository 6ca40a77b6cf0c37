using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

/// <summary>Runs a program and reads what it wrote once it has ended.</summary>
internal static class Tool
{
    public static string Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.StandardOutput.ReadToEnd();
    }
}

/// <summary>What the fix costs: the program runs itself once, and it writes next to nothing.</summary>
public static class Scenario
{
    public const string Measures = "one addition: a whole process is no matter of nanoseconds, so that the same code is measured twice";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += i;
        }

        return sum;
    }
}

/// <summary>Runs itself to write more than a pipe holds; a run that has not ended at the limit is stuck.</summary>
public static class Program
{
    private const int Lines = 20_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(12);

    public static int Main(string[] args)
    {
        if (args.Length > 1)
        {
            Write();
            return 0;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", typeof(Program).Assembly.Location, "0", "write" })
        {
            start.ArgumentList.Add(argument);
        }

        var run = Task.Run(() => Tool.Run(start));
        var stuck = !run.Wait(s_limit) || run.Result.Count(character => character == '\n') != Lines;
        Console.WriteLine($"OUTCOME stuck-runs={(stuck ? 1 : 0)} of 1, which writes {Lines} lines");
        Environment.Exit(0);
        return 0;
    }

    private static void Write()
    {
        var line = new string('x', 79);
        for (var i = 0; i < Lines; i++)
        {
            Console.WriteLine(line);
        }
    }
}
