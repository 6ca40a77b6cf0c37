namespace Threadwise.Analyzers.Engine;

/// <summary>Stacks for walks over operations, which are many and short. Thread-safe.</summary>
internal sealed class WalkStacks
{
    /// <summary>A longer one is not kept.</summary>
    private const int MaxKept = 1024;

    private List<(IOperation Operation, bool Done)>? _free;

    /// <summary>A stack for one walk, which begins at a root.</summary>
    public List<(IOperation Operation, bool Done)> Take(IOperation root)
    {
        var stack = Interlocked.Exchange(ref _free, null) ?? new(32);
        stack.Add((root, false));
        return stack;
    }

    public void Return(List<(IOperation Operation, bool Done)> stack)
    {
        stack.Clear();
        if (stack.Capacity <= MaxKept)
            Volatile.Write(ref _free, stack);
    }
}
