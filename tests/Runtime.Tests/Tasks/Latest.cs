using System.Threading.Channels;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.Latest{T}"/> says.</summary>
public class Latest_
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(300);

    private readonly ManualTime _time = new();
    private readonly Channel<(string Input, TaskCompletionSource End, CancellationToken Token)> _works = Channel.CreateUnbounded<(string, TaskCompletionSource, CancellationToken)>();

    [Fact]
    public async Task Works_for_an_input_at_once()
    {
        await using var latest = new Latest<string>(Work);
        Assert.True(latest.IsIdle);
        latest.Post("a");
        var work = await Started();
        Assert.Equal("a", work.Input);
        Assert.False(latest.IsIdle || work.Token.IsCancellationRequested);
        work.End.SetResult();
        await latest.WhenIdleAsync().Soon();
        Assert.True(latest.IsIdle);
    }

    [Fact]
    public async Task A_newer_input_cancels_the_work_and_waits_for_its_end_and_those_between_are_dropped()
    {
        await using var latest = new Latest<string>(Work);
        latest.Post("a");
        var first = await Started();
        latest.Post("ab");
        latest.Post("abc");
        Assert.True(first.Token.IsCancellationRequested);
        Assert.False(_works.Reader.TryRead(out _));
        first.End.SetCanceled(first.Token);
        var second = await Started();
        Assert.Equal("abc", second.Input);
        second.End.SetResult();
        await latest.WhenIdleAsync().Soon();
        Assert.False(_works.Reader.TryRead(out _));
    }

    [Fact]
    public async Task With_a_quiet_time_work_starts_when_no_input_came_for_so_long()
    {
        await using var latest = new Latest<string>(Work, s_quiet, _time);
        latest.Post("a");
        _time.Advance(s_quiet / 2);
        latest.Post("ab");
        _time.Advance(s_quiet - TimeSpan.FromTicks(1));
        Assert.False(_works.Reader.TryRead(out _) || latest.IsIdle);
        _time.Advance(TimeSpan.FromTicks(1));
        var work = await Started();
        Assert.Equal("ab", work.Input);
        latest.Post("abc");
        Assert.True(work.Token.IsCancellationRequested);
        work.End.SetResult();
        _time.Advance(s_quiet);
        (await Started()).End.SetResult();
        await latest.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task When_the_quiet_time_ends_before_the_work_does_the_next_starts_after_it()
    {
        await using var latest = new Latest<string>(Work, s_quiet, _time);
        latest.Post("a");
        _time.Advance(s_quiet);
        var first = await Started();
        latest.Post("b");
        _time.Advance(s_quiet);
        Assert.False(_works.Reader.TryRead(out _));
        first.End.SetResult();
        (await Started()).End.SetResult();
        await latest.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task What_the_work_throws_goes_to_the_sink_and_the_next_input_is_served()
    {
        var reported = Channel.CreateUnbounded<Exception>();
        await using var latest = new Latest<string>((input, token) => input == "bad" ? throw new FormatException() : Work(input, token), onError: error => reported.Writer.TryWrite(error));
        latest.Post("bad");
        Assert.IsType<FormatException>(await reported.Reader.ReadAsync().AsTask().Soon());
        latest.Post("good");
        (await Started()).End.SetException(new InvalidDataException());
        Assert.IsType<InvalidDataException>(await reported.Reader.ReadAsync().AsTask().Soon());
        await latest.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task Work_is_called_in_the_context_in_which_it_was_made()
    {
        var context = new Posts();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Latest<string> latest;
        try
        {
            latest = new Latest<string>(Work);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        latest.Post("a");
        Assert.False(_works.Reader.TryRead(out _));
        Assert.Single(context.Posted)();
        (await Started()).End.SetResult();
        await latest.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_context_that_takes_nothing_is_a_failure_like_any()
    {
        var reported = new TaskCompletionSource<Exception>();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Closed());
        Latest<string> latest;
        try
        {
            latest = new Latest<string>(Work, onError: reported.SetResult);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        latest.Post("a");
        Assert.IsType<FormatException>(await reported.Task.Soon());
        await latest.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task Disposing_of_it_cancels_the_work_and_drops_the_input_that_waits()
    {
        var latest = new Latest<string>(Work);
        latest.Post("a");
        var work = await Started();
        latest.Post("b");
        var end = latest.DisposeAsync().AsTask();
        Assert.True(work.Token.IsCancellationRequested);
        Assert.False(end.IsCompleted);
        work.End.SetResult();
        await end.Soon();
        Assert.False(_works.Reader.TryRead(out _));
        Assert.Throws<ObjectDisposedException>(() => latest.Post("c"));
        await latest.DisposeAsync().Soon();

        var waiting = new Latest<string>(Work, s_quiet, _time);
        waiting.Post("a");
        var idle = waiting.WhenIdleAsync();
        await waiting.DisposeAsync().Soon();
        await idle.Soon();
        Assert.Equal(0, _time.Pending);
    }

    [Fact]
    public async Task A_token_ends_the_wait_for_idleness()
    {
        using var source = new CancellationTokenSource();
        await using var latest = new Latest<string>(Work, s_quiet, _time);
        latest.Post("a");
        var wait = latest.WhenIdleAsync(source.Token);
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await wait.Thrown()).CancellationToken);
        Assert.True(latest.WhenIdleAsync(source.Token).IsCanceled);
    }

    [Fact]
    public void Names_what_is_missing_or_wrong()
    {
        Assert.Throws<ArgumentNullException>("work", () => new Latest<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("quiet", () => new Latest<string>(Work, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("quiet", () => new Latest<string>(Work, TimeSpan.FromDays(50)));
    }

    private Task Work(string input, CancellationToken token)
    {
        var end = new TaskCompletionSource();
        _works.Writer.TryWrite((input, end, token));
        return end.Task;
    }

    private Task<(string Input, TaskCompletionSource End, CancellationToken Token)> Started() => _works.Reader.ReadAsync().AsTask().Soon();

    private sealed class Posts : SynchronizationContext
    {
        public List<Action> Posted { get; } = [];

        public override void Post(SendOrPostCallback work, object? state) => Posted.Add(() => work(state));
    }

    private sealed class Closed : SynchronizationContext
    {
        public override void Post(SendOrPostCallback work, object? state) => throw new FormatException();
    }
}
