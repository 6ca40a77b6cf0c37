using System.Reflection;
using System.Runtime.Loader;
using Threadwise.Evidence;

namespace Threadwise.Benchmarks;

/// <summary>The part of a program that is measured: its class <c>Scenario</c>, loaded from a compiled program.</summary>
internal sealed class Scenario
{
    private readonly Func<int, long> _run;
    private readonly int _size;

    private Scenario(Type type)
    {
        _run = type.GetMethod("Run")!.CreateDelegate<Func<int, long>>();
        _size = (int)Constant(type, "Size");
        Operations = (int)Constant(type, "Operations");
        Measures = (string)Constant(type, "Measures");
    }

    /// <summary>What one operation is.</summary>
    public string Measures { get; }

    /// <summary>How many operations one run makes.</summary>
    public int Operations { get; }

    /// <summary>Whether one run is one operation: many calls that wait, timed until the last has returned.</summary>
    public bool Waits => Operations == 1;

    /// <summary>The same scenario on the program with the defect, and on what the rule's own fix makes of it.</summary>
    public static async Task<(Scenario Before, Scenario After)> OfAsync(Subject subject)
    {
        var repair = await Repair.OfAsync(subject);
        return (Load(repair.Before), Load(repair.After));
    }

    public long Run() => _run(_size);

    private static Scenario Load(Microsoft.CodeAnalysis.Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new Scenario(new AssemblyLoadContext(compilation.AssemblyName).LoadFromStream(image).GetType("Scenario", throwOnError: true)!);
    }

    private static object Constant(Type type, string name) =>
        type.GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue()
        ?? throw new MissingFieldException(type.FullName, name);
}
