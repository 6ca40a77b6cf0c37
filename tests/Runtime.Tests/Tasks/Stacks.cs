using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What follows a task never runs on the stack of who ends it, even if it asks for that.</summary>
internal static class Stacks
{
    public static async Task Differ(Task task, Action end)
    {
        var (ender, isEnding) = (Environment.CurrentManagedThreadId, true);
        Assert.False(task.IsCompleted);
        var follows = task.ContinueWith(_ => Environment.CurrentManagedThreadId == ender && isEnding, TaskContinuationOptions.ExecuteSynchronously);
        end();
        isEnding = false;
        Assert.False(await follows.Soon());
    }
}
