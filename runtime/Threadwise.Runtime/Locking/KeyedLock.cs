using System.Numerics;
using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>One lock for each key, for as long as anybody holds it or waits for it. Awaited, and held across <c>await</c>; whoever waits for a key gets it in the order of asking.</summary>
/// <remarks>
/// <code>
/// private readonly KeyedLock&lt;string&gt; _users = new();
///
/// using (await _users.EnterAsync(user, cancellationToken))
/// {
///     await SaveAsync(user);
/// }
/// </code>
/// <para>A key that nobody uses takes no memory, so keys may come from outside. Holders of different keys never wait for one another.</para>
/// <para><b>Cancellation.</b> A token that is cancelled already never acquires. One that is cancelled while waiting ends the wait with an
/// <see cref="OperationCanceledException"/> that carries it, unless the lock was handed over first.</para>
/// <para><b>It belongs to the scope</b>, not to a thread, and is not reentrant. Whoever takes two keys takes them in one order everywhere.</para>
/// <para><b>The comparer</b> is asked for hash codes before, and for equality while, a part of the table is locked: it has to be quick. If it throws, nothing is taken, and the
/// exception comes out of the call that asked for the key. It must not use this lock, which throws an <see cref="InvalidOperationException"/>, or cancel those who wait for it.
/// Giving back and leaving ask nobody.</para>
/// <para><b>Continuations</b> never run inside the call that gives a key back. <b>Cost.</b> Nothing is allocated once as many keys and waits have existed at a time as ever
/// will; only a wait with a timeout allocates its timer. There is nothing to dispose of but the scopes.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
/// <typeparam name="TKey">Whose values are told apart by the comparer.</typeparam>
public sealed class KeyedLock<TKey> where TKey : notnull
{
    private readonly IEqualityComparer<TKey>? _comparer;
    private readonly Bucket[] _buckets;

