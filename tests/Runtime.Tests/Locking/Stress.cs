using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Many tasks and threads, cancellations, timeouts and collections of garbage at once. It proves nothing, and notices much; <c>stress.sh</c> goes on for longer.</summary>
public class Stress
{
    private const int Tasks = 24;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("STRESS_SECONDS"), out var seconds) ? seconds : 1);

    private readonly CancellationTokenSource _end = new(s_duration);
    private int _wrong;

    public static TheoryData<string> Lines => [.. WaitLine.Names];

    [Theory, MemberData(nameof(Lines))]
    public async Task One_is_inside_whatever_happens(string name)
    {
        var (line, inside, visits) = (WaitLine.Named(name), 0, 0L);
        await Many(async random =>
        {
            using var source = new CancellationTokenSource();
            if (random.Next(3) == 0)
                source.CancelAfter(TimeSpan.FromTicks(random.Next(20_000)));
            try
            {
                using (await line.EnterAsync(source.Token))
                {
                    Note(Interlocked.Increment(ref inside) == 1);
                    visits++;
                    await Rest(random);
                    Note(Interlocked.Decrement(ref inside) == 0);
                }
            }
            catch (OperationCanceledException cancelled)
            {
                Note(cancelled.CancellationToken == source.Token && source.IsCancellationRequested);
            }
        });
        Assert.True(line.TryEnter(out _) && visits > 0);
    }

    [Fact]
    public async Task Permits_are_never_exceeded_while_they_change()
    {
        const int Most = 5;
        var (semaphore, inside) = (new AsyncSemaphore(1), 0);
        await Many(async random =>
        {
            if (random.Next(4) == 0)
                semaphore.Permits = random.Next(1, Most + 1);
            using var scope = await semaphore.TryEnterAsync(TimeSpan.FromMilliseconds(random.Next(1, 20)));
            if (!scope.IsHeld)
                return;
            Note(Interlocked.Increment(ref inside) <= Most);
            await Rest(random);
            Interlocked.Decrement(ref inside);
        });
        semaphore.Permits = Most;
        Assert.Equal(Most, Enumerable.Range(0, Most + 1).Count(_ => semaphore.TryEnter(out var _)));
    }

    [Fact]
    public async Task Readers_and_writers_keep_apart()
    {
        var (gate, readers, writers) = (new AsyncReaderWriterLock(), 0, 0);
        await Many(async random =>
        {
            var writes = random.Next(4) == 0;
            using (await (writes ? gate.WriteAsync() : gate.ReadAsync()))
            {
                Count(writes, 1);
                Note(Volatile.Read(ref writers) == 0 || (writers == 1 && Volatile.Read(ref readers) == 0));
                await Rest(random);
                Count(writes, -1);
            }
        });
        Assert.True(gate.TryWrite(out _));

        void Count(bool writes, int by)
        {
            if (writes)
                Interlocked.Add(ref writers, by);
            else
                Interlocked.Add(ref readers, by);
        }
    }

    [Fact]
    public async Task Keys_are_cleared_away_and_never_shared()
    {
        var (keys, inside) = (new KeyedLock<int>(), new int[8]);
        await Many(async random =>
        {
            var key = random.Next(inside.Length);
            using (await keys.EnterAsync(key))
            {
                Note(Interlocked.Increment(ref inside[key]) == 1);
                await Rest(random);
                Interlocked.Decrement(ref inside[key]);
            }
        });
        Assert.Equal(0, keys.Count);
    }

    [Fact]
    public async Task What_is_put_is_taken_once()
    {
        var (gate, items, put, taken) = (new AsyncLock(), 0, 0L, 0L);
        await Many(async random =>
        {
            using var scope = await gate.EnterAsync();
            if (random.Next(2) == 0)
            {
                put++;
                items++;
                scope.Pulse();
                return;
            }

            using var patience = new CancellationTokenSource(random.Next(1, 5));
            try
            {
                while (items == 0)
                    await scope.WaitAsync(patience.Token);
                items--;
                taken++;
            }
            catch (OperationCanceledException)
            {
                Note(scope.IsHeld);
            }
        });
        Assert.Equal(put, taken + items);
        Assert.False(gate.IsHeld);
    }

    [Fact]
    public void Locks_of_threads_let_one_in()
    {
        var (ordered, guarded, count) = (new OrderedLock(1), new Guarded<int>(0), 0);
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (var i = 0; !_end.IsCancellationRequested; i++)
            {
                using (ordered.Enter())
                    count++;
                guarded.Update(static (ref value) => value++);
                if (i % 1000 == 0)
                    Thread.Yield();
                if (ordered.TryEnter(out var scope))
                    using (scope)
                        count--;
                else
                    using (ordered.Enter())
                        count--;
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(0, count);
        Assert.True(guarded.Read(static value => value) > 0);
    }

    private static async Task Rest(Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                await Task.Yield();
                break;
            case 1:
                Thread.Yield();
                break;
            case 2:
                Thread.SpinWait(random.Next(100));
                break;
            case 3 when random.Next(200) == 0:
                GC.Collect(0);
                break;
        }
    }

    private async Task Many(Func<Random, Task> once)
    {
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(seed => Task.Run(async () =>
        {
            for (var random = new Random(seed); !_end.IsCancellationRequested;)
                await once(random);
        }))).WaitAsync(s_duration + TimeSpan.FromMinutes(2));
        Assert.Equal(0, _wrong);
    }

    private void Note(bool isRight)
    {
        if (!isRight)
            Interlocked.Increment(ref _wrong);
    }
}
