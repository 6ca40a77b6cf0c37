using System.Runtime.CompilerServices;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Taking locks allocates nothing.</summary>
public class Allocations
{
    private const int Rounds = 1_000;

    private readonly OrderedLock _low = new(1);
    private readonly OrderedLock _high = new(2);
    private readonly OrderedLock[] _array = [new(1), new(1), new(2)];
    private readonly object _a = new();
    private readonly object _b = new();
    private readonly Lock _one = new();
    private readonly Lock _other = new();

    public static TheoryData<string> Ways => ["enter", "nest", "try", "ordered set", "given array", "objects", "locks", "numbers"];

    [Theory, MemberData(nameof(Ways))]
    public void Are_none(string way)
    {
        Run(way);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(way);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Would_be_seen()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new object());
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Run(string way)
    {
        for (var i = 0; i < Rounds; i++)
            switch (way)
            {
                case "enter":
                    using (_low.Enter())
                        break;
                case "nest":
                    using (_low.Enter())
                    using (_high.Enter())
                        break;
                case "try":
                    if (_low.TryEnter(out var scope))
                        scope.Dispose();
                    break;
                case "ordered set":
                    using (LockSet.Enter(_high, _low))
                        break;
                case "given array":
                    using (LockSet.Enter(_array[0], _array[1], _array))
                        break;
                case "objects":
                    using (LockSet.Enter(_a, _b))
                        break;
                case "locks":
                    using (LockSet.Enter(_one, _other))
                        break;
                case "numbers":
                    GateNumber.Of(_a);
                    break;
            }
    }
}
