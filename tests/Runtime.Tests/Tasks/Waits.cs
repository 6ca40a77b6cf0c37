namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>Waits of tests: what should end and does not fails the test instead of stopping the suite.</summary>
internal static class Waits
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);

    public static Task Soon(this Task task) => task.WaitAsync(s_long);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(s_long);

    public static Task Soon(this ValueTask task) => task.AsTask().Soon();

    /// <summary>What the task throws.</summary>
    public static async Task<Exception?> Thrown(this Task task) => await Xunit.Record.ExceptionAsync(() => task.Soon());

    /// <summary>A task that ends when the token is cancelled, as cancelled.</summary>
    public static Task Forever(CancellationToken token) => Forever<bool>(token);

    public static Task<T> Forever<T>(CancellationToken token)
    {
        var never = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => never.TrySetCanceled(token));
        return never.Task;
    }
}
