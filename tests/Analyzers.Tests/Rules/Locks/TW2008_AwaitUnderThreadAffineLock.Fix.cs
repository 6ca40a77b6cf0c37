using Xunit;
using Fix = Threadwise.CodeFixes.Fixes.AwaitUnderThreadAffineLockFix;
using Verify = Threadwise.Testing.Verify<Threadwise.Analyzers.Rules.AwaitUnderThreadAffineLock>;

namespace Analyzers.Tests.Rules;

public partial class TW2008_AwaitUnderThreadAffineLock
{
    [Fact]
    public Task Fixes_by_making_the_lock_a_semaphore() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|]; // kept
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """, """
        public class C
        {
            private readonly SemaphoreSlim _g = new(1, 1);

            public async Task M()
            {
                await _g.WaitAsync();
                try
                {
                    await Task.Delay(1); // kept
                }
                finally
                {
                    _g.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Fixes_every_use_of_the_lock() => Verify.Fixes<Fix>("""
        public class C
        {
            private readonly object _g = new object();
            private int _x;

            public async Task<int> M(Task<int> t)
            {
                Monitor.Enter(_g);
                try
                {
                    return [|await t|];
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }

            public void N()
            {
                lock (_g)
                {
                    _x++; // kept
                }
            }
        }
        """, """
        public class C
        {
            private readonly SemaphoreSlim _g = new(1, 1);
            private int _x;

            public async Task<int> M(Task<int> t)
            {
                await _g.WaitAsync();
                try
                {
                    return await t;
                }
                finally
                {
                    _g.Release();
                }
            }

            public void N()
            {
                _g.Wait();
                try
                {
                    _x++; // kept
                }
                finally
                {
                    _g.Release();
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_lock_is_taken_again_by_its_holder() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();
            private int _x;

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|];
                    Count();
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }

            private void Count()
            {
                lock (_g)
                {
                    _x++;
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_lock_is_waited_on() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|];
                    Monitor.PulseAll(_g);
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_lock_is_visible_elsewhere() => Verify.NoFix<Fix>("""
        public class C
        {
            public readonly object Gate = new();

            public async Task M()
            {
                Monitor.Enter(Gate);
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    Monitor.Exit(Gate);
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_for_a_read_lock() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly ReaderWriterLockSlim _rw = new();

            public async Task M()
            {
                _rw.EnterReadLock();
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    _rw.ExitReadLock();
                }
            }
        }
        """);

    [Fact]
    public Task No_fix_when_the_lock_is_passed_on() => Verify.NoFix<Fix>("""
        public class C
        {
            private readonly object _g = new();

            public async Task M()
            {
                Monitor.Enter(_g);
                try
                {
                    [|await Task.Delay(1)|];
                }
                finally
                {
                    Monitor.Exit(_g);
                }
            }

            public bool IsGate(object o) => ReferenceEquals(_g, o);
        }
        """);
}
