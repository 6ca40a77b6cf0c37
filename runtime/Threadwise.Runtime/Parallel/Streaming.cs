using System.Threading.Channels;

namespace Threadwise;

/// <summary>A parallel map of a stream. Each reading of it goes through the source anew.</summary>
internal sealed class Streaming<T, TResult>(IAsyncEnumerable<T> source, Func<T, CancellationToken, ValueTask<TResult>> map, MapOptions options, bool ordered,
    CancellationToken outer) : IAsyncEnumerable<TResult>
{
    public async IAsyncEnumerator<TResult> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var either = outer.CanBeCanceled && cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(outer, cancellationToken) : null;
        var cancel = either?.Token ?? (outer.CanBeCanceled ? outer : cancellationToken);
        // The exception is to have a token that the reader knows.
        using var ending = new Ending(options.OnFailure, cancel, () => outer.IsCancellationRequested ? outer : cancellationToken);
        await using var reading = new Reading(source.GetAsyncEnumerator(ending.Token), map, options, ordered, ending);
        await foreach (var result in reading.Results.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var (has, value) = await result.ConfigureAwait(false);
            if (has)
                yield return value;
            else if (ending.IsStopped)
                break;
        }

        await reading.EndAsync().ConfigureAwait(false);
        ending.Throw();
    }

    /// <summary>One reading: workers take turns at the source, and put what they have taken into a channel that holds no more than a few.</summary>
    private sealed class Reading : IWork, IAsyncDisposable
    {
        private readonly IAsyncEnumerator<T> _source;
        private readonly Func<T, CancellationToken, ValueTask<TResult>> _map;
        private readonly MapOptions _options;
        private readonly bool _ordered;
        private readonly Ending _ending;
        private readonly Reporter? _reporter;
        private readonly SemaphoreSlim _turn = new(1);
        private readonly Channel<Task<(bool, TResult)>> _results;
        private readonly AsyncCrew _crew;
        private readonly Task _run;
        private int _taken;

        // Written in turn, by a worker that passes the crew's gate before it is gone; others ask behind that gate.
        private bool _isAtEnd;

        public Reading(IAsyncEnumerator<T> source, Func<T, CancellationToken, ValueTask<TResult>> map, MapOptions options, bool ordered, Ending ending)
        {
            (_source, _map, _options, _ordered, _ending) = (source, map, options, ordered, ending);
            _reporter = options.Progress is null ? null : new Reporter(options.Progress, null, ending);
            _results = Channel.CreateBounded<Task<(bool, TResult)>>((int)Math.Min(int.MaxValue, 2L * options.Degree.Value));
            _crew = new AsyncCrew(options, ending, this, int.MaxValue, WorkAsync);
            _run = RunAsync();
        }

        public ChannelReader<Task<(bool, TResult)>> Results => _results.Reader;

        public bool HasMore => !_isAtEnd;

        public Task EndAsync() => _run;

        public async ValueTask DisposeAsync()
        {
            _ending.Stop();
            await _run.ConfigureAwait(false);
            await _source.DisposeAsync().ConfigureAwait(false);
            _turn.Dispose();
        }

        private async Task RunAsync()
        {
            await _crew.RunAsync().ConfigureAwait(false);
            _reporter?.Finish();
            _results.Writer.Complete();
        }

        private async Task<bool> WorkAsync(int number)
        {
            try
            {
                while (await TryTakeAsync(number).ConfigureAwait(false) is { } taken)
                {
                    await DoAsync(taken).ConfigureAwait(false);
                    _crew.Grow();
                }
            }
            catch (OperationCanceledException) when (_ending.IsStopped)
            {
                // It was waiting for its turn, for the source or for room.
            }

            return false;
        }

        private async Task<Taken?> TryTakeAsync(int number)
        {
            await _turn.WaitAsync(_ending.Token).ConfigureAwait(false);
            try
            {
                if (_isAtEnd || _crew.Ask(number) != Order.Go)
                    return null;
                if (!await _source.MoveNextAsync().ConfigureAwait(false))
                {
                    _isAtEnd = true;
                    return null;
                }

                var taken = new Taken(_source.Current, _taken++);
                if (_ordered)
                    await _results.Writer.WriteAsync(taken.Result.Task, _ending.Token).ConfigureAwait(false);
                return taken;
            }
            catch
            {
                // What has thrown once is not asked again.
                _isAtEnd = true;
                throw;
            }
            finally
            {
                _turn.Release();
            }
        }

        private async Task DoAsync(Taken taken)
        {
            if (_options.Partitioning == Partitioning.FreshPerItem)
                await default(PoolHop);
            (bool, TResult) result = default;
            try
            {
                var failure = await Attempt.OfAsync(async cancel => result = (true, await _map(taken.Item, cancel).ConfigureAwait(false)), _options.Retry, _ending)
                    .ConfigureAwait(false);
                if (failure is not null)
                    _ending.Fail(taken.Number, failure);
                _reporter?.Advance();
                if (!_ordered)
                    await _results.Writer.WriteAsync(Task.FromResult(result), _ending.Token).ConfigureAwait(false);
            }
            finally
            {
                taken.Result.SetResult(result);
            }
        }

        /// <summary>An item, and the place where its result will be.</summary>
        private sealed record Taken(T Item, int Number)
        {
            public TaskCompletionSource<(bool, TResult)> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