    /// <summary>No key is held.</summary>
    /// <param name="comparer">Which keys are the same; the default of the type if null.</param>
    /// <param name="timeProvider">The clock of timeouts; that of the system if null.</param>
    public KeyedLock(IEqualityComparer<TKey>? comparer = null, TimeProvider? timeProvider = null)
    {
        // Without a comparer keys are asked themselves, which saves a call for each.
        _comparer = ReferenceEquals(comparer, EqualityComparer<TKey>.Default) ? null : comparer;
        _buckets = new Bucket[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(4 * Environment.ProcessorCount, 16, 256))];
        for (var i = 0; i < _buckets.Length; i++)
            _buckets[i] = new Bucket(_comparer, timeProvider);
    }

    /// <summary>How many keys are held. While others use the lock, a number that was right a moment ago for each part of the table.</summary>
    public int Count
    {
        get
        {
            var sum = 0;
            foreach (var bucket in _buckets)
                sum += bucket.Count;
            return sum;
        }
    }

    internal int Spares => _buckets.Sum(static bucket => bucket.Spares + bucket.SpareEntries);

    /// <summary>Waits for the key as long as needed. Disposing of the scope gives it back.</summary>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the key was got; it is not held.</exception>
    public ValueTask<Scope> EnterAsync(TKey key, CancellationToken cancellationToken = default)
    {
        var hash = HashOf(key);
        var bucket = BucketOf(hash);
        return !cancellationToken.IsCancellationRequested && bucket.TryTake(key, hash, out var scope)
            ? new ValueTask<Scope>(scope)
            : bucket.EnterAsync(new Wish(key, hash), cancellationToken);
    }

    /// <summary>Waits for the key, but no longer than so long.</summary>
    /// <param name="key">What to lock.</param>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the key was got; it is not held.</exception>
    public ValueTask<Scope> TryEnterAsync(TKey key, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var hash = HashOf(key);
        var bucket = BucketOf(hash);
        bucket.Refuse();
        return bucket.TryEnterAsync(new Wish(key, hash), timeout, cancellationToken);
    }

    /// <summary>Takes the key if nobody holds it, and never waits.</summary>
    /// <param name="key">What to lock.</param>
    /// <param name="scope">Disposing of it gives the key back; without it, it does nothing.</param>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    public bool TryEnter(TKey key, out Scope scope)
    {
        var hash = HashOf(key);
        return BucketOf(hash).TryTake(key, hash, out scope);
    }

    private int HashOf(TKey key)
    {
        if (!typeof(TKey).IsValueType && key is null)
            throw new ArgumentNullException(nameof(key));
        return _comparer is null ? key.GetHashCode() : _comparer.GetHashCode(key);
    }

    /// <summary>Neighbouring hash codes, as numbers have, go to different parts of the table.</summary>
    private Bucket BucketOf(int hash) => _buckets[(uint)hash * 2654435769u >> 16 & (uint)(_buckets.Length - 1)];

    /// <summary>One key, held until this is disposed of.</summary>
    /// <remarks>Disposing again, of this or of a copy, does nothing, whoever holds the key by then.</remarks>
    public readonly struct Scope : IDisposable
    {
        private readonly Entry? _entry;
        private readonly long _turn;

        internal Scope(object entry, long turn)
        {
            _entry = Unsafe.As<Entry>(entry);
            _turn = turn;
        }

        /// <summary>Whether the key is held by this scope: it was got, and not given back.</summary>
        public bool IsHeld => _entry is not null && Volatile.Read(ref _entry.Turn) == _turn;

        /// <summary>Gives the key back, to the first in line for it if there is one.</summary>
        public void Dispose() => _entry?.Bucket.Release(_entry, _turn);
    }

    /// <summary>What is asked for, and in whose line it waits.</summary>
    private readonly record struct Wish(TKey Key, int Hash, Entry? Entry = null);

    /// <summary>A key that is held, and who waits for it. Used again for other keys; the turn tells which scope it is that holds it.</summary>
    private sealed class Entry(Bucket bucket)
    {
        public long Turn = uint.MaxValue - 1L;
        public int Hash;
        public TKey Key = default!;
        public Entry? Next;
        public WaitLine<Wish, Scope> Waiting;

        public Bucket Bucket => bucket;
    }

    /// <summary>A part of the table. Everything about its keys happens behind its one gate, so a key cannot be cleared away from under who finds it.</summary>
    private sealed class Bucket(IEqualityComparer<TKey>? comparer, TimeProvider? time) : WaitRoom<Wish, Scope>(time)
    {
        private Entry?[] _heads = new Entry?[4];
        private Entry? _spareEntry;
        private Entry? _found;
        private int _count;

        // The thread that asks the comparer: who finds itself in it has written it itself.
        private int _comparing;

        public int Count => Volatile.Read(ref _count);

        public int SpareEntries { get; private set; }

        public bool TryTake(TKey key, int hash, out Scope scope)
        {
            Refuse();
            using (Gate.Enter())
            {
                if (Find(key, hash) is null)
                {
                    var entry = Add(key, hash);
                    scope = new Scope(entry, entry.Turn);
                    return true;
                }
            }

            scope = default;
            return false;
        }

        public void Release(Entry entry, long turn)
        {
            var over = default(WaitLine<Wish, Scope>);
            Refuse();
            using (Gate.Enter())
                if (entry.Turn == turn)
                {
                    Volatile.Write(ref entry.Turn, turn + 1);
                    if (entry.Waiting.First is { } first)
                    {
                        entry.Waiting.Remove(first);
                        first.Granted = new Scope(entry, turn + 1);
                        End(first, ref over);
                    }
                    else
                        Remove(entry);
                }

            over.Complete();
        }

        protected override bool TryAdmit(Wish wish, out Scope scope)
        {
            _found = Find(wish.Key, wish.Hash);
            var entry = _found is null ? Add(wish.Key, wish.Hash) : null;
            scope = entry is null ? default : new Scope(entry, entry.Turn);
            return entry is not null;
        }

        protected override void Line(Waiter<Wish, Scope> waiter)
        {
            // Found when it was not admitted a moment ago, under the same gate.
            waiter.Request = waiter.Request with { Entry = _found };
            _found!.Waiting.Append(waiter);
        }

        protected override bool Left(Waiter<Wish, Scope> waiter, ref WaitLine<Wish, Scope> over)
        {
            waiter.Request.Entry!.Waiting.Remove(waiter);
            return true;
        }

        private Entry? Find(TKey key, int hash)
        {
            var heads = _heads;
            var entry = heads[hash & heads.Length - 1];
            while (entry is not null && (entry.Hash != hash || !IsSame(entry.Key, key)))
                entry = entry.Next;
            return entry;
        }

        private bool IsSame(TKey one, TKey other) => comparer is null ? EqualityComparer<TKey>.Default.Equals(one, other) : IsSameTo(comparer, one, other);

        private bool IsSameTo(IEqualityComparer<TKey> others, TKey one, TKey other)
        {
            _comparing = Environment.CurrentManagedThreadId;
            try
            {
                return others.Equals(one, other);
            }
            finally
            {
                _comparing = 0;
            }
        }

        /// <summary>The gate is not for who has it already: a comparer that uses the lock would wait for ever.</summary>
        public void Refuse()
        {
            if (comparer is not null && _comparing == Environment.CurrentManagedThreadId)
                throw new InvalidOperationException("The comparer uses the lock that asks it.");
        }

        private Entry Add(TKey key, int hash)
        {
            if (_count == 2 * _heads.Length)
                Grow();
            var entry = _spareEntry;
            if (entry is null)
                entry = new Entry(this);
            else
            {
                _spareEntry = entry.Next;
                SpareEntries--;
            }

            entry.Key = key;
            entry.Hash = hash;
            Link(entry);
            _count++;
            return entry;
        }

        private ref Entry? Head(int hash) => ref _heads[hash & _heads.Length - 1];

        private void Link(Entry entry)
        {
            ref var head = ref Head(entry.Hash);
            entry.Next = head;
            head = entry;
        }

        private void Remove(Entry entry)
        {
            ref var head = ref Head(entry.Hash);
            if (head == entry)
                head = entry.Next;
            else
            {
                var before = head!;
                while (before.Next != entry)
                    before = before.Next!;
                before.Next = entry.Next;
            }

            _count--;
            entry.Key = default!;
            entry.Next = null;
            if (SpareEntries >= MostSpare)
                return;
            SpareEntries++;
            entry.Next = _spareEntry;
            _spareEntry = entry;
        }

        private void Grow()
        {
            var old = _heads;
            _heads = new Entry?[4 * old.Length];
            foreach (var head in old)
                for (Entry? entry = head, next; entry is not null; entry = next)
                {
                    next = entry.Next;
                    Link(entry);
                }
        }
    }
}
