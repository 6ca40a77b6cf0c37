using System.Collections.Concurrent;

namespace Threadwise.Analyzers.Engine;

/// <summary>Stacks for walks over operations, which are many and short. Thread-safe.</summary>
internal sealed class WalkStacks
{
    /// <summary>A longer one is not kept.</summary>
    private const int MaxKept = 1024;

    private readonly ConcurrentBag<List<(IOperation Operation, bool Done)>> _free = new();

    /// <summary>An empty stack for one walk.</summary>
    public List<(IOperation Operation, bool Done)> Take() => _free.TryTake(out var stack) ? stack : new(32);

    public void Return(List<(IOperation Operation, bool Done)> stack)
    {
        stack.Clear();
        if (stack.Capacity <= MaxKept)
            _free.Add(stack);
    }
}
