using System.Collections.Concurrent;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.Forgotten"/> says. The common sink and the event of the runtime are those of the process, so these run alone.</summary>
[Collection("alone")]
public sealed class Forgotten_ : IDisposable
{
    private readonly TaskCompletionSource<Exception> _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Exception> _all = [];

    public void Dispose() => Forgotten.OnError = null;

    [Fact]
    public async Task What_the_task_throws_goes_to_its_sink_once()
    {
        var task = new TaskCompletionSource();
        task.Task.Forget(Report);
        var failure = new FormatException();
        task.SetException(failure);
        Assert.Same(failure, await _reported.Task.Soon());
        Assert.Single(_all);
    }

    [Fact]
    public async Task A_task_that_has_failed_already_is_reported_elsewhere_too()
    {
        var caller = Environment.CurrentManagedThreadId;
        var isHere = true;
        var elsewhere = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task.FromException(new FormatException()).Forget(_ => elsewhere.SetResult(!isHere || Environment.CurrentManagedThreadId != caller));
        isHere = false;
        Assert.True(await elsewhere.Task.Soon());
    }

    [Fact]
    public async Task Without_a_sink_of_its_own_it_goes_to_the_common_one_of_the_time_when_it_fails()
    {
        var task = new TaskCompletionSource();
        task.Task.Forget();
        Forgotten.OnError = Report;
        task.SetException(new FormatException());
        Assert.IsType<FormatException>(await _reported.Task.Soon());
    }

    [Fact]
    public async Task Several_exceptions_come_as_one_and_value_tasks_like_others()
    {
        Task.WhenAll(Task.FromException(new FormatException()), Task.FromException(new InvalidDataException())).Forget(Report);
        Assert.Equal(2, Assert.IsType<AggregateException>(await _reported.Task.Soon()).InnerExceptions.Count);
        new ValueTask(Task.FromException(new FormatException())).Forget(Report);
        new ValueTask<int>(Task.FromException<int>(new FormatException())).Forget(Report);
        while (_all.Count < 3)
            await Task.Yield();
    }

    [Fact]
    public async Task Success_and_cancellation_are_no_errors()
    {
        Task.CompletedTask.Forget(Report);
        new ValueTask<int>(1).Forget(Report);
        default(ValueTask).Forget(Report);
        Task.FromCanceled(new CancellationToken(true)).Forget(Report);
        Task.FromException(new TaskCanceledException()).Forget(Report);
        Task.FromException(new FormatException()).Forget(Report);
        await _reported.Task.Soon();
        Assert.IsType<FormatException>(Assert.Single(_all));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Without_a_sink_and_when_the_sink_throws_the_runtime_says_what_was_not_observed(bool hasSink)
    {
        var marker = new FormatException();
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            Forget();
            for (var i = 0; !_reported.Task.IsCompleted; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.Single(_all);

        void Forget() => Task.FromException(hasSink ? new InvalidDataException() : marker).Forget(hasSink ? _ => throw marker : null);

        void Note(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (!args.Exception.InnerExceptions.Contains(marker))
                return;
            args.SetObserved();
            Report(marker);
        }
    }

    [Fact]
    public void Needs_a_task() => Assert.Throws<ArgumentNullException>("task", () => ((Task)null!).Forget());

    private void Report(Exception exception)
    {
        _all.Enqueue(exception);
        _reported.TrySetResult(exception);
    }
}

/// <summary>Tests of what the process has only one of.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;
