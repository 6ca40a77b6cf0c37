namespace Analyzers.Tests.Rules;

/// <summary>A class that has a lock of each usual kind.</summary>
internal static class UsualLocks
{
    public static string Class(string members) => $$"""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly SemaphoreSlim _four = new(4, 4);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly object _g = new();
            private int _x;

            {{members.Replace("\n", "\n    ")}}

            private SpinLock _spin;

            private static void Work() => Console.WriteLine();
        }
        """;
}
