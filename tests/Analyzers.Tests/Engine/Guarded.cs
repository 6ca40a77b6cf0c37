using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.GuardedByViolation>;

namespace Analyzers.Tests.Engine;

/// <summary>Asks the engine what it holds where, through the rule that reports exactly where a guard is not held.</summary>
internal static class Guarded
{
    /// <summary>The lock <c>_g</c> is not held at the marked uses of <c>_x</c>, and is at all others.</summary>
    public static Task Fires(string members) => Verify.Fires(ByMonitor(members));

    /// <summary>The lock <c>_g</c> is held at every use of <c>_x</c>.</summary>
    public static Task Silent(string members) => Verify.Silent(ByMonitor(members));

    /// <summary>As <see cref="Fires(string)"/>, with a guard <c>_g</c> of another kind: its type and its initial value.</summary>
    public static Task Fires(string type, string value, string members) => Verify.Fires(By(type, value, members));

    /// <summary>As <see cref="Silent(string)"/>, with a guard <c>_g</c> of another kind: its type and its initial value.</summary>
    public static Task Silent(string type, string value, string members) => Verify.Silent(By(type, value, members));

    private static string ByMonitor(string members) => By("object", "new()", members);

    private static string By(string type, string value, string members) => $$"""
        public class C
        {
            private readonly {{type}} _g = {{value}};
            [GuardedBy("_g")] private int _x;
            private static void F() => Console.WriteLine();
            private static Task FAsync() => Task.CompletedTask;

        {{members}}
        }

        public sealed class AsyncLock
        {
            private readonly SemaphoreSlim _semaphore = new(1, 1);
            public async Task<IDisposable> LockAsync() { await _semaphore.WaitAsync(); return new Releaser(_semaphore); }

            private sealed class Releaser : IDisposable
            {
                private readonly SemaphoreSlim _semaphore;
                public Releaser(SemaphoreSlim semaphore) => _semaphore = semaphore;
                public void Dispose() => _semaphore.Release();
            }
        }
        """;
}
