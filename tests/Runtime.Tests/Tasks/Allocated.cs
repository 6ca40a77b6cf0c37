using System.Runtime.CompilerServices;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What an operation allocates on this thread once it is warm.</summary>
internal static class Allocated
{
    private const int Rounds = 1_000;

    public static long By(Action operation)
    {
        Run(operation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(operation);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(Action operation)
    {
        for (var i = 0; i < Rounds; i++)
            operation();
    }
}
