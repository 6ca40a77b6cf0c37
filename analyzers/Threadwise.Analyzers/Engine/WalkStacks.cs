using System.Collections.Concurrent;

namespace Threadwise.Analyzers.Engine;

/// <summary>Stacks for walks over operations, which are many and short. Thread-safe.</summary>
internal sealed class WalkStacks
{
    /// <summary>A longer one is not kept.</summary>
    private const int MaxKept = 1024;

    private readonly ConcurrentBag<List<(IOperation Operation, bool Done)>> _free = new();

    /// <summary>A stack for one walk, which begins at a root.</summary>
    public List<(IOperation Operation, bool Done)> Take(IOperation root)
    {
        if (!_free.TryTake(out var stack))
            stack = new(32);
        stack.Add((root, false));
        return stack;
    }

    public void Return(List<(IOperation Operation, bool Done)> stack)
    {
        stack.Clear();
        if (stack.Capacity <= MaxKept)
            _free.Add(stack);
    }
}
