#pragma warning disable CS0436 // That it takes the place of the one of the base library is what it is for.
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler makes the asynchronous methods of the library with: it takes this one before that of the base library. What waits for their end goes on as a thread of the model where the pool would run it.</summary>
internal struct AsyncTaskMethodBuilder
{
    private AsyncTaskMethodBuilder<bool> _builder;

    public readonly Task Task => _builder.Task;

    public static AsyncTaskMethodBuilder Create() => new() { _builder = AsyncTaskMethodBuilder<bool>.Create() };

    public readonly void Start<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine => _builder.Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine) => _builder.SetStateMachine(machine);

    public readonly void SetResult() => _builder.SetResult(true);

    public readonly void SetException(Exception exception) => _builder.SetException(exception);

    public readonly void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine =>
        _builder.AwaitOnCompleted(ref awaiter, ref machine);

    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine =>
        _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
}

/// <summary>See the one without a result.</summary>
internal struct AsyncTaskMethodBuilder<T>
{
    private Method _method;

    public readonly Task<T> Task => _method.End.Task;

    public static AsyncTaskMethodBuilder<T> Create() => new() { _method = new Method() };

    public readonly void Start<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine => default(AsyncVoidMethodBuilder).Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine)
    {
    }

    public readonly void SetResult(T result) => Threadwise.Elsewhere.Expect(_method.End.TrySetResult(result));

    public readonly void SetException(Exception exception) =>
        Threadwise.Elsewhere.Expect(exception is OperationCanceledException cancelled ? _method.End.TrySetCanceled(cancelled) : _method.End.TrySetException(exception));

    public readonly void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine =>
        awaiter.OnCompleted(_method.Next(ref machine));

    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine) where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine =>
        awaiter.UnsafeOnCompleted(_method.Next(ref machine));

    /// <summary>One call, from its first wait on.</summary>
    private sealed class Method
    {
        private IAsyncStateMachine? _machine;

        public Threadwise.TaskCompletionSource<T> End { get; } = new();

        /// <summary>The rest, with what flows with the code that is here now.</summary>
        public Action Next<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine
        {
            var rest = _machine ??= machine;
            return ExecutionContext.Capture() is { } flow ? () => ExecutionContext.Run(flow, static rest => ((IAsyncStateMachine)rest!).MoveNext(), rest) : rest.MoveNext;
        }
    }
}
