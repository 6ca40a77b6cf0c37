using System.Threading.Channels;

namespace Threadwise;

/// <summary>What the library calls by this name: channels that behave as those of the base library do, and of which each step is one of the model.</summary>
internal static class Channel
{
    public static Channel<T> CreateBounded<T>(int capacity) => new Bounded<T>(capacity);

    public static Channel<T> CreateBounded<T>(BoundedChannelOptions options) => new Bounded<T>(options.Capacity);

    /// <summary>A queue of so many, those who wait for room with what they bring, and those who wait for something to come. One thread of the model moves at a time, so there is no lock.</summary>
    private sealed class Bounded<T> : Channel<T>
    {
        private readonly Queue<T> _items = [];
        private readonly LinkedList<(T Item, TaskCompletionSource Wait)> _writing = [];
        private readonly LinkedList<TaskCompletionSource<bool>> _reading = [];
        private readonly int _capacity;
        private bool _isClosed;
        private Exception? _error;

        public Bounded(int capacity)
        {
            _capacity = capacity;
            (Reader, Writer) = (new Output(this), new Input(this));
        }

        private static void EndAll<TWait>(LinkedList<TWait> waits, Action<TWait> end)
        {
            List<TWait> all = [.. waits];
            waits.Clear();
            all.ForEach(end);
        }

        private void Add(T item)
        {
            _items.Enqueue(item);
            EndAll(_reading, static wait => wait.TrySetResult(true));
        }

        private sealed class Input(Bounded<T> channel) : ChannelWriter<T>
        {
            public override bool TryWrite(T item)
            {
                Steps.Fence();
                if (channel._isClosed || channel._items.Count == channel._capacity)
                    return false;
                channel.Add(item);
                return true;
            }

            public override ValueTask WriteAsync(T item, CancellationToken cancellationToken = default)
            {
                if (cancellationToken.IsCancellationRequested)
                    return ValueTask.FromCanceled(cancellationToken);
                if (TryWrite(item))
                    return default;
                if (channel._isClosed)
                    return ValueTask.FromException(new ChannelClosedException(channel._error));
                var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var place = channel._writing.AddLast((item, wait));
                cancellationToken.UnsafeRegister(_ =>
                {
                    if (place.List is null)
                        return;
                    channel._writing.Remove(place);
                    wait.TrySetCanceled(cancellationToken);
                }, null);
                return new ValueTask(wait.Task);
            }

            public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

            public override bool TryComplete(Exception? error = null)
            {
                Steps.Fence();
                if (channel._isClosed)
                    return false;
                (channel._isClosed, channel._error) = (true, error);
                EndAll(channel._writing, waiting => waiting.Wait.TrySetException(new ChannelClosedException(error)));
                EndAll(channel._reading, wait => _ = error is null ? wait.TrySetResult(false) : wait.TrySetException(error));
                return true;
            }
        }

        private sealed class Output(Bounded<T> channel) : ChannelReader<T>
        {
            public override bool CanCount => true;

            public override int Count => channel._items.Count;

            public override bool TryRead(out T item)
            {
                Steps.Fence();
                if (!channel._items.TryDequeue(out item!))
                    return false;
                if (channel._writing.First is { } first)
                {
                    channel._writing.RemoveFirst();
                    channel._items.Enqueue(first.Value.Item);
                    first.Value.Wait.TrySetResult();
                }

                return true;
            }

            public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
            {
                Steps.Fence();
                if (cancellationToken.IsCancellationRequested)
                    return ValueTask.FromCanceled<bool>(cancellationToken);
                if (channel._items.Count > 0)
                    return new ValueTask<bool>(true);
                if (channel._isClosed)
                    return channel._error is null ? new ValueTask<bool>(false) : ValueTask.FromException<bool>(channel._error);
                var wait = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                var place = channel._reading.AddLast(wait);
                cancellationToken.UnsafeRegister(_ =>
                {
                    if (place.List is null)
                        return;
                    channel._reading.Remove(place);
                    wait.TrySetCanceled(cancellationToken);
                }, null);
                return new ValueTask<bool>(wait.Task);
            }
        }
    }
}
