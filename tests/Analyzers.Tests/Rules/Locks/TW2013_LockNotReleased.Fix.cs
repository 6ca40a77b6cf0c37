using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.LockNotReleasedFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.LockNotReleased>;

namespace Analyzers.Tests.Rules;

public partial class TW2013_LockNotReleased
{
    [Fact]
    public Task Fixes_Enter_and_Exit_with_lock() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public void M()
            {
                [|Monitor.Enter(_g)|];
                // kept
                Console.WriteLine();
                Monitor.Exit(_g);
            }
        }
        """, """
        public class C
        {
            private readonly object _g = new();

            public void M()
            {
                lock (_g)
                {
                    // kept
                    Console.WriteLine();
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_a_semaphore_with_a_finally() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task M(Task t)
            {
                await [|_s.WaitAsync()|];
                await t;
                _s.Release();
                Console.WriteLine();
            }
        }
        """, """
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);

            public async Task M(Task t)
            {
                await _s.WaitAsync();
                try
                {
                    await t;
                }
                finally
                {
                    _s.Release();
                }
                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task Fixes_a_read_lock_with_a_finally() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();

            public void M()
            {
                [|_rw.EnterReadLock()|];
                Console.WriteLine();
                _rw.ExitReadLock();
            }
        }
        """, """
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();

            public void M()
            {
                _rw.EnterReadLock();
                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    _rw.ExitReadLock();
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_an_early_return_by_opening_the_try_sooner() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private string? _cached;

            public async Task<string> M()
            {
                await [|_s.WaitAsync()|];
                if (_cached != null)
                    return _cached;
                try
                {
                    return _cached = await F();
                }
                finally
                {
                    _s.Release();
                }
            }

            private static Task<string> F() => Task.FromResult("");
        }
        """, """
        public class C
        {
            private readonly SemaphoreSlim _s = new(1, 1);
            private string? _cached;

            public async Task<string> M()
            {
                await _s.WaitAsync();
                try
                {
                    if (_cached != null)
                        return _cached;
                    return _cached = await F();
                }
                finally
                {
                    _s.Release();
                }
            }

            private static Task<string> F() => Task.FromResult("");
        }
        """);

    [Fact]
    public Task No_fix_when_the_release_is_in_one_branch_only() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public void M(bool b)
            {
                [|Monitor.Enter(_g)|];
                if (b)
                {
                    _x = 1;
                    Monitor.Exit(_g);
                }
                else
                {
                    _x = 2;
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_one_of_several_releases_is_missing() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public bool M(bool b)
            {
                if (![|Monitor.TryEnter(_g)|])
                    return false;
                if (b)
                    return true;
                Monitor.Exit(_g);
                return true;
            }
        }
        """);
}
