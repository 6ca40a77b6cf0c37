extern alias explored;
using System.Runtime.CompilerServices;

namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>How a thread of a model waits for what is asynchronous: it lets others go first until the task is complete.</summary>
internal static class Waiting
{
    public static T Result<T>(ValueTask<T> task)
    {
        Schedule.Await(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    public static void Result(ValueTask task)
    {
        Schedule.Await(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    public static T Result<T>(Task<T> task) => Result(new ValueTask<T>(task));

    public static void Result(Task task) => Result(new ValueTask(task));

    /// <summary>Whether it was not cancelled.</summary>
    public static bool Got<T>(ValueTask<T> task, out T result)
    {
        Schedule.Await(() => task.IsCompleted);
        var cancelled = task.IsCanceled;
        result = default!;
        try
        {
            result = task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancelled)
        {
        }

        return !cancelled;
    }

    /// <summary>Runs an asynchronous method. Each part between two awaits is a thread of its own, unless an await asks for no context.</summary>
    public static void Run(Func<Task> body)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Forking());
        try
        {
            Result(body());
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [ModuleInitializer]
    internal static void Connect()
    {
        explored::Threadwise.Steps.Point = Schedule.Point;
        explored::Threadwise.Steps.IsHere = static () => Schedule.IsHere;
        Schedule.Beginning = explored::Threadwise.Plain.Begin;
        Schedule.Leaving = (explored::Threadwise.Plain.Leave, explored::Threadwise.Plain.Return);
        explored::Threadwise.Steps.Await = Schedule.Await;
        explored::Threadwise.Steps.TryAwait = Schedule.TryAwait;
        explored::Threadwise.Steps.Interrupt = static () => Schedule.Interrupt();
        explored::Threadwise.Steps.Yield = Schedule.Yield;
        explored::Threadwise.Steps.Fork = static body =>
        {
            explored::Threadwise.Plain.Publish();
            Schedule.Fork(body);
        };
    }

    /// <summary>What is posted is done by another thread of the model.</summary>
    private sealed class Forking : SynchronizationContext
    {
        public override void Post(SendOrPostCallback work, object? state) => Schedule.Fork(() =>
        {
            SetSynchronizationContext(this);
            try
            {
                work(state);
            }
            finally
            {
                SetSynchronizationContext(null);
            }
        });

        public override SynchronizationContext CreateCopy() => this;
    }
}
