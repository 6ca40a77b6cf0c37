using System.Threading.Tasks.Sources;

namespace Threadwise;

/// <summary>What the library calls by this name. What follows is a thread of the model.</summary>
internal struct ManualResetValueTaskSourceCore<T>
{
    private System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<T> _core;

    /// <summary>The library knows no other.</summary>
    public required bool RunContinuationsAsynchronously { get; init; }

    public readonly short Version => _core.Version;

    public void Reset() => _core.Reset();

    public void SetResult(T result)
    {
        Plain.Publish();
        _core.SetResult(result);
    }

    public void SetException(Exception error)
    {
        Plain.Publish();
        _core.SetException(error);
    }

    public readonly ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public T GetResult(short token) => _core.GetResult(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var flow = flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext) ? ExecutionContext.Capture() : null;
        _core.OnCompleted(_ => Steps.Fork(() =>
        {
            if (flow is null)
                continuation(state);
            else
                ExecutionContext.Run(flow, state => continuation(state), state);
        }), null, token, flags);
    }
}
