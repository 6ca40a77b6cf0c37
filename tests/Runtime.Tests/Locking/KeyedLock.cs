using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.KeyedLock{TKey}"/> says.</summary>
public class KeyedLock_
{
    private readonly KeyedLock<string> _names = new();

    [Fact]
    public async Task Holders_of_different_keys_never_wait_for_one_another()
    {
        using var first = await _names.EnterAsync("a");
        using var second = await _names.EnterAsync("b");
        Assert.True(first.IsHeld && second.IsHeld);
        Assert.False(_names.TryEnter("a", out var none));
        Assert.False(none.IsHeld);
        Assert.Equal(2, _names.Count);
    }

    [Fact]
    public async Task A_key_that_nobody_uses_takes_no_place()
    {
        var first = await _names.EnterAsync("a");
        var waiting = _names.EnterAsync("a");
        first.Dispose();
        Assert.Equal(1, _names.Count);
        (await waiting).Dispose();
        Assert.Equal(0, _names.Count);
    }

    [Fact]
    public async Task Very_many_keys_can_be_held_at_once()
    {
        var numbers = new KeyedLock<int>();
        var scopes = new List<KeyedLock<int>.Scope>();
        for (var i = 0; i < 20_000; i++)
            scopes.Add(await numbers.EnterAsync(i));
        Assert.Equal(20_000, numbers.Count);
        for (var i = 0; i < 20_000; i += 7)
            Assert.False(numbers.TryEnter(i, out _));
        scopes.ForEach(static scope => scope.Dispose());
        Assert.Equal(0, numbers.Count);
        scopes.ForEach(static scope => scope.Dispose());
        Assert.InRange(numbers.Spares, 0, 20_000);
    }

    [Fact]
    public async Task Which_keys_are_the_same_is_for_the_comparer_to_say()
    {
        var names = new KeyedLock<string>(StringComparer.OrdinalIgnoreCase);
        using (await names.EnterAsync("a"))
            Assert.False(names.TryEnter("A", out _));
        Assert.True(_names.TryEnter("a", out _));
        Assert.True(_names.TryEnter("A", out _));
    }

    [Fact]
    public async Task A_comparer_that_throws_leaves_everything_as_it_was()
    {
        var comparer = new Failing();
        var names = new KeyedLock<string>(comparer);
        using var source = new CancellationTokenSource();
        var held = await names.EnterAsync("a");
        foreach (var (equals, hash) in new[] { (true, false), (false, true) })
        {
            (comparer.EqualsFails, comparer.HashFails) = (equals, hash);
            Assert.Throws<InvalidTimeZoneException>(() => _ = names.EnterAsync("a"));
            Assert.Throws<InvalidTimeZoneException>(() => _ = names.EnterAsync("a", source.Token));
            Assert.Throws<InvalidTimeZoneException>(() => names.TryEnter("a", out _));
        }

        (comparer.EqualsFails, comparer.HashFails) = (false, false);
        source.Cancel();
        Assert.False(names.TryEnter("a", out _));
        held.Dispose();
        Assert.Equal(0, names.Count);
        Assert.True(names.TryEnter("a", out _));
    }

    [Fact]
    public async Task Who_leaves_or_gives_back_asks_no_comparer()
    {
        var comparer = new Failing();
        var names = new KeyedLock<string>(comparer);
        using var source = new CancellationTokenSource();
        var held = await names.EnterAsync("a");
        var (leaves, stays) = (names.EnterAsync("a", source.Token), names.EnterAsync("a"));
        comparer.EqualsFails = true;
        source.Cancel();
        held.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await leaves);
        (await stays).Dispose();
        Assert.Equal(0, names.Count);
    }

    [Fact]
    public async Task A_comparer_that_uses_the_lock_is_told_and_changes_nothing()
    {
        var comparer = new Failing();
        var names = new KeyedLock<string>(comparer);
        var held = await names.EnterAsync("a");
        foreach (var use in new Action[] { () => names.TryEnter("b", out _), () => _ = names.EnterAsync("b"), () => held.Dispose() })
        {
            comparer.Asked = use;
            Assert.Throws<InvalidOperationException>(() => names.TryEnter("a", out _));
        }

        comparer.Asked = null;
        Assert.Equal(1, names.Count);
        Assert.True(held.IsHeld && !names.TryEnter("a", out _));
        held.Dispose();
        Assert.True(names.TryEnter("a", out _));
    }

    [Fact]
    public async Task A_wait_ends_without_the_key_when_its_time_is_up()
    {
        var time = new ManualTime();
        var names = new KeyedLock<string>(timeProvider: time);
        var first = await names.EnterAsync("a");
        var waiting = names.TryEnterAsync("a", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await waiting).IsHeld);
        first.Dispose();
        Assert.Equal(0, names.Count);
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = names.TryEnterAsync("a", TimeSpan.FromSeconds(-1))).ParamName);
    }

    [Fact]
    public async Task A_scope_of_before_gives_back_neither_the_key_nor_another()
    {
        var first = await _names.EnterAsync("a");
        first.Dispose();
        using var second = await _names.EnterAsync("a");
        using var other = await _names.EnterAsync("b");
        first.Dispose();
        default(KeyedLock<string>.Scope).Dispose();
        Assert.True(second.IsHeld && other.IsHeld && !first.IsHeld);
    }

    [Fact]
    public void Null_is_refused_by_name()
    {
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => _ = _names.EnterAsync(null!)).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => _ = _names.TryEnterAsync(null!, TimeSpan.Zero)).ParamName);
        Assert.Equal("key", Assert.Throws<ArgumentNullException>(() => _names.TryEnter(null!, out _)).ParamName);
    }

    private sealed class Failing : IEqualityComparer<string>
    {
        public bool EqualsFails { get; set; }

        public bool HashFails { get; set; }

        public Action? Asked { get; set; }

        public bool Equals(string? x, string? y)
        {
            Asked?.Invoke();
            return EqualsFails ? throw new InvalidTimeZoneException() : x == y;
        }

        public int GetHashCode(string obj) => HashFails ? throw new InvalidTimeZoneException() : 1;
    }
}
