using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>Several pieces of work that a caller names together.</summary>
internal static class Works
{
    /// <summary>A copy of them, each of which is there.</summary>
    public static Func<CancellationToken, Task<T>>[] Checked<T>(IEnumerable<Func<CancellationToken, Task<T>>> works,
        [CallerArgumentExpression(nameof(works))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(works, name);
        Func<CancellationToken, Task<T>>[] all = [.. works];
        return Array.IndexOf(all, null) < 0 ? all : throw new ArgumentException("One of them is null.", name);
    }
}
