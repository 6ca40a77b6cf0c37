using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.YieldUnderLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.YieldUnderLock>;

namespace Analyzers.Tests.Rules;

public class TW2032_YieldUnderLock
{
    private static string Class(string members) => $$"""
        public class C
        {
            private readonly object _g = new();
            private readonly SemaphoreSlim _s = new(1, 1);
            private readonly SemaphoreSlim _four = new(4);
            private readonly ReaderWriterLockSlim _rw = new();
            private readonly List<string?> _items = [];

            {{members.Replace("\n", "\n    ")}}
        }
        """;

    [Fact]
    public Task C1_44_Fires_inside_a_lock_statement() => Verify.Fires(Class("""
        public IEnumerable<string?> All()
        {
            lock (_g)
            {
                foreach (var item in _items)
                    [|yield return item;|]
            }
        }
        """), "'C.All' hands out an element while it holds '_g' (Test0.cs:11); the lock stays taken for as long as its consumer likes");

    [Fact]
    public Task Fires_once_for_each_lock() => Verify.Fires(Class("""
        public IEnumerable<int> All()
        {
            lock (_g)
            {
                [|yield return 1;|]
                yield return 2;
            }
            _rw.EnterReadLock();
            try
            {
                [|yield return 3;|]
                yield return 4;
            }
            finally
            {
                _rw.ExitReadLock();
            }
        }
        """));

    [Fact]
    public Task Fires_in_an_asynchronous_iterator() => Verify.Fires(Class("""
        public async IAsyncEnumerable<int> All()
        {
            await _s.WaitAsync();
            try
            {
                [|yield return 1;|]
            }
            finally
            {
                _s.Release();
            }
        }
        """));

    [Fact]
    public Task Silent_after_the_lock() => Verify.Silent(Class("""
        public IEnumerable<string?> All()
        {
            List<string?> copy;
            lock (_g)
            {
                copy = [.. _items];
            }
            foreach (var item in copy)
                yield return item;
        }
        """));

    [Fact]
    public Task Silent_when_the_lock_is_in_a_function_inside() => Verify.Silent(Class("""
        public IEnumerable<string?> All()
        {
            string? Next(int i)
            {
                lock (_g)
                    return i < _items.Count ? _items[i] : null;
            }
            for (var i = 0; Next(i) is { } item; i++)
                yield return item;
        }
        """));

    [Fact]
    public Task Silent_on_a_throttle() => Verify.Silent(Class("""
        public async IAsyncEnumerable<int> All()
        {
            await _four.WaitAsync();
            try { yield return 1; } finally { _four.Release(); }
        }
        """));

    [Fact]
    public Task Silent_when_the_lock_is_left_before_each_element() => Verify.Silent(Class("""
        public IEnumerable<int> All()
        {
            for (var i = 0; i < 3; i++)
            {
                Monitor.Enter(_g);
                var count = _items.Count;
                Monitor.Exit(_g);
                yield return count;
            }
        }
        """));

    [Theory]
    [InlineData("foreach (var item in _items)\n            [|yield return item;|] // one")]
    [InlineData("foreach (string? item in _items)\n        {\n            [|yield return item;|]\n        }")]
    public Task Fixes_with_a_copy(string loop) => Verify.Fixes<Fix>(Class($$"""
        public IEnumerable<string?> All()
        {
            // all
            lock (_g)
            {
                {{loop}}
            }
        }
        """), Class($$"""
        public IEnumerable<string?> All()
        {
            // all
            List<string?> snapshot;
            lock (_g)
            {
                snapshot = new List<string?>(_items);
            }
            {{loop.Replace("[|", "").Replace("|]", "").Replace("\n    ", "\n").Replace("_items", "snapshot")}}
        }
        """));

    [Theory]
    [InlineData("foreach (var item in _items)\n        if (item != null)\n            [|yield return item;|]")]
    [InlineData("foreach (var item in _items)\n            [|yield return item?.Trim();|]")]
    [InlineData("_items.Clear();\n        foreach (var item in _items)\n            [|yield return item;|]")]
    [InlineData("for (var i = 0; i < _items.Count; i++)\n            [|yield return _items[i];|]")]
    [InlineData("foreach (var snapshot in _items)\n            [|yield return snapshot;|]")]
    public Task No_fix_when_it_does_more_than_hand_out_elements(string loop) => Verify.NoFix<Fix>(Class($$"""
        public IEnumerable<string?> All()
        {
            lock (_g)
            {
                {{loop}}
            }
        }
        """));
}
