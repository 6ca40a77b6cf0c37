extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Readers together, writers alone, and nobody forgotten, in every schedule of a few threads.</summary>
public class AsyncReaderWriterLock_Interleavings
{
    [Fact]
    public void A_writer_is_alone() => Exploration.Of(static () =>
    {
        var room = new Room();
        return new Model(room.Write, room.Write, room.Read) { Holds = () => room.IsRight };
    }).Passes();

    [Fact]
    public void A_writer_is_alone_among_readers() => Exploration.Of(static () =>
    {
        var room = new Room();
        return new Model(room.Read, room.Read, room.Write) { Holds = () => room.IsRight };
    }).Passes();

    [Fact]
    public void Readers_do_get_inside_together() => Exploration.Of(static () =>
    {
        var room = new Room();
        return new Model(room.Read, room.Read) { Holds = () => room.MostReaders < 2 };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: a writer that looks whether anybody reads, and goes in a moment later.</summary>
    [Fact]
    public void A_writer_that_looks_before_it_goes_in_is_not_alone() => Exploration.Of(static () =>
    {
        var (readers, isWriting, isWrong) = (0, false, false);
        return new Model(
            () =>
            {
                Schedule.Await(() => !isWriting);
                readers++;
                Schedule.Point();
                isWrong |= isWriting;
                readers--;
            },
            () =>
            {
                Schedule.Await(() => readers == 0);
                Schedule.Point();
                isWriting = true;
                isWrong |= readers > 0;
                isWriting = false;
            }) { Holds = () => !isWrong };
    }).Fails("the outcome is wrong");

    /// <summary>The broken control: a writer that leaves the line and lets in nobody of those behind it.</summary>
    [Fact]
    public void A_writer_that_just_leaves_keeps_readers_waiting_for_ever() => Exploration.Of(static () =>
    {
        var (line, mayRead, isCancelled) = (new List<string> { "writer" }, false, false);
        return new Model(
            () =>
            {
                mayRead = line.Count == 0;
                if (!mayRead)
                    line.Add("reader");
                Schedule.Await(() => mayRead);
            },
            () =>
            {
                Schedule.Await(() => isCancelled);
                line.Remove("writer");
            },
            () => isCancelled = true);
    }).Fails("wait for ever");

    [Fact]
    public void Readers_go_in_when_the_writer_before_them_leaves() => Exploration.Of(static () =>
    {
        var (room, source) = (new Room(), new CancellationTokenSource());
        room.Gate.TryRead(out var kept);
        // While the first reader stays, the others get in only if the writer is gone.
        return new Model(() => room.TryWrite(source.Token), source.Cancel, room.Read)
        {
            Holds = () =>
            {
                kept.Dispose();
                return room.IsRight && room.Visits >= 1;
            },
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_wait_that_is_cancelled_as_the_lock_comes_free_has_it_or_leaves_it() => Exploration.Of(static () =>
    {
        var (room, source) = (new Room(), new CancellationTokenSource());
        return new Model(room.Read, () => room.TryWrite(source.Token), source.Cancel) { Holds = () => room.IsRight };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_reader_does_not_overtake_a_writer_that_waits() => Exploration.Of(static () =>
    {
        var gate = new AsyncReaderWriterLock();
        gate.TryRead(out var reads);
        var writes = gate.WriteAsync();
        var isOvertaken = false;
        return new Model(() => isOvertaken = gate.TryRead(out _), reads.Dispose) { Holds = () => !isOvertaken && writes.IsCompleted };
    }).Passes();

    [Fact]
    public void Waiting_readers_go_in_together_after_a_writer() => Exploration.Of(static () =>
    {
        var room = new Room();
        room.Gate.TryWrite(out var first);
        var (one, other) = (room.Gate.ReadAsync(), room.Gate.ReadAsync());
        return new Model(first.Dispose)
        {
            Holds = () =>
            {
                var together = one.IsCompleted && other.IsCompleted;
                one.GetAwaiter().GetResult().Dispose();
                other.GetAwaiter().GetResult().Dispose();
                return together && room.IsRight;
            },
        };
    }).Passes();

    [Fact]
    public void A_scope_that_two_threads_dispose_of_gives_back_once() => Exploration.Of(static () =>
    {
        var room = new Room();
        room.Gate.TryWrite(out var twice);
        return new Model(twice.Dispose, twice.Dispose, room.Write, room.Read) { Holds = () => room.IsRight };
    }).Passes();

    [Fact]
    public void A_reader_that_two_threads_dispose_of_gives_back_once() => Exploration.Of(static () =>
    {
        var room = new Room();
        room.Gate.TryRead(out var twice);
        return new Model(twice.Dispose, twice.Dispose, room.Read, room.Write) { Holds = () => room.IsRight };
    }).Passes();

    /// <summary>The lock, and who is inside.</summary>
    private sealed class Room
    {
        private int _readers;
        private int _writers;
        private bool _isWrong;

        public AsyncReaderWriterLock Gate { get; } = new();

        public int MostReaders { get; private set; }

        public int Visits { get; private set; }

        public bool IsRight
        {
            get
            {
                var isFree = Gate.TryWrite(out var scope);
                scope.Dispose();
                return isFree && !_isWrong;
            }
        }

        public void Read()
        {
            using (Waiting.Result(Gate.ReadAsync()))
            {
                MostReaders = Math.Max(MostReaders, ++_readers);
                Visit();
                _readers--;
            }
        }

        public void Write()
        {
            using (Waiting.Result(Gate.WriteAsync()))
                WriteInside();
        }

        public void TryWrite(CancellationToken token)
        {
            if (Waiting.Got(Gate.WriteAsync(token), out var scope))
                using (scope)
                    WriteInside();
        }

        private void WriteInside()
        {
            _writers++;
            Visit();
            _writers--;
        }

        private void Visit()
        {
            Visits++;
            _isWrong |= _writers > 1 || (_writers == 1 && _readers > 0);
            Schedule.Point();
            _isWrong |= _writers > 1 || (_writers == 1 && _readers > 0);
        }
    }
}
